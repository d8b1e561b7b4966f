package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.lunwarden.fleet.FailbackSpool.Answer;
import org.lunwarden.fleet.FailbackSpool.Book;
import org.lunwarden.fleet.FailbackSpool.Command;
import org.lunwarden.fleet.FailbackSpool.Held;
import org.lunwarden.fleet.FailbackSpool.Keep;
import org.lunwarden.fleet.FailbackSpool.Kept;
import org.lunwarden.fleet.FailbackSpool.Later;
import org.lunwarden.fleet.FailbackSpool.NotKept;
import org.lunwarden.fleet.FailbackSpool.Tell;
import org.lunwarden.model.fleet.Epoch;

class FailbackSpoolTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Epoch ONE = new Epoch(7, "v1:7600#a1");
    private static final Epoch HIGHER = new Epoch(8, "v2:7600#b2");

    @TempDir
    private Path folder = Path.of("");

    private final ActorTestKit kit = ActorTestKit.create(
            "lunwarden",
            FleetConfig.pekko(
                    FleetSettings.onLoopback("v1", Set.of(FleetRole.VIEW), 0, List.of()),
                    ConfigFactory.parseMap(Map.of("pekko.remote.artery.bind.hostname", "127.0.0.1"))));
    private final String self = Membership.address(kit.system()).toString();
    private final TestProbe<Answer> coordinator = kit.createTestProbe("coordinator");

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void whatIsAcknowledgedIsOnDiskAndToldByTheNextRun() {
        var spool = spool();

        spool.tell(new Keep(entry(ONE, 3), coordinator.ref()));

        coordinator.expectMessage(new Kept(self));
        assertThat(OnDisk.read(FailbackSpool.in(folder))).isEqualTo(new Book(List.of(entry(ONE, 3))));
        spool().tell(new Tell(coordinator.ref()));
        coordinator.expectMessage(new Held(self, List.of(entry(ONE, 3))));
    }

    @Test
    void aWriteThatWasLongOnItsWayReplacesNothingNewer() {
        var spool = spool();
        spool.tell(new Keep(entry(ONE, 3), coordinator.ref()));
        coordinator.expectMessage(new Kept(self));

        spool.tell(new Keep(entry(ONE, 2), coordinator.ref()));

        coordinator.expectMessage(new Kept(self));
        assertThat(OnDisk.read(FailbackSpool.in(folder)).failbacks()).containsExactly(entry(ONE, 3));
    }

    @Test
    void anEarlierCoordinatorIsToldThatALaterOneHasBegun() {
        var spool = spool();
        spool.tell(new Keep(entry(HIGHER, 0), coordinator.ref()));
        coordinator.expectMessage(new Kept(self));

        spool.tell(new Keep(entry(ONE, 9), coordinator.ref()));

        coordinator.expectMessage(new Later(self, HIGHER));
        assertThat(OnDisk.read(FailbackSpool.in(folder)).failbacks()).containsExactly(entry(HIGHER, 0));
    }

    @Test
    void aDiskThatTakesNothingIsToldAndWhatItHasNotIsNotHeld() throws IOException {
        var spool = kit.spawn(FailbackSpool.create(Optional.of(FailbackSpool.in(folder.resolve("v1")))));
        spool.tell(new Tell(coordinator.ref()));
        coordinator.expectMessage(new Held(self, List.of()));
        Files.writeString(folder.resolve("v1"), "no folder");

        spool.tell(new Keep(entry(ONE, 3), coordinator.ref()));

        assertThat(coordinator.expectMessageClass(NotKept.class).why()).contains("v1");
        spool.tell(new Tell(coordinator.ref()));
        coordinator.expectMessage(new Held(self, List.of()));
        Files.delete(folder.resolve("v1"));
        spool.tell(new Keep(entry(ONE, 3), coordinator.ref()));
        coordinator.expectMessage(new Kept(self));
    }

    @Test
    void aDiskThatDoesNotGiveWhatWasKeptIsNoEmptyOneAndNothingIsWrittenOverIt() throws IOException {
        var file = Files.createDirectory(folder.resolve("failbacks.json"));
        var spool = spool();

        spool.tell(new Tell(coordinator.ref()));
        assertThat(coordinator.expectMessageClass(NotKept.class).why()).isNotEmpty();
        spool.tell(new Keep(entry(HIGHER, 0), coordinator.ref()));
        assertThat(coordinator.expectMessageClass(NotKept.class).why()).isNotEmpty();

        assertThat(folder.resolve("failbacks.broken")).doesNotExist();
        Files.delete(file);
        FailbackSpool.in(folder).write(new Book(List.of(entry(ONE, 3))));
        spool.tell(new Tell(coordinator.ref()));
        coordinator.expectMessage(new Held(self, List.of(entry(ONE, 3))));
        spool.tell(new Keep(entry(HIGHER, 0), coordinator.ref()));
        coordinator.expectMessage(new Kept(self));
    }

    @Test
    void aFileThatMakesNoSenseIsLeftBehindUnderAnotherName() throws IOException {
        Files.writeString(folder.resolve("failbacks.json"), "{\"failbacks\": [{\"pro");
        var spool = spool();

        spool.tell(new Tell(coordinator.ref()));

        coordinator.expectMessage(new Held(self, List.of()));
        assertThat(folder.resolve("failbacks.broken")).exists();
    }

    private ActorRef<Command> spool() {
        return kit.spawn(FailbackSpool.create(Optional.of(FailbackSpool.in(folder))));
    }

    private static FailbackEntry entry(Epoch epoch, long version) {
        return new FailbackEntry(
                Progress.begun("failback-7", Optional.empty(), "eve", epoch, NOON), Optional.empty(), version);
    }
}
