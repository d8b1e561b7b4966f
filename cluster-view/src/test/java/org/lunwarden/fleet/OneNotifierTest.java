package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.FleetOnLoopback.ACCEPTS;
import static org.lunwarden.fleet.FleetOnLoopback.await;
import static org.lunwarden.fleet.FleetOnLoopback.hears;
import static org.lunwarden.fleet.FleetOnLoopback.snapshot;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.alert.AlertSettings;
import org.lunwarden.fleet.alert.Window;
import org.lunwarden.fleet.channel.ChannelSettings;
import org.lunwarden.fleet.diagnosis.Names;
import org.lunwarden.model.Component;

/** Three views, one webhook that each of them would post to under a path of its own. */
class OneNotifierTest {

    private static final Component SWITCH = SyntheticHost.coreSwitch(1);

    /** That an incident changes is told after an hour at the earliest: what is told here is that it is there, and its end. */
    private static final AlertSettings WHEN = new AlertSettings(
            "",
            Duration.ofHours(1),
            Duration.ofHours(1),
            AlertSettings.DEFAULTS.remind(),
            AlertSettings.DEFAULTS.forgotten(),
            Names.NONE);

    /** @param by the view that posted it */
    private record Got(String by, String id, String type, int answered) {}

    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final List<FleetNode> views = new ArrayList<>();
    private final List<SyntheticHost> hosts = new ArrayList<>();
    private final List<FleetNode> nodes = new ArrayList<>();
    private volatile ToIntFunction<String> answer = by -> 200;
    private HttpServer receiver = receiving();
    private FleetOnLoopback fleet = new FleetOnLoopback(3, this::told);

    @BeforeEach
    void start() {
        for (var i = 0; i < 3; i++) {
            views.add(fleet.view(i));
            var first = views.getFirst();
            await("a member", first::isMember);
        }
        for (var number : List.of(0, 1, 16, 17)) {
            var host = new SyntheticHost(number, 4, 8);
            var node = fleet.host(host.id().value(), ACCEPTS);
            node.reports().publish(host.report());
            hosts.add(host);
            nodes.add(node);
        }
        await(
                "all heard",
                () -> views.stream()
                        .allMatch(view -> hosts.stream().allMatch(host -> hears(view, host, Contact.REPORTING))));
    }

    @AfterEach
    void stop() {
        fleet.close();
        receiver.stop(0);
    }

    @Test
    void anIncidentIsToldOnceByOneOfThreeViewsAndSoIsItsEnd() {
        failAll();
        await("told", () -> accepted("firing") == 1);
        restoreAll();
        await("over", () -> accepted("resolved") == 1);

        await("counted", () -> figures(0).work().told().equals(List.of(new ViewFigures.Told("hook", 2, 0, 0))));
        await("none waits", () -> figures(0).notifier().stream().anyMatch(OneNotifierTest::isEmpty));
        for (var other = 1; other < 3; other++) {
            assertThat(figures(other).notifier()).isEmpty();
            assertThat(figures(other).hosts()).containsEntry(Contact.REPORTING, hosts.size());
            assertThat(figures(other).work().diagnosis().total()).isPositive();
        }
        await(
                "each hears of both others",
                () -> List.of(0, 1, 2).stream()
                        .allMatch(view -> figures(view).replication().size() == 2));
        assertThat(got).extracting(Got::by).containsOnly("v0");
        assertThat(accepted()).extracting(Got::type).containsExactly("firing", "resolved");
        assertThat(accepted().get(1).id()).isEqualTo(incident(0) + "-2");
    }

    @Test
    void whatWasWrittenButNotSentIsSentByTheNextNotifierUnderTheSameId() {
        answer = by -> by.equals("v0") ? 503 : 200;
        failAll();
        await("the first notifier tries", () -> !got.isEmpty());
        await(
                "failing",
                () -> figures(0).notifier().stream()
                        .anyMatch(notifier ->
                                notifier.waiting().equals(List.of(new ViewFigures.Waiting("hook", 1, true)))));

        fleet.cut(views.getFirst());

        await("alone", () -> !snapshot(views.getFirst()).majority());
        fleet.stop(views.getFirst());
        var tried = by("v0");
        await("told by another", () -> accepted("firing") == 1);
        assertThat(by("v0")).isEqualTo(tried);
        restoreAll();
        await("over", () -> accepted("resolved") == 1);
        assertThat(accepted()).extracting(Got::type).containsExactly("firing", "resolved");
        assertThat(accepted().getFirst().id()).isEqualTo(got.getFirst().id());
        assertThat(accepted()).extracting(Got::by).doesNotContain("v0");
    }

