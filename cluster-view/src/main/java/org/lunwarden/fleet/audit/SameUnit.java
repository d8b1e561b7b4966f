package org.lunwarden.fleet.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.lunwarden.fleet.audit.Reach.Way;
import org.lunwarden.fleet.diagnosis.Names;
import org.lunwarden.model.Component;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;

/** Whether hosts that share a LUN have the same of it. */
final class SameUnit {

    private static final String ONE_VALUE = "the same on all hosts";

    private final Names names;
    private final Report report;
    private final Set<Kept> keptOtherwise = new HashSet<>();

    private record Kept(HostId host, Wwid wwid) {}

    /** @param odd those that differ from most; all, when most have nothing in common */
    private record Split(String expected, String found, List<HostId> odd, int peers, int agreeing) {}

    SameUnit(Names names, Report report) {
        this.names = names;
        this.report = report;
    }

    void judge(List<LunOnHost> luns) {
        luns.stream()
                .collect(Collectors.groupingBy(lun -> lun.map().wwid(), TreeMap::new, Collectors.toList()))
                .values()
                .forEach(this::judgeOne);
    }

    /** Whether that map was found to be kept by other settings than others of its LUN. */
    boolean isTold(LunOnHost lun) {
        return keptOtherwise.contains(new Kept(lun.host(), lun.map().wwid()));
    }

    private void judgeOne(List<LunOnHost> sharing) {
        if (sharing.size() < 2) {
            return;
        }
        sizes(sharing);
        serials(sharing);
        settings(sharing);
        controllers(sharing);
    }

    private void sizes(List<LunOnHost> sharing) {
        var known =
                known(sharing, lun -> lun.map().sizeSectors() > 0, FindingKind.SIZE_DIFFERS, "its size is not known");
        var split = split(known, lun -> lun.map().sizeSectors() * 512 + " bytes");
        tell(FindingKind.SIZE_DIFFERS, known, split, "has another size");
    }

    /** Controllers of one old array may tell different ones: only hosts that have none in common see different units. */
    private void serials(List<LunOnHost> sharing) {
        var known = known(
                sharing,
                lun -> !lun.map().serials().isEmpty(),
                FindingKind.SERIAL_DIFFERS,
                "no path tells the serial number of the unit");
        var told = known.stream().map(lun -> lun.map().serials()).distinct().toList();
        if (told.stream().anyMatch(one -> told.stream().anyMatch(other -> Collections.disjoint(one, other)))) {
            var split = split(known, lun -> String.join(", ", lun.map().serials()));
            tell(FindingKind.SERIAL_DIFFERS, known, split, "has another serial number, and may be another unit");
        }
    }

    private void settings(List<LunOnHost> sharing) {
        var known = known(
                sharing,
                lun -> !lun.map().settings().isEmpty(),
                FindingKind.SETTINGS_DIFFER,
                "the host does not tell its settings");
        var keys = new TreeSet<String>();
        known.forEach(lun -> keys.addAll(lun.map().settings().keySet()));
        keys.removeIf(
                key -> known.stream().map(lun -> setting(lun, key)).distinct().count() < 2);
        if (keys.isEmpty()) {
            return;
        }
        var split =
                split(known, lun -> keys.stream().map(key -> setting(lun, key)).collect(Collectors.joining("; ")));
        for (var lun : known) {
            if (split.odd().contains(lun.host())) {
                keptOtherwise.add(new Kept(lun.host(), lun.map().wwid()));
            }
        }
        tell(FindingKind.SETTINGS_DIFFER, known, split, "is kept by other settings");
    }

    static String setting(LunOnHost lun, String key) {
        var value = lun.map().settings().getOrDefault(key, "");
        return key + " " + (value.isEmpty() ? "none" : value);
    }

    private void controllers(List<LunOnHost> sharing) {
        var known = known(
                sharing,
                lun -> lun.reach().by(Way.CONTROLLER).unknown() == 0 && !lun.isHurt(),
                FindingKind.DISJOINT_CONTROLLERS,
                "it is not known through which controllers it goes, or some fail now");
        var reached = new LinkedHashMap<Set<Component>, LunOnHost>();
        known.forEach(lun -> reached.putIfAbsent(controllers(lun), lun));
        for (var one : reached.values()) {
            for (var other : reached.values()) {
                if (Collections.disjoint(controllers(one), controllers(other))) {
                    tellDisjoint(known, one, other);
                    return;
                }
            }
        }
    }

