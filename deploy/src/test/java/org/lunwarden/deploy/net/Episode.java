package org.lunwarden.deploy.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

import org.lunwarden.deploy.lab.Await;
import org.lunwarden.deploy.net.Inbox.Told;
import org.lunwarden.io.simulated.Part;

/**
 * One fault of the SAN from its beginning to its end, and what must hold whatever becomes of the fleet meanwhile: one
 * incident, under one id on all views, told once, and its end once; a word on it is kept; no read of an application fails.
 */
final class Episode {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final NetFleet fleet;
    private final Part part;
    private final int heardBefore;
    private final long failedAt;
    private final long failedReadsBefore;

    private String id = "";
    private double toldAfter;
    private double agreedAfter;

    private Episode(NetFleet fleet, Part part) {
        this.fleet = fleet;
        this.part = part;
        this.heardBefore = fleet.inbox().all().size();
        this.failedReadsBefore = fleet.failedReads();
        this.failedAt = System.nanoTime();
        fleet.fail(part);
    }

    /** The part fails now. */
    static Episode begin(NetFleet fleet, Part part) {
        return new Episode(fleet, part);
    }

    /** Waits until people are told of the fault. */
    Told told() {
        var first = Await.until(PATIENCE, "told of the fault", () -> faults("firing"), told -> !told.isEmpty())
                .getFirst();
        toldAfter = (first.nanos() - failedAt) / 1e9;
        return first;
    }

    /** Waits until all views have one open fault, the same one, and no host is missed. */
    Episode agreed() {
        var mendedAt = System.nanoTime();
        for (var view : NetFleet.VIEWS) {
            var open = Await.until(
                            PATIENCE,
                            view + " has one open fault" + (id.isEmpty() ? "" : ", " + id) + ", and misses no host",
                            () -> fleet.open(view, "fault").orElse(Set.of("no answer")) + " and "
                                    + fleet.open(view, "silence").orElse(Set.of("no answer")),
                            seen -> seen.matches("\\[[^,\\s]+\\] and \\[\\]") && seen.contains(id))
                    .replaceFirst("\\[(.*)\\] and .*", "$1");
            if (id.isEmpty()) {
                id = open;
            }
        }
        agreedAfter = (System.nanoTime() - mendedAt) / 1e9;
        return this;
    }

    /** Somebody takes care of it, and says so to one view. */
    Episode acknowledge(String view) {
        Await.until(
                PATIENCE,
                "acknowledged",
                () -> fleet.post(view, "/api/v1/incidents/" + id + "/acknowledge", "{\"by\": \"operator\"}")
                        .isPresent());
        return acknowledged();
    }

    /** Waits until all views know of it. */
    Episode acknowledged() {
        for (var view : NetFleet.VIEWS) {
            Await.until(
                    PATIENCE,
                    view + " knows who takes care of " + id,
                    () -> fleet.get(view, "/api/v1/incidents/" + id)
                            .map(incident ->
                                    incident.path("acknowledgement").path("by").asText())
                            .orElse("no answer"),
                    Predicate.isEqual("operator"));
        }
        return this;
    }

    /** The part works again; waits until all is as it was before. */
    String over() {
        fleet.restore(part);
        var restoredAt = System.nanoTime();
        fleet.awaitWell();
        var last = Await.until(PATIENCE, "told of the end", () -> faults("resolved"), told -> !told.isEmpty())
                .getLast();
        assertThat(faults("firing").stream().map(Told::id).distinct())
                .as("told of one fault, once: %s", heard())
                .hasSize(1);
        assertThat(faults("resolved").stream().map(Told::id).distinct())
                .as("told of its end, once: %s", heard())
                .hasSize(1);
        assertThat(heard().stream().filter(told -> told.about().equals("fault")).map(Told::incident))
                .as("all of it about the incident that the views have: %s", heard())
                .containsOnly(id.isEmpty() ? last.incident() : id);
        assertThat(heard().stream().map(told -> told.from() + " " + told.id()))
                .as("no view tells the same twice: %s", heard())
                .doesNotHaveDuplicates();
        var silences = heard().stream()
                .filter(told -> told.about().equals("silence"))
                .map(Told::incident)
                .distinct()
                .toList();
        assertThat(silences)
                .as("hosts that are missed together are one incident: %s", heard())
                .hasSizeLessThan(2);
        for (var silence : silences) {
            Await.until(
                    PATIENCE,
                    "told of the end of " + silence,
                    () -> heard().stream()
                            .anyMatch(told -> told.incident().equals(silence)
                                    && told.kind().equals("resolved")));
        }
        assertThat(fleet.failedReads() - failedReadsBefore)
                .as("reads that failed")
                .isZero();
        return String.format(
                Locale.ROOT,
                "told after %.1f s, one on all views %.1f s after that, over %.1f s after the repair; notifications %d",
                toldAfter,
                agreedAfter,
                (last.nanos() - restoredAt) / 1e9,
                heard().size());
    }

    private List<Told> faults(String kind) {
        return heard().stream()
                .filter(told -> told.about().equals("fault") && told.kind().equals(kind))
                .toList();
    }

    private List<Told> heard() {
        var all = fleet.inbox().all();
        return all.subList(heardBefore, all.size());
    }
}
