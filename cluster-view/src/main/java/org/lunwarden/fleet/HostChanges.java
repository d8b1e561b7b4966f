package org.lunwarden.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.lunwarden.fleet.HostEntry.Fact;
import org.lunwarden.fleet.failback.GroupSwitch;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.HostReport;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusRow;
import org.lunwarden.model.fleet.NexusState;

/** What was changed on hosts, as their reports show it: beside a failure it is the first thing to ask for. */
final class HostChanges {

    /** Of each host and initiator port, also over a reboot, during which a driver is commonly changed. */
    private final Map<HostId, Map<String, String>> firmware = new HashMap<>();

    List<Fact> between(HostReport before, HostReport after, Instant now) {
        var facts = new ArrayList<Fact>();
        // what a daemon finds while it starts was there before
        if (before.run().equals(after.run())) {
            nexuses(before, after, facts);
            settings(before, after, facts);
            groups(before, after, now, facts);
        }
        return facts;
    }

    /** Also of the first report of a host: there is nothing to compare it with then. */
    List<Fact> firmware(HostReport report) {
        var facts = new ArrayList<Fact>();
        var known = firmware.computeIfAbsent(report.host(), any -> new HashMap<>());
        for (var row : report.nexuses()) {
            for (var component : row.components()) {
                if (component.kind() == ComponentClass.HBA_FIRMWARE) {
                    var port = row.nexus().initiatorPort();
                    var before = known.get(port);
                    if (before != null && !before.equals(component.id())) {
                        facts.add(new Fact.FirmwareChanged(
                                report.host(), port, before, component.id(), !isRun(component.id())));
                    }
                    known.put(port, component.id());
                }
            }
        }
        return facts;
    }

    private boolean isRun(String version) {
        return firmware.values().stream().anyMatch(ports -> ports.containsValue(version));
    }

    void forget(HostId host) {
        firmware.remove(host);
    }

    private static void nexuses(HostReport before, HostReport after, List<Fact> facts) {
        var was = nexuses(before);
        var is = nexuses(after);
        var added = new TreeSet<>(is);
        added.removeAll(was);
        var removed = new TreeSet<>(was);
        removed.removeAll(is);
        if (!was.isEmpty() && (!added.isEmpty() || !removed.isEmpty())) {
            facts.add(new Fact.PathsChanged(after.host(), List.copyOf(added), List.copyOf(removed)));
        }
    }

    private static Set<Nexus> nexuses(HostReport report) {
        var all = new HashSet<Nexus>();
        report.nexuses().stream().map(NexusRow::nexus).forEach(all::add);
        return all;
    }

    private static void settings(HostReport before, HostReport after, List<Fact> facts) {
        var was = new HashMap<Wwid, MapSummary>();
        before.maps().forEach(map -> was.put(map.wwid(), map));
        var maps = 0;
        var words = new TreeSet<String>();
        for (var map : after.maps()) {
            var old = was.get(map.wwid());
            if (old != null && !old.settings().isEmpty() && !old.settings().equals(map.settings())) {
                maps++;
                words.addAll(differing(old.settings(), map.settings()));
                words.addAll(differing(map.settings(), old.settings()));
            }
        }
        if (maps > 0) {
            facts.add(new Fact.Reconfigured(after.host(), maps, List.copyOf(words)));
        }
    }

    /** Those that no failure explains. */
    private static void groups(HostReport before, HostReport after, Instant now, List<Fact> facts) {
        var was = new HashMap<Wwid, MapSummary>();
        before.maps().forEach(map -> was.put(map.wwid(), map));
        var switched = after.maps().stream()
                .filter(map -> {
                    var old = was.get(map.wwid());
                    return old != null && isElsewhere(before, old, after, map);
                })
                .toList();
        if (switched.isEmpty()) {
            return;
        }
        var failed = failed(before);
        failed.addAll(failed(after));
        var switches = switched.stream()
                .filter(map -> Collections.disjoint(map.preferred(), failed))
                .map(map -> new GroupSwitch(
                        now,
                        after.host(),
                        map.wwid(),
                        controllers(after, row -> map.preferred().contains(row.nexus()))))
                .toList();
        if (!switches.isEmpty()) {
            facts.add(new Fact.GroupsSwitched(after.host(), switches));
        }
    }

    /** A reload may give the group in use another number, or the number another group: what counts is where I/O goes. */
    private static boolean isElsewhere(HostReport before, MapSummary was, HostReport after, MapSummary is) {
        if (was.using().isEmpty() || is.using().isEmpty()) {
            return was.nextGroup() != 0 && is.nextGroup() != 0 && was.nextGroup() != is.nextGroup();
        }
        if (was.using().equals(is.using())) {
            return false;
        }
        var from = inUse(before, was);
        var to = inUse(after, is);
        var isKnown = !from.isEmpty() && !to.isEmpty();
        return isKnown ? Collections.disjoint(from, to) : Collections.disjoint(was.using(), is.using());
    }

    private static Set<Component> inUse(HostReport report, MapSummary map) {
        return controllers(report, row -> map.using().contains(row.nexus().targetPort()));
    }

    private static Set<Nexus> failed(HostReport report) {
        var failed = new HashSet<Nexus>();
        report.nexuses().stream()
                .filter(row -> row.state() != NexusState.UP)
                .map(NexusRow::nexus)
                .forEach(failed::add);
        return failed;
    }

    private static Set<Component> controllers(HostReport report, Predicate<NexusRow> which) {
        var controllers = new HashSet<Component>();
        report.nexuses().stream()
                .filter(which)
                .forEach(row -> row.components().stream()
                        .filter(component -> component.kind() == ComponentClass.CONTROLLER)
                        .forEach(controllers::add));
        return controllers;
    }

    private static List<String> differing(Map<String, String> one, Map<String, String> other) {
        return one.entrySet().stream()
                .filter(setting -> !setting.getValue().equals(other.get(setting.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }
}
