package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.FleetOnLoopback.ACCEPTS;
import static org.lunwarden.fleet.FleetOnLoopback.await;
import static org.lunwarden.fleet.FleetOnLoopback.hears;
import static org.lunwarden.fleet.FleetOnLoopback.snapshot;

import java.util.ArrayList;
import java.util.List;

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
        for (var i = 0; i < 4; i++) {
            var host = new SyntheticHost(i, 4, 8);
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
        for (var i = 0; i < hosts.size(); i++) {
            hosts.get(i).fail(SWITCH);
            nodes.get(i).reports().publish(hosts.get(i).report());
        }

        await("confirmed everywhere", () -> views.stream().allMatch(view -> inPhase(view, Incident.Phase.CONFIRMED)));
        var ids = views.stream()
                .map(view ->
                        snapshot(view).incidents().stream().map(Incident::id).toList())
                .distinct()
                .toList();
        assertThat(ids).hasSize(1);
        assertThat(ids.getFirst()).hasSize(1);
        var incident = snapshot(views.getFirst()).incidents().getFirst();
        assertThat(incident.first().components()).contains(SWITCH);
        assertThat(incident.hosts()).hasSize(4);

        for (var i = 0; i < hosts.size(); i++) {
            hosts.get(i).restore(SWITCH);
            nodes.get(i).reports().publish(hosts.get(i).report());
        }
        await("resolved everywhere", () -> views.stream().allMatch(view -> inPhase(view, Incident.Phase.RESOLVED)));
    }

    @Test
    @Order(3)
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
    @Order(4)
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
    @Order(5)
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

    private static boolean inPhase(FleetNode view, Incident.Phase phase) {
        var incidents = snapshot(view).incidents();
        return incidents.size() == 1 && incidents.getFirst().phase() == phase;
    }
}
