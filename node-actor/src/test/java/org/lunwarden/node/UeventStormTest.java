package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.BlockDevices.Listed;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DeviceName;

class UeventStormTest extends OneHost {

    private static final long SEED = 20261121;

    @Test
    void tenThousandEventsOfDisksThatComeAndGoLoseNoneAndSettle() {
        var node = start(Duration.ofSeconds(5));
        awaitAllUp();
        var random = new Random(SEED);

        var disks = disks();
        for (var event = 0; event < 10_000; event++) {
            var disk = disks.get(random.nextInt(disks.size()));
            if (event % 500 == 250) {
                san.remove(HOST, disk);
                disks = disks();
            } else if (event % 500 == 499) {
                san.rescan(HOST);
                disks = disks();
            } else {
                san.change(HOST, disk);
            }
        }
        san.rescan(HOST);

        await(() -> status(node).discovery().uevents() >= 10_000);
        await(() -> status(node).paths() == PATHS);
        awaitAllUp();
        await(() -> maps(node).stream().allMatch(map -> members(map) == 8));
        assertThat(maps(node)).hasSize(LUNS);
    }

    @Test
    void aStormOfChangesOfOneDiskCostsFewLooks() {
        var node = start(Duration.ofSeconds(5));
        awaitAllUp();
        await(() -> status(node).discovery().underWay().isEmpty());
        var before = status(node).discovery();

        var disk = disks().getFirst();
        for (var event = 0; event < 5_000; event++) {
            san.change(HOST, disk);
        }

        await(() -> status(node).discovery().uevents() >= before.uevents() + 5_000);
        await(() -> status(node).discovery().looks() > before.looks());
        assertThat(status(node).discovery().looks() - before.looks()).isLessThan(500);
        assertThat(status(node).usablePaths()).isEqualTo(PATHS);
    }

    private List<DeviceName> disks() {
        return switch (ports().blockDevices().look().list()) {
            case IoResult.Ok<List<Listed>>(var listed) ->
                listed.stream()
                        .map(Listed::name)
                        .filter(name -> !name.value().equals("sda"))
                        .toList();
            case IoResult.Refused<List<Listed>> refused -> throw new AssertionError(refused.toString());
        };
    }
}
