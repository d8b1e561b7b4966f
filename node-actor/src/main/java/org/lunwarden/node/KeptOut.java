package org.lunwarden.node;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.lunwarden.model.DeviceName;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.path.PathNews;

/**
 * The paths that answer and are not used all the same, since they are or may be other logical units, and those that are
 * marginal, and why.
 */
final class KeptOut {

    private final SortedMap<DeviceName, String> reasons = new TreeMap<>();
    private final SortedMap<DeviceName, String> marginal = new TreeMap<>();
    private final SortedMap<DeviceName, String> quarantined = new TreeMap<>();
    private final SortedMap<DeviceName, String> byOperator = new TreeMap<>();
    /** Since a path was last itself: one that says now this, now that is not worth an entry each time. */
    private final Map<DeviceName, Set<String>> audited = new HashMap<>();

    /** Since a path was last trusted: how far its trial has come is not worth an entry. */
    private final Map<DeviceName, Set<String>> charged = new HashMap<>();

    void hear(PathNews news) {
        switch (news) {
            case PathNews.IsAnother(var by, var path, var unit) ->
                keepOut(path, "it is unit " + unit + " now, and was taken for " + path.wwid());
            case PathNews.IsUnproven(var by, var path, var reason) ->
                keepOut(path, "it does not prove which unit it is: " + reason);
            case PathNews.IsItself(var by, var path) -> {
                Audit.path(path, "its disk is the unit it was");
                reasons.remove(path.name());
                audited.remove(path.name());
            }
            case PathNews.IsMarginal(var by, var path, var reason, var charge) -> {
                if (charged.computeIfAbsent(path.name(), first -> new HashSet<>())
                        .add(charge)) {
                    Audit.path(path, "marginal: " + reason);
                }
                marginal.put(path.name(), "marginal: " + reason);
            }
            case PathNews.IsQuarantined(var by, var path, var reason, var over) -> {
                if (!reason.equals(quarantined.put(path.name(), reason))) {
                    Audit.path(path, reason);
                }
            }
            case PathNews.IsOutOfQuarantine(var by, var path) -> {
                Audit.path(path, "not quarantined any more");
                quarantined.remove(path.name());
            }
            case PathNews.IsTrusted(var by, var path) -> {
                Audit.path(path, "trusted again");
                marginal.remove(path.name());
                charged.remove(path.name());
            }
        }
    }

    /** What an operator failed is no fault. */
    void hear(PathReport report) {
        if (report.adminFailed()) {
            byOperator.put(report.name(), "admin: failed by an operator");
        } else {
            byOperator.remove(report.name());
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
        marginal.remove(path);
        charged.remove(path);
        quarantined.remove(path);
        byOperator.remove(path);
        audited.remove(path);
    }

    SortedMap<DeviceName, String> reasons() {
        var all = new TreeMap<>(marginal);
        all.putAll(quarantined);
        all.putAll(byOperator);
        all.putAll(reasons);
        return all;
    }
}