    private void tellDisjoint(List<LunOnHost> known, LunOnHost one, LunOnHost other) {
        var evidence = byValue(known, lun -> inWords(controllers(lun))).entrySet().stream()
                .map(reach -> inWords(reach.getValue()) + " through " + reach.getKey())
                .toList();
        report.add(
                new Report.Same(
                        FindingKind.DISJOINT_CONTROLLERS,
                        known.stream().map(LunOnHost::host).toList(),
                        "a controller that all hosts reach",
                        "none",
                        0,
                        0,
                        evidence,
                        "host " + one.host() + " reaches %s through " + inWords(controllers(one)) + " only, and host "
                                + other.host() + " through " + inWords(controllers(other))
                                + " only: a failback of one takes it from the other"),
                one.ref());
    }

    private static Set<Component> controllers(LunOnHost lun) {
        return lun.reach().by(Way.CONTROLLER).nexuses().keySet();
    }

    private String inWords(Set<Component> components) {
        return components.stream().map(names::of).collect(Collectors.joining(" and "));
    }

    private interface Known {
        boolean of(LunOnHost lun);
    }

    /** With those that are not known told of; nothing when no two can be compared. */
    private List<LunOnHost> known(List<LunOnHost> sharing, Known known, FindingKind kind, String why) {
        var both = new ArrayList<LunOnHost>();
        for (var lun : sharing) {
            if (known.of(lun)) {
                both.add(lun);
            } else {
                report.unjudged(kind, why, lun.host(), 1);
            }
        }
        return both;
    }

    private static Split split(List<LunOnHost> luns, Function<LunOnHost, String> value) {
        var byValue = byValue(luns, value);
        var most = byValue.values().stream().max(Comparator.comparingInt(List::size));
        var isMajority = most.filter(hosts -> hosts.size() * 2 > luns.size()).isPresent();
        var expected = byValue.entrySet().stream()
                .filter(one -> isMajority && one.getValue().equals(most.orElse(List.of())))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(ONE_VALUE);
        var odd = luns.stream()
                .filter(lun -> !value.apply(lun).equals(expected))
                .map(LunOnHost::host)
                .toList();
        var found =
                byValue.keySet().stream().filter(one -> !one.equals(expected)).collect(Collectors.joining(" or "));
        return new Split(
                expected,
                found,
                odd,
                luns.size(),
                isMajority ? most.orElse(List.of()).size() : 0);
    }

    private static SortedMap<String, List<HostId>> byValue(List<LunOnHost> luns, Function<LunOnHost, String> value) {
        return luns.stream()
                .collect(Collectors.groupingBy(
                        value, TreeMap::new, Collectors.mapping(LunOnHost::host, Collectors.toList())));
    }

    private void tell(FindingKind kind, List<LunOnHost> luns, Split split, String words) {
        if (split.odd().isEmpty()) {
            return;
        }
        var evidence = split.odd().size() + " of " + split.peers() + " hosts that share it differ";
        var subject = split.agreeing() == 0 ? "%s differs: it " : "%s ";
        report.add(
                new Report.Same(
                        kind,
                        split.odd(),
                        split.expected(),
                        split.found(),
                        split.peers(),
                        split.agreeing(),
                        List.of(evidence),
                        subject + words + " on " + inWords(split.odd()) + ": " + split.found()
                                + (split.agreeing() == 0 ? "" : " instead of " + split.expected())),
                luns.getFirst().ref());
    }

    private static String inWords(List<HostId> hosts) {
        var first = hosts.stream().limit(3).map(HostId::value).collect(Collectors.joining(", "));
        return (hosts.size() == 1 ? "host " : "hosts ")
                + first
                + (hosts.size() > 3 ? " and " + (hosts.size() - 3) + " more" : "");
    }
}
