package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.FleetOnLoopback.ACCEPTS;
import static org.lunwarden.fleet.FleetOnLoopback.await;
import static org.lunwarden.fleet.FleetOnLoopback.hears;
import static org.lunwarden.fleet.FleetOnLoopback.snapshot;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.sitefile.SiteFile;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;

/** A site file as a view follows it. */
class SiteOnViewTest {

    private static final Component BERLIN = new Component(ComponentClass.SITE, "berlin");
    private static final Component POTSDAM = new Component(ComponentClass.SITE, "potsdam");

    @Test
    void whatItSaysHoldsForHostsThatReportedBeforeAndEndsWhenItSaysSomethingElse() {
        try (var fleet = new FleetOnLoopback(1)) {
            var view = fleet.view(0);
            var host = new SyntheticHost(1, 4, 8);
            var node = fleet.host(host.id().value(), ACCEPTS);
            node.reports().publish(host.report());
            await("heard", () -> hears(view, host, Contact.REPORTING));
            assertThat(sites(view)).isEmpty();
            var of = new Component(ComponentClass.HOST, host.id().value());

            follow(view, BERLIN, of);
            await("it is at Berlin", () -> sites(view).equals(List.of(BERLIN)));

            follow(view, POTSDAM, SyntheticHost.coreSwitch(1));
            await(
                    "its nexuses through that switch are at Potsdam",
                    () -> sites(view).equals(List.of(POTSDAM)));
            var through = snapshot(view).hosts().getFirst().nexuses().stream()
                    .collect(Collectors.partitioningBy(
                            nexus -> nexus.row().components().contains(POTSDAM)));
            assertThat(through.get(true))
                    .isNotEmpty()
                    .allMatch(nexus -> nexus.row().components().contains(SyntheticHost.coreSwitch(1)));
            assertThat(through.get(false))
                    .isNotEmpty()
                    .noneMatch(nexus -> nexus.row().components().contains(SyntheticHost.coreSwitch(1)));
            host.fail(SyntheticHost.coreSwitch(1));
            node.reports().publish(host.report());
            await(
                    "what is reported later is at Potsdam, too",
                    () -> snapshot(view).hosts().getFirst().nexuses().stream()
                            .anyMatch(nexus -> nexus.row().paths().failed() > 0
                                    && nexus.row().components().contains(POTSDAM)));
        }
    }

    private static void follow(FleetNode view, Component site, Component member) {
        var sets = new TreeMap<Component, List<Component>>();
        sets.put(site, List.of(member));
        view.follow(new SiteFile(new TreeMap<>(), sets));
    }

    private static List<Component> sites(FleetNode view) {
        return snapshot(view).hosts().stream()
                .flatMap(host -> host.nexuses().stream())
                .flatMap(nexus -> nexus.row().components().stream())
                .filter(component -> component.kind() == ComponentClass.SITE)
                .distinct()
                .toList();
    }
}
