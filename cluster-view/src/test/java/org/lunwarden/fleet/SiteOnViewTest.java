package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.FleetOnLoopback.ACCEPTS;
import static org.lunwarden.fleet.FleetOnLoopback.await;
import static org.lunwarden.fleet.FleetOnLoopback.hears;
import static org.lunwarden.fleet.FleetOnLoopback.snapshot;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.diagnosis.Names;
import org.lunwarden.fleet.incident.Incident;
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

    @Test
    void whatItCallsComponentsHoldsForWhatIsFoundFromThenOnUnlessTheConfigurationCallsThemSo() {
        var configured = Map.of(SyntheticHost.FABRICS.get(0), "left");
        try (var fleet = new FleetOnLoopback(1, settings -> settings.withNames(configured))) {
            var view = fleet.view(0);
            view.follow(named("right"));
            assertThat(names(view).of(SyntheticHost.coreSwitch(1))).isEqualTo("switch 1 of fabric right");
            var hosts = List.of(new SyntheticHost(1, 4, 8), new SyntheticHost(17, 4, 8));
            for (var host : hosts) {
                var node = fleet.host(host.id().value(), ACCEPTS);
                node.reports().publish(host.report());
                host.fail(SyntheticHost.coreSwitch(1));
                node.reports().publish(host.report());
            }
            await("called so", () -> titles(view).contains("fabric right"));

            view.follow(named("east"));

            await("called otherwise", () -> titles(view).contains("fabric east"));
            assertThat(names(view).of(SyntheticHost.coreSwitch(0))).isEqualTo("switch 1 of fabric left");
        }
    }

    @Test
    void viewsTellEachOtherWhenTheyFollowDifferentFiles() {
        try (var fleet = new FleetOnLoopback(3)) {
            var views = List.of(fleet.view(0), fleet.view(1), fleet.view(2));
            await(
                    "each knows both others",
                    () -> views.stream()
                            .allMatch(view -> List.copyOf(
                                            figures(view).otherSites().values())
                                    .equals(List.of(false, false))));

            views.get(0).follow(named("east"));
            views.get(1).follow(named("east"));

            var third = fleet.seeds().get(2).toString();
            await("the third has another one", () -> others(views.get(0)).equals(List.of(third)));
            await("so has the second", () -> others(views.get(1)).equals(List.of(third)));
            await("it hears of two", () -> others(views.get(2)).size() == 2);

            views.get(2).follow(named("east"));
            await(
                    "all are alike",
                    () -> views.stream().allMatch(view -> others(view).isEmpty()));

            views.get(2).follow(named("west"));
            await("the third has another one again", () -> others(views.get(0)).equals(List.of(third)));
            fleet.stop(views.get(2));
            await(
                    "it is none any more",
                    () -> figures(views.get(0)).otherSites().size() == 1);
            assertThat(others(views.get(0))).isEmpty();
        }
    }

    private static List<String> others(FleetNode view) {
        return view.view().orElseThrow().viewsWithAnotherSite();
    }

    private static ViewFigures figures(FleetNode view) {
        return FleetOnLoopback.get(view.view().orElseThrow().figures());
    }

    private static SiteFile named(String name) {
        var names = new TreeMap<Component, String>();
        SyntheticHost.FABRICS.forEach(id -> names.put(new Component(ComponentClass.FABRIC, id), name));
        return new SiteFile(names, new TreeMap<>());
    }

    private static Names names(FleetNode view) {
        return view.view().orElseThrow().names();
    }

    private static String titles(FleetNode view) {
        return snapshot(view).incidents().stream().map(Incident::title).collect(Collectors.joining("; "));
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