    @Test
    void whatWasSentButNotNotedIsSentAgainUnderTheSameIdAndNothingIsLost() {
        answer = by -> {
            if (by.equals("v0")) {
                fleet.cut(views.getFirst());
            }
            return 200;
        };
        failAll();
        await("told by the first", () -> by("v0") == 1);
        fleet.stop(views.getFirst());
        await("told again by another", () -> accepted("firing") == 2);
        restoreAll();
        await("over", () -> accepted("resolved") == 1);

        assertThat(by("v0")).isEqualTo(1);
        assertThat(accepted()).extracting(Got::type).containsExactly("firing", "firing", "resolved");
        assertThat(accepted().get(1).id()).isEqualTo(accepted().get(0).id());
        assertThat(accepted().stream().map(Got::id).distinct()).hasSize(2);
    }

    @Test
    void whatIsWorkedOnIsQuietWhateverElseFailsIsToldAndSoIsWhatIsStillDownAtTheEnd() {
        var now = Instant.now();
        var maintenance = new Window(
                "m-1",
                Window.Kind.MAINTENANCE,
                List.of(),
                List.of(SWITCH),
                now.minusSeconds(60),
                now.plusSeconds(3600),
                "ops",
                "new firmware",
                now);
        FleetOnLoopback.get(views.get(1).view().orElseThrow().agree(maintenance));
        await("agreed", () -> views.stream().allMatch(view -> windows(view).contains(maintenance)));

        var other = SyntheticHost.edgeSwitch(0, 0);
        for (var i = 0; i < hosts.size(); i++) {
            hosts.get(i).fail(SWITCH);
            hosts.get(i).fail(other);
            nodes.get(i).reports().publish(hosts.get(i).report());
        }
        await("the other one is told", () -> accepted("firing") == 1);
        var told = snapshot(views.getFirst()).incidents();
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().first().component()).isEqualTo(other);

        FleetOnLoopback.get(views.get(2).view().orElseThrow().agree(maintenance.endedAt(Instant.now())));
        await("still down", () -> accepted("firing") == 2);
        assertThat(accepted()).extracting(Got::id).doesNotHaveDuplicates();
    }

    private ViewFigures figures(int view) {
        return FleetOnLoopback.get(views.get(view).view().orElseThrow().figures());
    }

    private static boolean isEmpty(ViewFigures.Notifier notifier) {
        return notifier.waiting().equals(List.of(new ViewFigures.Waiting("hook", 0, false)))
                && notifier.bookEntries() == 1
                && notifier.bookSize() > 0;
    }

    private static List<Window> windows(FleetNode view) {
        return FleetOnLoopback.get(view.view().orElseThrow().windows());
    }

    private long by(String view) {
        return got.stream().filter(each -> each.by().equals(view)).count();
    }

    private List<Got> accepted() {
        return got.stream().filter(each -> each.answered() == 200).toList();
    }

    private long accepted(String type) {
        return accepted().stream().filter(each -> each.type().equals(type)).count();
    }

    private String incident(int number) {
        var id = got.get(number).id();
        return id.substring(0, id.lastIndexOf('-'));
    }

    private void failAll() {
        for (var i = 0; i < hosts.size(); i++) {
            hosts.get(i).fail(SWITCH);
            nodes.get(i).reports().publish(hosts.get(i).report());
        }
    }

    private void restoreAll() {
        for (var i = 0; i < hosts.size(); i++) {
            hosts.get(i).restore(SWITCH);
            nodes.get(i).reports().publish(hosts.get(i).report());
        }
    }

    private FleetSettings told(FleetSettings settings) {
        var url = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/"
                + settings.host().value());
        var webhook = new ChannelSettings.Webhook("hook", url, Optional.empty(), Optional.empty());
        return settings.isView() ? settings.with(new Alerting(WHEN, List.of(webhook), Optional.empty())) : settings;
    }

    private HttpServer receiving() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::receive);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return server;
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private void receive(HttpExchange exchange) throws IOException {
        var event = new ObjectMapper().readTree(exchange.getRequestBody());
        var by = exchange.getRequestURI().getPath().substring(1);
        var status = answer.applyAsInt(by);
        var type = event.path("type").asText();
        got.add(new Got(by, event.path("id").asText(), type.substring(type.lastIndexOf('.') + 1), status));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
