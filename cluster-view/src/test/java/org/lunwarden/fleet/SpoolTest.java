package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.FleetOnLoopback.ACCEPTS;
import static org.lunwarden.fleet.FleetOnLoopback.await;
import static org.lunwarden.fleet.FleetOnLoopback.get;
import static org.lunwarden.fleet.FleetOnLoopback.hears;
import static org.lunwarden.fleet.FleetOnLoopback.snapshot;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.lunwarden.fleet.Spooler.Kept;
import org.lunwarden.fleet.alert.AlertEntry;
import org.lunwarden.fleet.alert.AlertSettings;
import org.lunwarden.fleet.channel.ChannelSettings;

class SpoolTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatIsWrittenIsReadAndNobodyElseMayReadIt() throws IOException {
        var file = Spooler.in(folder.resolve("spool"));
        var kept = new Kept(List.of(AlertSamples.entry(4, 2).written(4, 9)), List.of(AlertSamples.maintenance()));

        file.write(kept);

        assertThat(file.read()).isEqualTo(kept);
        assertThat(Files.getPosixFilePermissions(folder.resolve("spool/alerts.json")))
                .hasSize(2);
    }

    @Test
    void aFileThatIsBrokenIsLeftBehindAndNothingIsKnown() throws IOException {
        Files.writeString(folder.resolve("alerts.json"), "{\"alerts\": [{\"inc");

        assertThat(Spooler.in(folder).read()).isEqualTo(Kept.NOTHING);
        assertThat(folder.resolve("alerts.broken")).exists();
        assertThat(Spooler.in(folder.resolve("none")).read()).isEqualTo(Kept.NOTHING);
    }

    @Test
    void whatACrashLeftOfAWriteIsRemovedWhenTheFileIsOpened() throws IOException {
        var file = Spooler.in(folder);
        file.write(new Kept(List.of(AlertSamples.entry(4, 2)), List.of()));
        var left = Files.createTempFile(folder, ".alerts", ".new");
        var others = Files.writeString(folder.resolve(".failbacks1.new"), "of another file");

        assertThat(file.open()).isEqualTo(file.read());

        assertThat(left).doesNotExist();
        assertThat(others).exists();
        assertThat(file.read().alerts()).hasSize(1);
    }

    @Test
    void aFileOfAnEarlierVersionIsReadAndDoesNotTellWhichWritesItKnows() throws IOException {
        var kept = new Kept(List.of(AlertSamples.entry(4, 2)), List.of(AlertSamples.maintenance()));
        Spooler.in(folder).write(kept);
        var file = folder.resolve("alerts.json");
        var json = new ObjectMapper();
        var earlier = (ObjectNode) json.readTree(file.toFile());
        earlier.put("until", "2026-03-01T10:00:00Z");
        ((ObjectNode) earlier.at("/alerts/0")).remove("write");
        Files.write(file, json.writeValueAsBytes(earlier));

        assertThat(Spooler.in(folder).open()).isEqualTo(kept);
        assertThat(folder.resolve("alerts.broken")).doesNotExist();
    }

    @Test
    void aDiskThatDoesNotAnswerKeepsNoViewFromItsWorkAndIsHeardWhenItDoes() throws Exception {
        var planned = AlertSamples.maintenance(Instant.now().plusSeconds(3600));
        Spooler.in(folder.resolve("kept")).write(new Kept(List.of(), List.of(planned)));
        Files.createDirectory(folder.resolve("v0"));
        var stuck = folder.resolve("v0/alerts.json");
        assertThat(new ProcessBuilder("mkfifo", stuck.toString()).start().waitFor())
                .as("a file that blocks who opens it")
                .isZero();
        var answered = new AtomicBoolean();
        try (var fleet = new FleetOnLoopback(1, this::spooling)) {
            try {
                var view = fleet.view(0);
                await("works", () -> snapshot(view).member());
                assertThat(get(view.view().orElseThrow().windows())).isEmpty();

                answer(stuck, answered);

                await("planned", () -> get(view.view().orElseThrow().windows()).equals(List.of(planned)));
            } finally {
                answer(stuck, answered);
            }
        }
    }

    @Test
    void aDiskThatDoesNotGiveWhatWasKeptIsNoEmptyOneAndNothingIsWrittenOverIt() throws IOException {
        var planned = AlertSamples.maintenance(Instant.now().plusSeconds(3600));
        var file = Files.createDirectories(folder.resolve("v0/alerts.json"));
        try (var fleet = new FleetOnLoopback(1, this::spooling)) {
            var view = fleet.view(0);
            await("it is told", () -> spool(view).equals(Optional.of(false)));
            assertThat(file).isEmptyDirectory();

            Files.delete(file);
            Spooler.in(folder.resolve("v0")).write(new Kept(List.of(), List.of(planned)));

            await("planned", () -> get(view.view().orElseThrow().windows()).equals(List.of(planned)));
            await("kept again", () -> spool(view).equals(Optional.of(true)));
        }
    }

    private void answer(Path stuck, AtomicBoolean answered) throws IOException {
        if (!answered.getAndSet(true)) {
            Files.write(stuck, Files.readAllBytes(folder.resolve("kept/alerts.json")), StandardOpenOption.WRITE);
        }
    }

    @Test
    void whatAViewThatWasAwayRemembersIsNotTakenForWhatTheOthersAgreedOnSince() throws IOException {
        var stale = Spooler.in(folder.resolve("v1"));
        try (var fleet = new FleetOnLoopback(2, this::spooling)) {
            var first = fleet.view(0);
            var away = fleet.view(1);
            await("the first tells", () -> notifier(first).isPresent());
            fleet.stop(away);
            stale.write(new Kept(List.of(AlertSamples.entry(4, 2)), List.of()));
            var second = fleet.view(1);
            await(
                    "the second hears what was agreed on",
                    () -> OnDisk.read(stale).alerts().isEmpty());

            fleet.stop(first);

            await("the second tells", () -> notifier(second).isPresent());
            assertThat(notifier(second).orElseThrow().bookEntries()).isZero();
        }
    }

    @Test
    void afterAStopOfAllViewsWhatEachKeptIsToldOnce() throws IOException {
        var now = Instant.now();
        var ahead = now.plus(Duration.ofDays(1));
        var behind = now.minus(Duration.ofDays(1));
        keep("v0", pending("i-dropped", ahead).written(2, 1));
        keep("v1", pending("i-1", behind).written(2, 3), pending("i-2", now).written(2, 2));
        keep(
                "v2",
                pending("i-2", now).delivered("hook", 1, List.of("hook")).written(2, 2),
                pending("i-3", behind).written(2, 0));
        try (var receiver = new Receiver();
                var fleet = new FleetOnLoopback(3, settings -> telling(settings, receiver, Duration.ofMinutes(5)))) {
            var first = fleet.view(0);
            await("a member", first::isMember);
            fleet.view(1);
            await("two are members", () -> first.status().views() == 2);
            assertThat(receiver.got).isEmpty();

            fleet.view(2);

            await("told", () -> receiver.got.size() == 2);
            await("noted", () -> notifier(first).stream().anyMatch(SpoolTest::isDone));
            assertThat(receiver.got).containsExactlyInAnyOrder("i-1-1", "i-3-1");
            assertThat(notifier(first).orElseThrow().bookEntries()).isEqualTo(3);
            for (var view : List.of("v0", "v1", "v2")) {
                await("kept by " + view, () -> kept(view).equals(List.of("i-1", "i-2", "i-3")));
            }
        }
    }

    @Test
    void aViewThatStaysAwayIsWaitedForUntilPatienceIsOverAndMostViewsHaveTold() throws IOException {
        var now = Instant.now();
        keep("v0", pending("i-1", now));
        keep("v1", pending("i-2", now));
        try (var receiver = new Receiver();
                var fleet = new FleetOnLoopback(3, settings -> telling(settings, receiver, Duration.ofSeconds(1)))) {
            var first = fleet.view(0);
            await("a member", first::isMember);
            await(
                    "patience is over",
                    () -> get(first.view().orElseThrow().figures())
                            .work()
                            .spoolWorking()
                            .equals(Optional.of(true)));
            assertThat(receiver.got).isEmpty();

            fleet.view(1);

            await("told", () -> receiver.got.size() == 2);
            assertThat(receiver.got).containsExactlyInAnyOrder("i-1-1", "i-2-1");
        }
    }

    @Test
    void aSilenceThatAnyViewRemembersAsEndedIsEnded() throws IOException {
        var planned = AlertSamples.maintenance(Instant.now().plusSeconds(3600));
        var ended = planned.endedAt(Instant.now());
        for (var view : List.of("v0", "v1", "v2")) {
            var known = view.equals("v1") ? ended : planned;
            Spooler.in(folder.resolve(view)).write(new Kept(List.of(), List.of(known)));
        }
        try (var fleet = new FleetOnLoopback(3, this::spooling)) {
            var views = List.of(fleet.view(0), fleet.view(1), fleet.view(2));

            await(
                    "ended",
                    () -> views.stream()
                            .allMatch(view ->
                                    get(view.view().orElseThrow().windows()).equals(List.of(ended))));
        }
    }

    private static boolean isDone(ViewFigures.Notifier notifier) {
        return notifier.waiting().stream().allMatch(waiting -> waiting.incidents() == 0);
    }

    private List<String> kept(String view) {
        return OnDisk.read(Spooler.in(folder.resolve(view))).alerts().stream()
                .map(AlertEntry::incident)
                .sorted()
                .toList();
    }

    private void keep(String view, AlertEntry... alerts) throws IOException {
        Spooler.in(folder.resolve(view)).write(new Kept(List.of(alerts), List.of()));
    }

    /** Firing, and told to nobody yet; written by the first notifier, of an earlier version. */
    private static AlertEntry pending(String incident, Instant at) {
        var told = PostTest.told(incident, at);
        return new AlertEntry(incident, List.of(incident), 1, 0, told, List.of(told), Map.of());
    }

    private FleetSettings telling(FleetSettings settings, Receiver receiver, Duration gather) {
        var channel = new ChannelSettings.Webhook("hook", receiver.url(), Optional.empty(), Optional.empty());
        var spool = folder.resolve(settings.host().value());
        return settings.with(new Alerting(AlertSettings.DEFAULTS, List.of(channel), Optional.of(spool), gather));
    }

    @Test
    void aDiskThatTakesNothingShowsInTheFiguresBeforeAnythingIsToBeKept() throws IOException {
        Files.writeString(folder.resolve("v0"), "no folder");
        try (var fleet = new FleetOnLoopback(2, this::spooling)) {
            var broken = fleet.view(0);
            var well = fleet.view(1);

            await("the first tells", () -> spool(broken).equals(Optional.of(false)));
            await("the second tells", () -> spool(well).equals(Optional.of(true)));
        }
    }

    private static Optional<Boolean> spool(FleetNode view) {
        return get(view.view().orElseThrow().figures()).work().spoolWorking();
    }

    private FleetSettings spooling(FleetSettings settings) {
        var spool = folder.resolve(settings.host().value());
        return settings.with(new Alerting(AlertSettings.DEFAULTS, List.of(), Optional.of(spool)));
    }

    private static Optional<ViewFigures.Notifier> notifier(FleetNode view) {
        return get(view.view().orElseThrow().figures()).notifier();
    }

    @Test
    void whatNobodyTookBeforeAllViewsWereStoppedIsToldUnderItsIdAfterwards() throws IOException {
        var receiver = new Receiver();
        receiver.status.set(503);
        var alerting = new Alerting(
                AlertSettings.DEFAULTS,
                List.of(new ChannelSettings.Webhook("hook", receiver.url(), Optional.empty(), Optional.empty())),
                Optional.of(folder));
        try (receiver;
                var fleet =
                        new FleetOnLoopback(1, settings -> settings.isView() ? settings.with(alerting) : settings)) {
            var view = fleet.view(0);
            var hosts = List.of(new SyntheticHost(1, 4, 8), new SyntheticHost(2, 4, 8));
            var nodes = new ArrayList<FleetNode>();
            for (var host : hosts) {
                nodes.add(fleet.host(host.id().value(), ACCEPTS));
                nodes.getLast().reports().publish(host.report());
            }
            var first = view;
            await("heard", () -> hosts.stream().allMatch(host -> hears(first, host, Contact.REPORTING)));
            for (var i = 0; i < hosts.size(); i++) {
                hosts.get(i).fail(SyntheticHost.coreSwitch(1));
                nodes.get(i).reports().publish(hosts.get(i).report());
            }
            var planned = AlertSamples.maintenance(Instant.now().plusSeconds(3600));
            get(view.view().orElseThrow().agree(planned));
            await("tried", () -> !receiver.refused.isEmpty());
            await("kept", () -> {
                var kept = OnDisk.read(Spooler.in(folder));
                return kept.windows().size() == 1 && kept.alerts().size() == 1;
            });

            fleet.stop(view);
            receiver.status.set(200);
            var second = fleet.view(0);

            await("told", () -> receiver.got.contains(receiver.refused.getFirst()));
            await("planned", () -> get(second.view().orElseThrow().windows()).equals(List.of(planned)));
        }
    }

    /** A webhook that notes the ids of what it is sent. */
    private static final class Receiver implements AutoCloseable {
        final List<String> got = new CopyOnWriteArrayList<>();
        final List<String> refused = new CopyOnWriteArrayList<>();
        final AtomicInteger status = new AtomicInteger(200);
        private final HttpServer server;

        Receiver() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                var id = new ObjectMapper()
                        .readTree(exchange.getRequestBody())
                        .path("id")
                        .asText();
                (status.get() == 200 ? got : refused).add(id);
                exchange.sendResponseHeaders(status.get(), -1);
                exchange.close();
            });
            server.start();
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
