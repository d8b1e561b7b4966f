package org.lunwarden.fleet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.lunwarden.fleet.HostEntry.Fact;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.HostReport;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusRow;

/** What was changed on hosts, as their reports show it: beside a failure it is the first thing to ask for. */
final class HostChanges {

    /** Of each host and initiator port, also over a reboot, during which a driver is commonly changed. */
    private final Map<HostId, Map<String, String>> firmware = new HashMap<>();

    List<Fact> between(HostReport before, HostReport after) {
        var facts = new ArrayList<Fact>();
        // what a daemon finds while it starts was there before
        if (before.run().equals(after.run())) {
            nexuses(before, after, facts);
            settings(before, after, facts);
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
                    var before = known.put(row.nexus().initiatorPort(), component.id());
                    if (before != null && !before.equals(component.id())) {
                        facts.add(new Fact.FirmwareChanged(
                                report.host(), row.nexus().initiatorPort(), before, component.id()));
                    }
                }
            }
        }
        return facts;
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

    private static List<String> differing(Map<String, String> one, Map<String, String> other) {
        return one.entrySet().stream()
                .filter(setting -> !setting.getValue().equals(other.get(setting.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }
}
