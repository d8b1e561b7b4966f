package org.lunwarden.fleet.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.lunwarden.fleet.Contact;
import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.diagnosis.Names;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.fleet.HostId;

/** What is set, or installed, otherwise than with the peers. */
final class Outliers {

    private final AuditSettings settings;
    private final Names names;
    private final Report report;

    /** Of one id: {@code model/driver/firmware}. */
    private record Adapter(Component component, String model, String driver, String firmware) {

        static Optional<Adapter> parse(Component component) {
            var parts = component.id().split("/", 3);
            return parts.length < 3
                    ? Optional.empty()
                    : Optional.of(new Adapter(component, parts[0], parts[1], parts[2]));
        }
    }

    Outliers(AuditSettings settings, Names names, Report report) {
        this.settings = settings;
        this.names = names;
        this.report = report;
    }

    /** Maps of one array should be kept alike, also those of different LUNs. */
    void settings(List<LunOnHost> luns, SameUnit sameUnit) {
        var byArray = new TreeMap<String, List<LunOnHost>>();
        for (var lun : luns) {
            if (!lun.reach().arrays().isEmpty() && !lun.map().settings().isEmpty()) {
                byArray.computeIfAbsent(lun.reach().arrays(), any -> new ArrayList<>())
                        .add(lun);
            }
        }
        byArray.values().forEach(peers -> settingsOf(peers, sameUnit));
    }

    private void settingsOf(List<LunOnHost> peers, SameUnit sameUnit) {
        var keys = new TreeSet<String>();
        peers.forEach(lun -> keys.addAll(lun.map().settings().keySet()));
        var norms = new TreeMap<String, Norm<String>>();
        for (var key : keys) {
            var votes = new Norm.Votes<String>();
            peers.forEach(lun -> votes.add(lun.host(), SameUnit.setting(lun, key)));
            norms.put(key, votes.norm(settings));
        }
        for (var lun : peers) {
            if (!sameUnit.isTold(lun)) {
                settingsOf(lun, norms);
            }
        }
    }

    private void settingsOf(LunOnHost lun, Map<String, Norm<String>> norms) {
        norms.forEach((key, norm) -> {
            var found = SameUnit.setting(lun, key);
            if (norm.value().isEmpty()) {
                report.unjudged(FindingKind.SETTINGS_OUTLIER, norm.why(), lun.host(), 1);
            } else if (!norm.value().get().equals(found)) {
                var expected = norm.value().get();
                report.add(
                        new Report.Same(
                                FindingKind.SETTINGS_OUTLIER,
                                List.of(lun.host()),
                                expected,
                                found,
                                norm.peers(),
                                norm.agreeing(),
                                List.of(norm.inWords() + " have " + expected),
                                "host " + lun.host() + " keeps %s with " + found + ", where " + norm.inWords()
                                        + " on the same array have " + expected),
                        lun.ref());
            }
        });
    }

    /** Adapters of one model should run one driver and one firmware. */
    void adapters(FleetSnapshot fleet) {
        var hosts = new TreeMap<Component, Set<HostId>>();
        for (var host : fleet.hosts()) {
            if (host.contact() != Contact.REPORTING) {
                continue;
            }
            for (var nexus : host.nexuses()) {
                for (var component : nexus.row().components()) {
                    if (component.kind() == ComponentClass.HBA_FIRMWARE) {
                        hosts.computeIfAbsent(component, any -> new TreeSet<>()).add(host.host());
                    }
                }
            }
        }
        var byModel = new TreeMap<String, List<Adapter>>();
        hosts.forEach((component, having) -> Adapter.parse(component)
                .ifPresentOrElse(
                        adapter -> byModel.computeIfAbsent(adapter.model(), any -> new ArrayList<>())
                                .add(adapter),
                        () -> having.forEach(host -> report.unjudged(
                                FindingKind.FIRMWARE_OUTLIER,
                                "the adapter does not tell its model, driver and firmware",
                                host,
                                0))));
        for (var adapters : byModel.values()) {
            odd(FindingKind.DRIVER_OUTLIER, "driver", adapters, Adapter::driver, hosts);
            odd(FindingKind.FIRMWARE_OUTLIER, "firmware", adapters, Adapter::firmware, hosts);
        }
    }

    private void odd(
            FindingKind kind,
            String what,
            List<Adapter> adapters,
            Function<Adapter, String> version,
            Map<Component, Set<HostId>> hosts) {
        var votes = new Norm.Votes<String>();
        adapters.forEach(adapter -> hosts.getOrDefault(adapter.component(), Set.of())
                .forEach(host -> votes.add(host, version.apply(adapter))));
        var norm = votes.norm(settings);
        var byVersion = new HashMap<String, List<Adapter>>();
        adapters.forEach(adapter -> byVersion
                .computeIfAbsent(version.apply(adapter), any -> new ArrayList<>())
                .add(adapter));
        byVersion.forEach((found, with) -> {
            var having = with.stream()
                    .flatMap(adapter -> hosts.getOrDefault(adapter.component(), Set.of()).stream())
                    .distinct()
                    .toList();
            if (norm.value().isEmpty()) {
                having.forEach(host -> report.unjudged(kind, norm.why(), host, 0));
            } else if (!norm.value().get().equals(found)) {
                var expected = norm.value().get();
                report.add(new Finding(
                        kind,
                        having,
                        List.of(),
                        with.size() == 1 ? Optional.of(with.getFirst().component()) : Optional.empty(),
                        expected,
                        found,
                        norm.peers(),
                        norm.agreeing(),
                        with.stream()
                                .map(adapter -> names.of(adapter.component()))
                                .sorted()
                                .toList(),
                        what + " " + found + " runs adapters " + with.getFirst().model() + " of "
                                + having.stream()
                                        .map(HostId::value)
                                        .sorted()
                                        .limit(3)
                                        .collect(Collectors.joining(", "))
                                + (having.size() > 3 ? " and " + (having.size() - 3) + " more hosts" : "") + ", where "
                                + norm.inWords() + " have " + expected));
            }
        });
    }
}
