package org.lunwarden.fleet.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.fleet.Contact;
import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.FleetSnapshot.FleetHost;
import org.lunwarden.fleet.FleetSnapshot.FleetNexus;
import org.lunwarden.fleet.cleanup.ViewWord.Says;
import org.lunwarden.fleet.diagnosis.Finding;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Transport;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusRow;
import org.lunwarden.model.fleet.PathCounts;

class ViewWordTest {

    private static final HostId HOST = new HostId("h1");
    private static final HostId OTHER = new HostId("h2");
    private static final Wwid DEAD = new Wwid("3600a098000000001");
    private static final Nexus NEXUS = new Nexus("i", "t");
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant LONG_AGO = NOW.minus(Duration.ofHours(1));
    private static final PathCounts ONE_DEAD = new PathCounts(2, 1, 1, 0, 0, 0);

    /** A fleet, and what its view says of the dead map of h1. */
    static Stream<Arguments> fleets() {
        var host = host(Contact.REPORTING, ONE_DEAD, LONG_AGO);
        return Stream.of(
                arguments("one unit is gone, the other is there", fleet(host), Says.CLEAR),
                arguments(
                        "the only unit behind a port is gone",
                        fleet(host(Contact.REPORTING, new PathCounts(1, 0, 1, 0, 0, 0), LONG_AGO)),
                        Says.CLEAR),
                arguments("what fails is no more than that map", fleet(host, incident(HOST)), Says.CLEAR),
                arguments("other hosts are hurt, too", fleet(host, incident(HOST, OTHER)), Says.INCIDENT),
                arguments("others are hurt, not this one", fleet(host, incident(OTHER)), Says.CLEAR),
                arguments(
                        "more fails than that map",
                        fleet(host(Contact.REPORTING, new PathCounts(2, 0, 2, 0, 0, 0), LONG_AGO), incident(HOST)),
                        Says.INCIDENT),
                arguments(
                        "more fails, and nobody knows why",
                        fleet(host(Contact.REPORTING, new PathCounts(2, 0, 2, 0, 0, 0), LONG_AGO)),
                        Says.UNKNOWN),
                arguments(
                        "a path is not checked",
                        fleet(host(Contact.REPORTING, new PathCounts(2, 0, 1, 0, 0, 1), LONG_AGO)),
                        Says.UNKNOWN),
                arguments(
                        "it has just begun",
                        fleet(host(Contact.REPORTING, ONE_DEAD, NOW.minusSeconds(59))),
                        Says.UNKNOWN),
                arguments("the host is silent", fleet(host(Contact.SILENT, ONE_DEAD, LONG_AGO)), Says.UNKNOWN),
                arguments(
                        "the view is no member",
                        new FleetSnapshot(
                                new HostId("v"), NOW, 1, List.of(host), List.of(), List.of(), List.of(), false, true),
                        Says.UNKNOWN),
                arguments(
                        "the view is in a minority",
                        new FleetSnapshot(
                                new HostId("v"), NOW, 1, List.of(host), List.of(), List.of(), List.of(), true, false),
                        Says.UNKNOWN));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fleets")
    void aViewIsClearOnlyWhenNothingElseFails(String what, FleetSnapshot fleet, Says says) {
        var word = ViewWord.of(fleet, HOST, DEAD);

        assertThat(word.says()).as(word.why()).isEqualTo(says);
        assertThat(word.incidents()).isEqualTo(says == Says.INCIDENT ? List.of("i1") : List.of());
    }

    @ParameterizedTest
    @MethodSource("fleets")
    void ofAMapThatWorksOrIsNotReportedNoViewIsClear(String what, FleetSnapshot fleet, Says says) {
        assertThat(ViewWord.of(fleet, HOST, new Wwid("3600a098000000002")).says())
                .isNotEqualTo(Says.CLEAR);
        assertThat(ViewWord.of(fleet, HOST, new Wwid("3600a098000000003")).says())
                .isNotEqualTo(Says.CLEAR);
    }

    private static FleetSnapshot fleet(FleetHost host, Incident... incidents) {
        return new FleetSnapshot(new HostId("v"), NOW, 1, List.of(host), List.of(incidents));
    }

    /** One map is dead, another one works. */
    private static FleetHost host(Contact contact, PathCounts counts, Instant changedAt) {
        var row = new NexusRow(NEXUS, Transport.FC, List.of(), counts, Duration.ofMinutes(1));
        var through = List.of(NEXUS);
        return new FleetHost(
                HOST,
                contact,
                NOW,
                Optional.empty(),
                3,
                Duration.ofHours(2),
                "0.1.0",
                List.of(new FleetNexus(row, row.state(), changedAt)),
                List.of(
                        new MapSummary(DEAD, "dead", 2048, 1, 0, 0, 1, true, through, through),
                        new MapSummary(
                                new Wwid("3600a098000000002"), "well", 2048, 1, 1, 1, 1, true, through, through)));
    }

    private static Incident incident(HostId... hosts) {
        return new Incident(
                "i1",
                List.of(),
                Incident.Phase.CONFIRMED,
                Finding.Kind.FAULT,
                List.of(),
                "",
                Optional.empty(),
                0,
                List.of(),
                List.of(hosts),
                0,
                LONG_AGO,
                LONG_AGO,
                LONG_AGO,
                Optional.of(LONG_AGO),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                "",
                "",
                List.of());
    }
}
