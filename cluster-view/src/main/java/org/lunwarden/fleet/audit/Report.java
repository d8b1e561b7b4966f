package org.lunwarden.fleet.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import org.lunwarden.model.fleet.HostId;

/** Gathers findings; those that differ in nothing but the map become one. */
final class Report {

    /** Of what is the same for several maps. The words stand for the maps as {@code %s}. */
    record Same(
            FindingKind kind,
            List<HostId> hosts,
            String expected,
            String found,
            int peers,
            int agreeing,
            List<String> evidence,
            String words) {}

    private record Missing(Optional<FindingKind> kind, String why) {}

    private static final class Concerned {
        final TreeSet<HostId> hosts = new TreeSet<>();
        int maps;
    }

    private final List<Finding> findings = new ArrayList<>();
    private final Map<Same, List<Finding.MapRef>> maps = new LinkedHashMap<>();
    private final Map<Missing, Concerned> unjudged = new LinkedHashMap<>();

    void add(Finding finding) {
        findings.add(finding);
    }

    void add(Same same, Finding.MapRef map) {
        maps.computeIfAbsent(same, any -> new ArrayList<>()).add(map);
    }

    void unjudged(String why, HostId host, int howMany) {
        unjudged(Optional.empty(), why, host, howMany);
    }

    void unjudged(FindingKind kind, String why, HostId host, int howMany) {
        unjudged(Optional.of(kind), why, host, howMany);
    }

    private void unjudged(Optional<FindingKind> kind, String why, HostId host, int howMany) {
        var concerned = unjudged.computeIfAbsent(new Missing(kind, why), any -> new Concerned());
        concerned.hosts.add(host);
        concerned.maps += howMany;
    }

    List<Finding> findings() {
        var all = new ArrayList<>(findings);
        maps.forEach((same, refs) -> all.add(new Finding(
                same.kind(),
                same.hosts(),
                refs,
                Optional.empty(),
                same.expected(),
                same.found(),
                same.peers(),
                same.agreeing(),
                same.evidence(),
                same.words().replace("%s", inWords(refs)))));
        all.sort(Finding.ORDER);
        return all;
    }

    List<Unjudged> unjudged() {
        return unjudged.entrySet().stream()
                .map(one -> new Unjudged(
                        one.getKey().kind(),
                        one.getKey().why(),
                        List.copyOf(one.getValue().hosts),
                        one.getValue().maps))
                .sorted(Unjudged.ORDER)
                .toList();
    }

    private static String inWords(List<Finding.MapRef> refs) {
        return refs.stream().map(Finding.MapRef::wwid).distinct().limit(2).count() == 1
                ? refs.stream().min(Comparator.naturalOrder()).orElseThrow().name()
                : refs.stream().map(Finding.MapRef::wwid).distinct().count() + " maps";
    }
}
