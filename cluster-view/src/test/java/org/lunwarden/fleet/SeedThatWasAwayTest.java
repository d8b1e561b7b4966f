package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.FleetOnLoopback.await;
import static org.lunwarden.fleet.FleetOnLoopback.get;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.lunwarden.fleet.FailbackProgress.Phase;
import org.lunwarden.fleet.failback.AutoPolicy;
import org.lunwarden.fleet.failback.FailbackSettings;
import org.lunwarden.model.fleet.Epoch;

/** Three views; {@link FailbackBroughtBackTest} has what the coordinator does in each case. */
class SeedThatWasAwayTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final FailbackEntry ITS_OWN = new FailbackEntry(
            Progress.begun("failback-7", Optional.empty(), "eve", new Epoch(7, "v2:7600#c3"), NOON),
            Optional.empty(),
            0);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aFailbackThatOnlyItKnowsIsShownByAllAndCanBeStopped() throws IOException {
        disk("v2").write(new FailbackSpool.Book(List.of(ITS_OWN)));
        try (var fleet = new FleetOnLoopback(3, this::kept)) {
            var first = fleet.view(0);
            await("the first is a member", first::isMember);
            var second = fleet.view(1);
            await("the coordinator has read what both know", () -> isUnknown(first));
            var away = fleet.view(2);
            await("the first shows it", () -> phase(first).equals(Optional.of(Phase.RUNNING)));

            var stopped = get(second.view().orElseThrow().stopFailback(ITS_OWN.id()));

            assertThat(stopped.map(FailbackProgress::phase)).contains(Phase.STOPPED);
            for (var view : List.of(first, second, away)) {
                await("all show its end", () -> phase(view).equals(Optional.of(Phase.STOPPED)));
            }
            await(
                    "it is on its disk",
                    () -> OnDisk.read(disk("v2")).failbacks().stream().noneMatch(FailbackEntry::isLive));
        }
    }

    private static boolean isUnknown(FleetNode view) {
        return view.view()
                .orElseThrow()
                .stopFailback("failback-1")
                .thenApply(Optional::isEmpty)
                .toCompletableFuture()
                .exceptionally(unavailable -> false)
                .join();
    }

    private static Optional<Phase> phase(FleetNode view) {
        return FailbackFleet.progress(view, ITS_OWN.id()).map(FailbackProgress::phase);
    }

    private SpoolFile<FailbackSpool.Book> disk(String view) {
        return FailbackSpool.in(folder.resolve(view));
    }

    private FleetSettings kept(FleetSettings settings) {
        return settings.with(new Failbacks(
                FailbackSettings.DEFAULTS,
                AutoPolicy.OFF,
                Optional.of(folder.resolve(settings.host().value()))));
    }
}
