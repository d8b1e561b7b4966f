package org.lunwarden.node;

import java.util.SortedMap;
import java.util.TreeMap;

import org.lunwarden.model.DeviceName;
import org.lunwarden.path.UnitNews;

/** The paths that answer and are not used all the same, since they are or may be other logical units, and why. */
final class KeptOut {

    private final SortedMap<DeviceName, String> reasons = new TreeMap<>();

    void hear(UnitNews news) {
        var path = news.path();
        switch (news) {
            case UnitNews.IsAnother(var report, var unit) -> {
                Audit.path(path, "not used: its disk is unit " + unit + " now");
                reasons.put(path.name(), "it is unit " + unit + " now, and was taken for " + path.wwid());
            }
            case UnitNews.IsUnproven(var report, var reason) -> {
                Audit.path(path, "not used: its disk does not prove which unit it is: " + reason);
                reasons.put(path.name(), "it does not prove which unit it is: " + reason);
            }
            case UnitNews.IsItself(var report) -> {
                Audit.path(path, "its disk is the unit it was");
                reasons.remove(path.name());
            }
        }
    }

    void forget(DeviceName path) {
        reasons.remove(path);
    }

    SortedMap<DeviceName, String> reasons() {
        return new TreeMap<>(reasons);
    }
}
