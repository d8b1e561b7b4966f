package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.FleetOnLoopback.ACCEPTS;
import static org.lunwarden.fleet.FleetOnLoopback.await;
import static org.lunwarden.fleet.FleetOnLoopback.get;
import static org.lunwarden.fleet.FleetOnLoopback.hears;
import static org.lunwarden.fleet.FleetOnLoopback.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import org.lunwarden.model.Component;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.NexusState;

/** One fleet, and a host of its own for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FleetOfOneViewTest {

    private final FleetOnLoopback fleet = new FleetOnLoopback(1);
    private FleetNode view = fleet.view(0);
    private SyntheticHost host = new SyntheticHost(0, 4, 8);
    private int number;

    @BeforeEach
    void nextHost() {
        number++;
        host = new SyntheticHost(number, 4, 8);
    }

    @AfterAll
    void stopAll() {
        fleet.close();
    }

    @Test
    @Order(1)
    void theViewKnowsWhatAHostReportsAndEachChangeOfIt() {
        var node = fleet.host(host.id().value(), ACCEPTS);
        node.reports().publish(host.report());

        await("first report", () -> hears(view, host, Contact.REPORTING));
        assertThat(snapshot(view).host(host.id()).orElseThrow().nexuses())
                .hasSize(8)
                .allMatch(nexus -> nexus.state() == NexusState.UP);

        host.fail(SyntheticHost.coreSwitch(1));
        node.reports().publish(host.report());

        await(
                "switch down",
                () -> snapshot(view).components().stream()
                        .anyMatch(c ->
                                c.component().equals(SyntheticHost.coreSwitch(1)) && c.count(NexusState.DOWN) == 4));
        assertThat(snapshot(view).host(host.id()).orElseThrow().maps())
                .allMatch(map -> map.usablePaths() == 4 && map.paths() == 8);
    }

    @Test
    @Order(2)
    void aHostThatFallsSilentIsUnknownUntilItIsBack() throws Exception {
        var events = new CopyOnWriteArrayList<FleetEvent>();
        var node = fleet.host(host.id().value(), ACCEPTS);
        var hearing = view.view().orElseThrow().subscribe(Optional.empty(), events::add);
        node.reports().publish(host.report());
        await("first report", () -> hears(view, host, Contact.REPORTING));

        fleet.cut(node);

        await("silence", () -> hears(view, host, Contact.SILENT));
        assertThat(snapshot(view).host(host.id()).orElseThrow().nexuses())
                .allMatch(nexus -> nexus.state() == NexusState.UNKNOWN);

        fleet.heal(node);

        await("back", () -> hears(view, host, Contact.REPORTING));
        assertThat(events)
                .extracting(FleetEvent::what)
                .anyMatch(FleetEvent.HostSilent.class::isInstance)
                .anyMatch(FleetEvent.HostBack.class::isInstance);
        hearing.close();
    }

    @Test
    @Order(3)
    void aHostThatIsStoppedSaysSo() {
        var node = fleet.host(host.id().value(), ACCEPTS);
        node.reports().publish(host.report());
        await("first report", () -> hears(view, host, Contact.REPORTING));

        fleet.stop(node);

        await("goodbye", () -> hears(view, host, Contact.STOPPED));
    }

    @Test
    @Order(4)
    void aViewThatStartsAnewIsToldEverythingAgain() {
        var node = fleet.host(host.id().value(), ACCEPTS);
        node.reports().publish(host.report());
        await("first report", () -> hears(view, host, Contact.REPORTING));

        fleet.stop(view);
        view = fleet.view(0);

        await("report again", () -> hears(view, host, Contact.REPORTING));
        assertThat(snapshot(view).host(host.id()).orElseThrow().nexuses()).hasSize(8);
    }

    @Test
    @Order(5)
    void mapsAreAskedFromTheHostAndOthersAreRefusedWithTheReason() {
        var asked = new CopyOnWriteArrayList<HostCommand>();
        var node = fleet.host(host.id().value(), command -> {
            asked.add(command);
            return CompletableFuture.completedStage(new HostAnswer.Maps(List.of()));
        });
        node.reports().publish(host.report());
        await("first report", () -> hears(view, host, Contact.REPORTING));
        var door = view.view().orElseThrow();

        var answer = get(door.describeMaps(host.id(), Optional.of(SyntheticHost.wwid(3))));
        var refused = get(door.describeMaps(new HostId("nobody"), Optional.empty()));

        assertThat(answer).isEqualTo(new HostAnswer.Maps(List.of()));
        assertThat(asked).containsExactly(new HostCommand.DescribeMaps(Optional.of(SyntheticHost.wwid(3))));
        assertThat(refused).isEqualTo(new HostAnswer.Refused("host nobody is not known here"));
    }

    @Test
    @Order(6)
    void aHostThatHasNotSeenASuspectFailIsAskedToCheckItNowAndThoseThatHaveAreNot() {
        var suspect = SyntheticHost.coreSwitch(1);
        var checks = new ConcurrentHashMap<HostId, HostCommand.CheckNexuses>();
        var hosts = new ArrayList<SyntheticHost>();
        var nodes = new ArrayList<FleetNode>();
        for (var added = 100; added < 103; added++) {
            var each = new SyntheticHost(added, 4, 8);
            hosts.add(each);
            nodes.add(fleet.host(each.id().value(), command -> {
                if (command instanceof HostCommand.CheckNexuses check) {
                    checks.putIfAbsent(each.id(), check);
                }
                return CompletableFuture.completedStage(new HostAnswer.Accepted());
            }));
            nodes.getLast().reports().publish(each.report());
        }
        await("all heard", () -> hosts.stream().allMatch(each -> hears(view, each, Contact.REPORTING)));

        for (var noticed = 0; noticed < 2; noticed++) {
            hosts.get(noticed).fail(suspect);
            nodes.get(noticed).reports().publish(hosts.get(noticed).report());
        }
        await("the third is asked", () -> checks.containsKey(hosts.get(2).id()));

        var asked = Optional.ofNullable(checks.get(hosts.get(2).id())).orElseThrow();
        assertThat(asked.nexuses())
                .containsExactlyInAnyOrderElementsOf(hosts.get(2).report().nexuses().stream()
                        .filter(row -> row.components().contains(suspect))
                        .map(row -> row.nexus())
                        .toList());
        assertThat(checks).doesNotContainKeys(hosts.get(0).id(), hosts.get(1).id());
        hosts.get(2).fail(suspect);
        nodes.get(2).reports().publish(hosts.get(2).report());
        await(
                "the incident is what failed through it, on all three hosts",
                () -> isOneIncident(
                        suspect, hosts.stream().map(SyntheticHost::id).toList()));
    }

    /** Whether one incident has every nexus through it that is down, and no other; those of earlier tests included. */
    private boolean isOneIncident(Component suspect, List<HostId> hosts) {
        var snapshot = snapshot(view);
        var down = snapshot.components().stream()
                .filter(one -> one.component().equals(suspect))
                .mapToInt(one -> one.count(NexusState.DOWN))
                .sum();
        return snapshot.incidents().stream()
                .anyMatch(incident -> incident.first().components().contains(suspect)
                        && incident.members().size() == down
                        && incident.hosts().containsAll(hosts));
    }

    @Test
    @Order(20)
    void everyViewIsAskedAboutAMapThatLooksDeadAndWithoutOneNobodyAnswers() {
        var node = fleet.host(host.id().value(), ACCEPTS);
        node.reports().publish(host.report());
        await("first report", () -> hears(view, host, Contact.REPORTING));
        var wwid = host.report().maps().getFirst().wwid();

        var words = get(node.askViews(wwid)).orElseThrow();

        assertThat(words).hasSize(1);
        assertThat(words.getFirst().view()).isEqualTo(view.settings().host());
        assertThat(words.getFirst().why()).isEqualTo("the host last reported a usable path of it");
        try (var alone = new FleetOnLoopback(1)) {
            var withoutView = alone.host("lonely", ACCEPTS);
            withoutView.reports().publish(host.report());
            assertThat(get(withoutView.askViews(wwid))).isEmpty();
        }
    }
}
