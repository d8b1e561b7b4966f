package org.lunwarden.deploy.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.lunwarden.deploy.lab.Await;
import org.lunwarden.deploy.net.Inbox.Told;
import org.lunwarden.io.simulated.Part;

/**
 * All views are killed at once, and started again.
 *
 * @param notifier the view that tells now
 */
record ViewRestarts(NetFleet fleet, Supplier<String> notifier) {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** Hosts are killed, and missed; that they are outlives the views, under one id, told once, and its end once. */
    String whileHostsAreMissed(String hosts) {
        var before = fleet.inbox().all().size();
        var killedAt = System.nanoTime();
        fleet.member(hosts).kill();
        var first = Await.until(
                        PATIENCE, "told of the silence", () -> silences(before, "firing"), told -> !told.isEmpty())
                .getFirst();
        var id = first.incident();
        awaitOpen(id);
        killAll();
        var restartedAt = System.nanoTime();
        NetFleet.VIEWS.forEach(fleet::start);
        awaitOpen(id);
        var openAgain = System.nanoTime();
        fleet.startHosts(List.of(hosts));
        fleet.awaitWell();
        fleet.read(List.of(hosts));
        var last = Await.until(PATIENCE, "told of its end", () -> silences(before, "resolved"), told -> !told.isEmpty())
                .getLast();
        assertThat(silences(before, "firing").stream().map(Told::id).distinct())
                .as(
                        "told once: %s",
                        fleet.inbox().all().subList(before, fleet.inbox().all().size()))
                .hasSize(1);
        assertThat(silences(before, "resolved").stream().map(Told::id).distinct())
                .as("told of its end, once")
                .hasSize(1);
        assertThat(last.incident()).isEqualTo(id);
        return String.format(
                Locale.ROOT,
                "told after %.1f s, open on all views again %.1f s after they were started",
                (first.nanos() - killedAt) / 1e9,
                (openAgain - restartedAt) / 1e9);
    }

    /** Nobody takes what is told; the notifier loses its disk, too. What the others kept is told, once. */
    String withSomethingUntold(Part part) {
        var told = fleet.inbox().all().size();
        fleet.inbox().refuse(true);
        var episode = Episode.begin(fleet, part);
        var ids = Await.until(PATIENCE, "one is refused", () -> fleet.inbox().refused(), refused -> !refused.isEmpty());
        for (var view : NetFleet.VIEWS) {
            Await.until(
                    PATIENCE,
                    view + " keeps what was refused",
                    () -> kept(view),
                    kept -> ids.stream().anyMatch(id -> kept.contains(id.incident())));
        }
        var loses = notifier.get();
        killAll();
        delete(spool(loses));
        assertThat(fleet.inbox().all()).hasSize(told);
        fleet.inbox().refuse(false);
        NetFleet.VIEWS.forEach(fleet::start);
        episode.told();
        var figures = episode.agreed().acknowledge("v1").over();
        return figures + "; refused before " + ids.size() + " times, " + loses + " lost its disk";
    }

    private void killAll() {
        NetFleet.VIEWS.forEach(view -> fleet.member(view).kill());
    }

    private void awaitOpen(String id) {
        for (var view : NetFleet.VIEWS) {
            Await.until(
                    PATIENCE,
                    view + " has " + id + " open, and no other silence",
                    () -> fleet.open(view, "silence").orElse(Set.of("no answer")),
                    Set.of(id)::equals);
        }
    }

    private List<Told> silences(int since, String kind) {
        var all = fleet.inbox().all();
        return all.subList(since, all.size()).stream()
                .filter(told -> told.about().equals("silence") && told.kind().equals(kind))
                .toList();
    }

    private Path spool(String view) {
        return fleet.folder(view).resolve("spool");
    }

    private String kept(String view) {
        var file = spool(view).resolve("alerts.json");
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
