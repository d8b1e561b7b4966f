package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.FleetOnLoopback.ACCEPTS;
import static org.lunwarden.fleet.FleetOnLoopback.await;
import static org.lunwarden.fleet.FleetOnLoopback.get;
import static org.lunwarden.fleet.FleetOnLoopback.hears;
import static org.lunwarden.fleet.FleetOnLoopback.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.model.Component;

/** One fleet through a day of its life; the tests build on each other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FleetOfThreeViewsTest {

    private static final Component SWITCH = SyntheticHost.coreSwitch(1);

    private final FleetOnLoopback fleet = new FleetOnLoopback(3);
    private final List<FleetNode> views = new ArrayList<>();
    private final List<SyntheticHost> hosts = new ArrayList<>();
    private final List<FleetNode> nodes = new ArrayList<>();

    @BeforeAll
    void startAll() {
        for (var i = 0; i < 3; i++) {
            views.add(fleet.view(i));
        }
        for (var number : List.of(0, 1, 16, 17)) {
            var host = new SyntheticHost(number, 4, 8);
            var node = fleet.host(host.id().value(), ACCEPTS);
            node.reports().publish(host.report());
            hosts.add(host);
            nodes.add(node);
        }
    }

    @AfterAll
    void stopAll() {
        fleet.close();
    }

    @Test
    @Order(1)
    void everyViewHearsEveryHost() {
        await(
                "all heard",
                () -> views.stream()
                        .allMatch(view -> hosts.stream().allMatch(host -> hears(view, host, Contact.REPORTING))));
    }

    @Test
    @Order(2)
    void aFailedSwitchIsOneIncidentOfTheSameIdOnAllViewsUntilItIsResolved() {
        for (var i = 0; i < hosts.size() - 1; i++) {
            fail(i);
        }
        await("the last host was asked to check", () -> views.stream().anyMatch(view -> granted(view) > 0));
        fail(hosts.size() - 1);

        await("confirmed everywhere", () -> views.stream().allMatch(view -> inPhase(view, Incident.Phase.CONFIRMED)));
        await("one id", () -> openIds().size() == 1);
        var incident = snapshot(views.getFirst()).incidents().getFirst();
        assertThat(incident.first().components()).contains(SWITCH);
        assertThat(incident.hosts()).hasSize(4);
        assertThat(views.stream().filter(view -> granted(view) > 0))
                .as("one view asks for all")
                .hasSize(1);

        restoreAll();
        await("resolved everywhere", () -> views.stream().allMatch(view -> inPhase(view, Incident.Phase.RESOLVED)));
    }

    @Test
    @Order(3)
    void aViewThatHeardOfItLaterAndOneThatWasRestartedCallAnIncidentWhatTheOthersDo() {
        var late = views.get(2);
        var resolved = snapshot(late).incidents().getFirst().id();
        fleet.cut(late);
        fail(0);
        fail(1);
        await(
                "an edge switch on two views",
                () -> views.subList(0, 2).stream().allMatch(view -> isOpenWith(view, SyntheticHost.edgeSwitch(1, 0))));
        fail(2);
        fail(3);
        await(
                "the core switch on two views",
                () -> views.subList(0, 2).stream().allMatch(view -> isOpenWith(view, SWITCH)));
        var id = openIds();
        assertThat(id).as("the switch is back").containsExactly(resolved);

        fleet.heal(late);

        await("the core switch on the third", () -> isOpenWith(late, SWITCH));
        await("one id on three views", () -> openIds().equals(id));
        var word = get(views.get(0).view().orElseThrow().acknowledge(resolved, "eve", "cable ordered", false));
        assertThat(word).isInstanceOf(FleetView.Acknowledging.Said.class);
        await("acknowledged on three views", () -> views.stream().allMatch(view -> isCaredForBy(view, "eve")));
        fleet.stop(views.get(1));
        views.set(1, fleet.view(1));
        await("the core switch on the restarted one", () -> isOpenWith(views.get(1), SWITCH));
        await("one id after the restart", () -> openIds().equals(id));
        await("acknowledged on the restarted one", () -> isCaredForBy(views.get(1), "eve"));
        restoreAll();
        await("resolved everywhere", () -> openIds().isEmpty());
        assertThat(views)
                .allMatch(view -> snapshot(view).incident(id.iterator().next()).isPresent());
    }

    @Test
    @Order(4)
    void aMemberThatWasCutOffStartsItsFleetSystemAnewAndItsHostHalfGoesOnPublishing() {
        var host = hosts.getFirst();
        var node = nodes.getFirst();
        var lives = node.status().life();

        fleet.cut(node);

        await("silent everywhere", () -> views.stream().allMatch(view -> hears(view, host, Contact.SILENT)));
        await(
                "downed by the others",
                () -> views.stream().allMatch(view -> view.status().members() == 6));
        await("fleet system started anew", () -> node.status().life() > lives);
        host.fail(SyntheticHost.coreSwitch(0));
        node.reports().publish(host.report());
        var published = host.report();
        node.reports().publish(published);

        fleet.heal(node);

        await("a member again", node::isMember);
        await(
                "its last report everywhere",
                () -> views.stream()
                        .allMatch(view -> snapshot(view)
                                .host(host.id())
                                .filter(known -> known.contact() == Contact.REPORTING
                                        && known.revision() == published.revision())
                                .isPresent()));
        host.restore(SyntheticHost.coreSwitch(0));
        node.reports().publish(host.report());
    }

    @Test
    @Order(5)
    void losingHalfOfTheHostsDownsNoView() {
        var lives = views.stream().map(view -> view.status().life()).toList();

        fleet.cut(nodes.get(1));
        fleet.cut(nodes.get(2));
        fleet.cut(nodes.get(3));

        await(
                "three silent",
                () -> views.stream()
                        .allMatch(view ->
                                hosts.subList(1, 4).stream().allMatch(host -> hears(view, host, Contact.SILENT))));
        await(
                "three downed",
                () -> views.stream().allMatch(view -> view.status().members() == 4));
        assertThat(views).extracting(view -> view.status().life()).isEqualTo(lives);
        assertThat(views)
                .allMatch(FleetNode::isMember)
                .allMatch(view -> hears(view, hosts.getFirst(), Contact.REPORTING));
        nodes.subList(1, 4).forEach(fleet::heal);
    }

    @Test
    @Order(6)
    void theFoundingViewThatWasCutOffComesBackToTheSameFleet() {
        var founder = views.getFirst();
        var lives = founder.status().life();

        fleet.cut(founder);

        await("downed by the others", () -> views.get(1).status().views() == 2);
        await("fleet system started anew", () -> founder.status().life() > lives);

        fleet.heal(founder);

        await(
                "three views again",
                () -> views.stream().allMatch(view -> view.status().views() == 3));
        await("all heard", () -> hosts.stream().allMatch(host -> hears(founder, host, Contact.REPORTING)));
    }

    private void fail(int host) {
        hosts.get(host).fail(SWITCH);
        nodes.get(host).reports().publish(hosts.get(host).report());
    }

    private void restoreAll() {
        for (var i = 0; i < hosts.size(); i++) {
            hosts.get(i).restore(SWITCH);
            nodes.get(i).reports().publish(hosts.get(i).report());
        }
    }

    private Set<String> openIds() {
        return views.stream()
                .flatMap(view -> snapshot(view).incidents().stream())
                .filter(Incident::isOpen)
                .map(Incident::id)
                .collect(Collectors.toSet());
    }

    private static long granted(FleetNode view) {
        return get(view.view().orElseThrow().figures()).work().checksGranted();
    }

    private static boolean isOpenWith(FleetNode view, Component cause) {
        return snapshot(view).incidents().stream()
                .anyMatch(incident ->
                        incident.isOpen() && incident.first().components().contains(cause));
    }

    private static boolean isCaredForBy(FleetNode view, String name) {
        return snapshot(view).incidents().stream()
                .filter(Incident::isOpen)
                .allMatch(incident -> incident.acknowledgement()
                        .filter(word -> word.by().equals(name))
                        .isPresent());
    }

    private static boolean inPhase(FleetNode view, Incident.Phase phase) {
        var incidents = snapshot(view).incidents();
        return incidents.size() == 1 && incidents.getFirst().phase() == phase;
    }
}
