package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.Disk;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.Subscription;
import org.lunwarden.io.UeventSource;
import org.lunwarden.model.DeviceName;
import org.lunwarden.node.discovery.UdevQuestions;
import org.lunwarden.node.site.Site;

/** A disk that udev did not look at yet, and that does not tell its name itself. */
class NamelessDisksTest extends OneHost {

    private static final DeviceName NAMELESS = new DeviceName("sdc");

    private final AtomicBoolean told = new AtomicBoolean();
    private boolean udevRuns = true;
    private final List<DeviceName> asked = new CopyOnWriteArrayList<>();

    @Test
    void udevIsAskedToLookAtADiskWithoutAWwidAndThenItIsAPath() {
        begin(new UdevQuestions.Patience(3, Duration.ofMillis(200)));
        await(() -> !asked.isEmpty());
        told.set(true);

        awaitAllUp();
        assertThat(asked).containsOnly(NAMELESS);
    }

    @Test
    void itIsAskedNoMoreOftenThanTheSiteWants() {
        var node = begin(new UdevQuestions.Patience(2, Duration.ofMillis(100)));
        await(() -> asked.size() == 2);
        var looks = status(node).discovery().looks();
        san.change(HOST, NAMELESS);
        await(() -> status(node).discovery().looks() > looks);

        assertThat(status(node).discovery().left()).containsKey(NAMELESS);
        assertThat(asked).hasSize(2);
    }

    @Test
    void noMapIsMadeOfDisksThatUdevHasNotSeenBeforeItHas() {
        var node = begin(new UdevQuestions.Patience(50, Duration.ofMillis(200)), Unseen::new);
        await(() -> asked.size() >= PATHS);
        assertThat(dm.changes()).isEmpty();
        assertThat(status(node).discovery().left().get(NAMELESS)).startsWith("no-udev: ");
        told.set(true);

        awaitAllUp();
    }

    @Test
    void disksThatUdevNeverTellsOfAreTakenForWhatTheyTellThemselvesInTheEnd() {
        begin(new UdevQuestions.Patience(2, Duration.ofMillis(200)), Unseen::new);

        awaitAllUp();
        assertThat(asked.size()).isBetween(PATHS + 1, 2 * (PATHS + 1));
    }

    @Test
    void whereNoUdevRunsTheyAreTakenForItAtOnce() {
        udevRuns = false;
        begin(new UdevQuestions.Patience(50, Duration.ofHours(1)), Unseen::new);

        awaitAllUp();
        assertThat(asked).isEmpty();
    }

    @Test
    void theLongestDelayThatCanBeSetKeepsNoDiskFromBeingLookedAt() {
        var longest = Site.parse("defaults {\nretrigger_delay 2147483647\n}\n").udevPatience();
        var node = begin(longest);
        await(() -> status(node).discovery().left().containsKey(NAMELESS));
        told.set(true);
        san.change(HOST, NAMELESS);

        awaitAllUp();
        assertThat(asked).isEmpty();
        assertThat(status(node).discovery().uevents())
                .as("no restart has forgotten what was heard before")
                .isPositive();
    }

    private Node begin(UdevQuestions.Patience patience) {
        return begin(patience, Unnamed::new);
    }

    private Node begin(UdevQuestions.Patience patience, Function<BlockDevices, BlockDevices> altered) {
        var host = ports();
        var settings = settings(Duration.ofSeconds(1));
        var site = ((FixedSettings) settings.site()).with(patience);
        var node = Node.start(
                new HostPorts(
                        host.facts(),
                        dm,
                        altered.apply(host.blockDevices()),
                        host.pathProbe(),
                        udev(host.uevents()),
                        host.clock(),
                        host.stateFiles(),
                        new AskedUdev(host.diskControl(), asked),
                        host.fabricEvents()),
                NodeSettings.of(settings.host(), settings.version(), site),
                reports);
        running = Optional.of(node);
        return node;
    }

    private UeventSource udev(UeventSource source) {
        return new UeventSource() {
            @Override
            public Subscription onUevent(Consumer<Uevent> listener) {
                return source.onUevent(listener);
            }

            @Override
            public boolean udevRuns() {
                return udevRuns;
            }
        };
    }

    private final class Unnamed extends AlteredDisks {

        private Unnamed(BlockDevices devices) {
            super(devices);
        }

        @Override
        IoResult<Disk> disk(Look look, DeviceName name) {
            var read = super.disk(look, name);
            return told.get() || !name.equals(NAMELESS)
                    ? read
                    : read.then(disk -> new IoResult.Ok<>(telling(disk, List.of(), List.of(), Map.of())));
        }
    }

    /** Until udev has told, sysfs alone tells. */
    private final class Unseen extends AlteredDisks {

        private Unseen(BlockDevices devices) {
            super(devices);
        }

        @Override
        IoResult<Disk> disk(Look look, DeviceName name) {
            var read = super.disk(look, name);
            return told.get()
                    ? read
                    : read.then(disk -> new IoResult.Ok<>(telling(disk, disk.vpd80(), disk.vpd83(), Map.of())));
        }
    }
}
