package org.lunwarden.node.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.node.discovery.ReadQueue.AT_ONCE;
import static org.lunwarden.node.discovery.ReadQueue.MOST;
import static org.lunwarden.node.discovery.ReadQueue.PER_HOST;
import static org.lunwarden.node.discovery.ReadQueue.SLOW;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.BlockDevices.Listed;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;

class ReadQueueTest {

    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration LATER = START.plus(SLOW);

    private final ReadQueue queue = new ReadQueue();

    @Test
    void aFewDisksAreReadAtOnceAndAllInTheEnd() {
        queue.look(disks(8, 10));

        var read = new ArrayList<DeviceName>();
        var atWork = new ArrayList<>(queue.start(START));
        assertThat(atWork).hasSize(AT_ONCE);
        while (!atWork.isEmpty()) {
            assertThat(queue.isOver(START)).isFalse();
            assertThat(queue.ended(atWork.getFirst())).isTrue();
            read.add(atWork.removeFirst());
            atWork.addAll(queue.start(START));
        }

        assertThat(read).hasSize(80).doesNotHaveDuplicates();
        assertThat(queue.isOver(START)).isTrue();
        assertThat(queue.unread()).isEmpty();
    }

    @Test
    void aHostThatHangsKeepsNoOtherWaiting() {
        queue.look(disks(8, 10));
        var hanging =
                queue.start(START).stream().filter(name -> host(name) == 0).toList();
        assertThat(hanging).hasSize(PER_HOST);

        var read = readAllBut(0, LATER);

        assertThat(read).hasSize(70).noneMatch(name -> host(name) == 0);
        assertThat(queue.isOver(LATER)).isTrue();
        assertThat(queue.stuck(LATER)).containsOnlyKeys(hanging);
        assertThat(queue.unread()).hasSize(8).allMatch(name -> host(name) == 0);
    }

    @Test
    void aReadThatHangsIsNotAskedForAgainAndComesToNoLaterLook() {
        queue.look(disks(1, 1));
        var name = queue.start(START).getFirst();
        queue.end();

        queue.look(disks(1, 2));
        assertThat(queue.start(LATER)).hasSize(1).doesNotContain(name);
        assertThat(queue.ended(name)).isFalse();
        assertThat(queue.ended(name)).isFalse();
    }

    @Test
    void readsThatHangAreBounded() {
        queue.look(disks(100, 1));

        for (var now = START; now.compareTo(START.plus(Duration.ofHours(1))) < 0; now = now.plus(SLOW)) {
            var unused = queue.start(now);
        }

        var end = START.plus(Duration.ofHours(2));
        assertThat(queue.stuck(end)).hasSize(MOST);
        assertThat(queue.isOver(end)).isTrue();
        assertThat(queue.unread()).hasSize(100 - MOST);
    }

    private List<DeviceName> readAllBut(int hanging, Duration now) {
        var read = new ArrayList<DeviceName>();
        queue.stuck(Duration.ZERO, now).keySet().stream()
                .filter(name -> host(name) != hanging)
                .forEach(name -> {
                    assertThat(queue.ended(name)).isTrue();
                    read.add(name);
                });
        for (var next = queue.start(now); !next.isEmpty(); next = queue.start(now)) {
            next.forEach(name -> assertThat(queue.ended(name)).isTrue());
            read.addAll(next);
        }
        return read;
    }

    private static int host(DeviceName name) {
        return Integer.parseInt(name.value().substring(2).split("-", -1)[0]);
    }

    private static List<Listed> disks(int hosts, int each) {
        return IntStream.range(0, hosts)
                .boxed()
                .flatMap(host -> IntStream.range(0, each)
                        .mapToObj(lun -> new Listed(
                                new DeviceName("sd" + host + "-" + lun), Optional.of(new Hctl(host, 0, 0, lun)))))
                .toList();
    }
}
