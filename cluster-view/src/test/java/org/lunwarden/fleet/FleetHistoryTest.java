package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.FleetOnLoopback.ACCEPTS;
import static org.lunwarden.fleet.FleetOnLoopback.await;
import static org.lunwarden.fleet.FleetOnLoopback.get;
import static org.lunwarden.fleet.FleetOnLoopback.hears;
import static org.lunwarden.fleet.FleetOnLoopback.snapshot;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import org.lunwarden.fleet.alert.Window;
import org.lunwarden.fleet.history.Happening;
import org.lunwarden.fleet.history.HistoryQuery;
import org.lunwarden.fleet.history.HistorySettings;
import org.lunwarden.fleet.history.Touched;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;

/** Three views that keep a history each, and are stopped and started; the tests build on each other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FleetHistoryTest {

    @TempDir
    private static Path folder;

    private final FleetOnLoopback fleet = new FleetOnLoopback(
            3,
            settings -> settings.with(new HistorySettings(
                    new HistorySettings.Folder(folder.resolve(settings.host().value())), Duration.ofDays(1))));
    private final List<FleetNode> views = new ArrayList<>();
    private final List<SyntheticHost> hosts = new ArrayList<>();
    private final List<FleetNode> nodes = new ArrayList<>();
    private String id = "";

    @BeforeAll
    void start() {
        startViews();
        for (var number : List.of(0, 1, 16, 17)) {
            var host = new SyntheticHost(number, 4, 8);
            var node = fleet.host(host.id().value(), ACCEPTS);
            node.reports().publish(host.report());
            hosts.add(host);
            nodes.add(node);
        }
        awaitAllHeard();
    }

    @AfterAll
    void stop() {
        fleet.close();
    }

    @Test
    @Order(1)
    void anOpenIncidentAndWhoTakesCareOfItOutliveARestartOfAllViews() {
        failAll();
        await(
                "one incident",
                () -> views.stream().allMatch(view -> isOpen(view)) && openIds().size() == 1);
        id = openIds().iterator().next();
        get(views.getFirst().view().orElseThrow().acknowledge(id, "eve", "cable ordered", false));
        await("acknowledged", () -> views.stream().allMatch(this::isCaredForByEve));

        stopViews();
        startViews();

        awaitAllHeard();
        await(
                "still open, of the same id",
                () -> views.stream().allMatch(view -> isOpen(view) && openIds().equals(Set.of(id))));
        await("still acknowledged", () -> views.stream().allMatch(this::isCaredForByEve));
        assertThat(theIncident(views.getFirst()).timeline())
                .as("the history goes on")
                .extracting(entry -> entry.what().word())
                .startsWith("opened")
                .contains("acknowledged");
        assertThat(views)
                .allMatch(view -> snapshot(view).incidents().stream()
                                .filter(Incident::isOpen)
                                .count()
                        == 1);
    }

    @Test
    @Order(2)
    void whatSomebodyDidAboutWhatAnIncidentTouchesStandsBesideItOnEveryView() {
        var view = views.get(1).view().orElseThrow();
        var now = Instant.now();
        var host = new Component(ComponentClass.HOST, hosts.get(2).id().value());
        get(view.agree(window("w-here", Window.Kind.SILENCE, List.of(id), List.of(), now)));
        get(view.agree(window("w-host", Window.Kind.MAINTENANCE, List.of(), List.of(host), now.plusSeconds(3600))));
        get(view.agree(window(
                "w-elsewhere",
                Window.Kind.MAINTENANCE,
                List.of(),
                List.of(new Component(ComponentClass.SWITCH, "elsewhere/9")),
                now)));
        get(view.startFailback(Optional.of(SyntheticHost.coreSwitch(1)), Optional.empty(), "ann"));
        get(view.startResize(SyntheticHost.wwid(0), "bob"));

        await(
                "told on every view",
                () -> views.stream()
                        .allMatch(each -> beside(each)
                                .containsAll(List.of(
                                        "silence w-here by eve",
                                        "maintenance w-host by eve",
                                        "failback by ann",
                                        "resize by bob"))));
        assertThat(views).noneMatch(each -> beside(each).toString().contains("w-elsewhere"));
    }

    private static Window window(
            String name, Window.Kind kind, List<String> incidents, List<Component> components, Instant from) {
        return new Window(
                name, kind, incidents, components, from, from.plusSeconds(60), "eve", "a test", Instant.now());
    }

    /** Of acts: what and who. */
    private Set<String> beside(FleetNode view) {
        var touched = Touched.by(theIncident(view), snapshot(view));
        return get(view.view().orElseThrow().history(HistoryQuery.last(1000))).items().stream()
                .filter(touched::holds)
                .filter(item -> !item.about().isEmpty())
                .map(item -> (item.kind() + " " + item.words().replaceFirst("^(w-\\S+)?.*? by (\\w+).*$", "$1 by $2"))
                        .replace("  ", " "))
                .collect(Collectors.toSet());
    }

    @Test
    @Order(3)
    void theVerdictSurvivesTheLossOfAnyView() {
        fleet.stop(views.get(0));

        await(
                "the others say the same",
                () -> views.subList(1, 3).stream().allMatch(view -> isOpen(view) && isCaredForByEve(view)));

        views.set(0, fleet.view(0));
        await("so does the one that is back", () -> isOpen(views.get(0)) && isCaredForByEve(views.get(0)));
    }

    @Test
    @Order(4)
    void anOldMemoryOfOneViewDoesNotReopenWhatTheOthersClosed() {
        fleet.stop(views.get(2));
        restoreAll();
        await(
                "over",
                () -> views.subList(0, 2).stream()
                        .allMatch(view -> theIncident(view).phase() == Incident.Phase.RESOLVED));
        fleet.stop(views.get(0));
        fleet.stop(views.get(1));

        startViews();

        awaitAllHeard();
        await(
                "over on all",
                () -> views.stream().allMatch(view -> theIncident(view).phase() == Incident.Phase.RESOLVED));
        assertThat(views).allMatch(view -> theIncident(view).reopened() == 0);
        assertThat(openIds()).isEmpty();
    }

    @Test
    @Order(5)
    void theHistoryTellsWhatHappened() {
        var view = views.getFirst().view().orElseThrow();

        await("kept", () -> view.historyStatus().waiting() == 0);
        var items = get(view.history(HistoryQuery.last(1000))).items();

        assertThat(view.historyStatus().working()).isTrue();
        assertThat(items)
                .extracting(Happening::kind)
                .contains("host-appeared", "incident-opened", "incident-acknowledged", "incident-resolved");
        assertThat(items)
                .filteredOn(item -> item.kind().equals("incident-acknowledged"))
                .allSatisfy(item -> {
                    assertThat(item.incident()).contains(id);
                    assertThat(item.words()).endsWith("by eve: cable ordered");
                });
        assertThat(get(view.pastIncident(id)).orElseThrow().timeline())
                .isEqualTo(theIncident(views.getFirst()).timeline());
    }

    @Test
    @Order(6)
    void whatAVerdictRestedOnIsKeptWithTheIncidentForAReplay() throws IOException {
        var view = views.getFirst().view().orElseThrow();

        await("all hosts are heard", () -> rows(view) == 4 * 8);

        var kept = lines(get(view.observations(id)).orElseThrow());
        var now = lines(get(view.observations()));

        assertThat(kept).filteredOn(line -> line.contains("\"snapshot\"")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(kept).anyMatch(line -> line.contains("\"state\":\"down\""));
        assertThat(now).noneMatch(line -> line.contains("\"state\":\"down\""));
    }

    private static int rows(FleetView view) {
        try {
            return lines(get(view.observations())).size() - 1;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> lines(byte[] packed) throws IOException {
        try (var zip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return new String(zip.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    private void startViews() {
        views.clear();
        for (var number = 0; number < 3; number++) {
            views.add(fleet.view(number));
        }
    }

    private void stopViews() {
        views.forEach(fleet::stop);
    }

    private void awaitAllHeard() {
        await(
                "all heard",
                Duration.ofSeconds(60),
                () -> views.stream()
                        .allMatch(view -> hosts.stream().allMatch(host -> hears(view, host, Contact.REPORTING))));
    }

    private void failAll() {
        for (var at = 0; at < hosts.size(); at++) {
            hosts.get(at).fail(SyntheticHost.coreSwitch(1));
            nodes.get(at).reports().publish(hosts.get(at).report());
        }
    }

    private void restoreAll() {
        for (var at = 0; at < hosts.size(); at++) {
            hosts.get(at).restore(SyntheticHost.coreSwitch(1));
            nodes.get(at).reports().publish(hosts.get(at).report());
        }
    }

    private Incident theIncident(FleetNode view) {
        return snapshot(view).incident(id).orElseThrow();
    }

    private static boolean isOpen(FleetNode view) {
        return snapshot(view).incidents().stream()
                .anyMatch(
                        incident -> incident.isOpen() && incident.confirmedAt().isPresent());
    }

    private boolean isCaredForByEve(FleetNode view) {
        return snapshot(view)
                .incident(id)
                .flatMap(Incident::acknowledgement)
                .filter(word -> word.by().equals("eve"))
                .isPresent();
    }

    private Set<String> openIds() {
        return views.stream()
                .flatMap(view -> snapshot(view).incidents().stream())
                .filter(Incident::isOpen)
                .map(Incident::id)
                .collect(Collectors.toSet());
    }
}
