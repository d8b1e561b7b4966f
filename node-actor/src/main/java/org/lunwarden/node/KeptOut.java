package org.lunwarden.node;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.lunwarden.model.DeviceName;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.path.UnitNews;

/** The paths that answer and are not used all the same, since they are or may be other logical units, and why. */
final class KeptOut {

    private final SortedMap<DeviceName, String> reasons = new TreeMap<>();
    /** Since a path was last itself: one that says now this, now that is not worth an entry each time. */
    private final Map<DeviceName, Set<String>> audited = new HashMap<>();

    void hear(UnitNews news) {
        switch (news) {
            case UnitNews.IsAnother(var by, var path, var unit) ->
                keepOut(path, "it is unit " + unit + " now, and was taken for " + path.wwid());
            case UnitNews.IsUnproven(var by, var path, var reason) ->
                keepOut(path, "it does not prove which unit it is: " + reason);
            case UnitNews.IsItself(var by, var path) -> {
                Audit.path(path, "its disk is the unit it was");
                forget(path.name());
            }
        }
    }

    private void keepOut(PathReport path, String reason) {
        if (audited.computeIfAbsent(path.name(), first -> new HashSet<>()).add(reason)) {
            Audit.path(path, "not used: " + reason);
        }
        reasons.put(path.name(), reason);
    }

    void forget(DeviceName path) {
        reasons.remove(path);
        audited.remove(path);
    }

    SortedMap<DeviceName, String> reasons() {
        return new TreeMap<>(reasons);
    }
}
