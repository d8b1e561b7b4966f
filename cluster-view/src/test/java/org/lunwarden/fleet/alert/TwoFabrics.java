package org.lunwarden.fleet.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.lunwarden.fleet.Contact;
import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.FleetSnapshot.FleetHost;
import org.lunwarden.fleet.FleetSnapshot.FleetNexus;
import org.lunwarden.fleet.diagnosis.Diagnosis;
import org.lunwarden.fleet.diagnosis.DiagnosisSettings;
import org.lunwarden.fleet.diagnosis.Names;
import org.lunwarden.fleet.diagnosis.Observation;
import org.lunwarden.fleet.incident.Acknowledgement;
import org.lunwarden.fleet.incident.Acknowledgements;
import org.lunwarden.fleet.incident.Identities;
import org.lunwarden.fleet.incident.IncidentSettings;
import org.lunwarden.fleet.incident.Incidents;
import org.lunwarden.fleet.sitefile.SiteFile;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Transport;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusRow;
import org.lunwarden.model.fleet.NexusState;
import org.lunwarden.model.fleet.PathCounts;

/**
 * Hosts with three maps each over two fabrics: an edge switch for every six of them, a core switch, and in each fabric a
 * port of either controller of one array. What fails is diagnosed as it is in a view.
 */
final class TwoFabrics {

    static final Instant START = Instant.parse("2026-03-01T03:00:00Z");
    static final Names NAMES = new Names(Map.of("100000000000000a", "A", "100000000000000b", "B", "arr1", "vault"));
    static final int MAPS = 3;

    final Set<Component> down = new HashSet<>();
    final List<Window> windows = new ArrayList<>();
    final Set<String> silent = new HashSet<>();
    SiteFile.Membership site = SiteFile.Membership.NONE;
    SiteFile siteFile = SiteFile.NONE;
    Instant now = START;

    /** So long after a component went down the last host has noticed. */
    Duration noticedWithin = Duration.ZERO;

    private final int hosts;
    private final Map<Component, Instant> downSince = new HashMap<>();
    private final Map<Nexus, Instant> changed = new HashMap<>();
    private final Map<Nexus, NexusState> before = new HashMap<>();
    private final Diagnosis diagnosis = new Diagnosis(DiagnosisSettings.DEFAULTS);
    private final Map<String, Acknowledgement> said = new HashMap<>();
    private Incidents known = Incidents.NONE;
    private Identities shared = Identities.NONE;

    TwoFabrics(int hosts) {
        this.hosts = hosts;
    }

    static Component edge(String fabric, int number) {
        return new Component(ComponentClass.SWITCH, "100000000000000" + fabric + "/" + number);
    }

    static Component fabric(String fabric) {
        return new Component(ComponentClass.FABRIC, "100000000000000" + fabric);
    }

    static String name(int host) {
        return "db-%02d".formatted(host);
    }

    /** Lets time go on, a quarter of a second at a time, as a view does. */
    FleetSnapshot after(Duration time) {
        var end = now.plus(time);
        while (now.isBefore(end)) {
            now = now.plusMillis(250);
            look();
        }
        return fleet();
    }

    FleetSnapshot fleet() {
        var all = new ArrayList<FleetHost>();
        for (var host = 1; host <= hosts; host++) {
            all.add(host(host));
        }
        return new FleetSnapshot(new HostId("view1"), now, 1, all, known.all());
    }

    void acknowledge(String incident) {
        said.put(incident, new Acknowledgement(incident, "ops", "", now, false));
    }

    private void look() {
        var observations = new ArrayList<Observation>();
        for (var host : fleet().hosts()) {
            for (var nexus : host.nexuses()) {
                var state = nexus.row().state();
                if (before.put(nexus.row().nexus(), state) != state) {
                    changed.put(nexus.row().nexus(), now);
                }
                var age = host.contact() == Contact.REPORTING ? Duration.ofSeconds(1) : Duration.ofMinutes(1);
                var since = changed.getOrDefault(nexus.row().nexus(), START);
                var seen = Observation.of(host.host(), nexus.row(), since, age);
                observations.add(new Observation(
                        seen.host(),
                        seen.nexus(),
                        seen.components(),
                        nexus.state(),
                        seen.paths(),
                        seen.failed(),
                        seen.changedAt(),
                        seen.age()));
            }
        }
        var settings = IncidentSettings.DEFAULTS.paced(Duration.ofSeconds(2), Duration.ofSeconds(5), NAMES);
        var step = Incidents.next(
                known,
                diagnosis.next(Maintenance.of(windows, siteFile, now).explain(observations)),
                shared,
                now,
                settings);
        known = step.incidents()
                .acknowledged(new Acknowledgements(said), now, settings)
                .incidents();
        shared = shared.with(step.toShare());
    }

    private FleetHost host(int number) {
        var id = new HostId(name(number));
        var contact = silent.contains(id.value()) ? Contact.SILENT : Contact.REPORTING;
        var nexuses = new ArrayList<FleetNexus>();
        for (var fabric : List.of("a", "b")) {
            for (var controller = 1; controller <= 2; controller++) {
                nexuses.add(nexus(number, fabric, controller, contact));
            }
        }
        var through = nexuses.stream().map(nexus -> nexus.row().nexus()).toList();
        var up = (int) nexuses.stream()
                .filter(nexus -> nexus.row().state() == NexusState.UP)
                .count();
        var maps = new ArrayList<MapSummary>();
        for (var map = 0; map < MAPS; map++) {
            var wwid = new Wwid("3600a09800000000000000000000%04d".formatted(number * 10 + map));
            maps.add(new MapSummary(
                    wwid, wwid.value(), 2048, 4, up, up > 0 ? 1 : 0, up > 0 ? 1 : 0, true, through, through));
        }
        return new FleetHost(id, contact, now, Optional.empty(), 1, Duration.ofHours(2), "0.1.0", nexuses, maps);
    }

    /** Hosts check their paths at different times. */
    private boolean isNoticed(int host, Component component) {
        var since = downSince.computeIfAbsent(component, any -> now);
        return !now.isBefore(
                since.plus(noticedWithin.multipliedBy(host * 7919L % 1000).dividedBy(1000)));
    }

    private FleetNexus nexus(int host, String fabric, int controller, Contact contact) {
        var initiator = "2100%s%011d".formatted(fabric, host);
        var target = "5000%s%011d".formatted(fabric, controller);
        var components = new ArrayList<>(List.of(
                new Component(ComponentClass.HOST, name(host)),
                new Component(ComponentClass.HBA_PORT, initiator),
                edge(fabric, 11 + (host - 1) / 6),
                edge(fabric, 1),
                new Component(ComponentClass.TARGET_PORT, target),
                new Component(ComponentClass.CONTROLLER, "arr1/" + controller),
                new Component(ComponentClass.ARRAY, "arr1"),
                fabric(fabric)));
        components.sort(null);
        var isUp = components.stream().noneMatch(component -> down.contains(component) && isNoticed(host, component));
        var counts = new PathCounts(MAPS, isUp ? MAPS : 0, isUp ? 0 : MAPS, 0, 0, 0);
        var row = new NexusRow(new Nexus(initiator, target), Transport.FC, components, counts, Duration.ofMinutes(5));
        return new FleetNexus(
                site.over(new HostId(name(host)), row),
                contact == Contact.REPORTING ? row.state() : NexusState.UNKNOWN,
                now);
    }
}
