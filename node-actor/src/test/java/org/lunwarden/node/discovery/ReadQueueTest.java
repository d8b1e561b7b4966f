package org.lunwarden.node.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.node.discovery.ReadQueue.MOST;
import static org.lunwarden.node.discovery.ReadQueue.PER_UNIT;
import static org.lunwarden.node.discovery.ReadQueue.SLOW;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

import org.junit.jupiter.api.Test;

import org.lunwarden.model.DeviceName;

class ReadQueueTest {

    private static final int AT_ONCE = 4;
    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration LATER = START.plus(SLOW);

    private final ReadQueue queue = new ReadQueue(AT_ONCE);

    @Test
    void aFewDisksAreReadAtOnceAndAllInTheEnd() {
        look(8, 10);

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
        assertThat(queue.end(START)).isEmpty();
    }

    @Test
    void aHostThatHangsKeepsNoOtherWaiting() {
        look(8, 10);

        var read = readAll(host -> host == 0);

        assertThat(read).hasSize(70).noneMatch(name -> host(name) == 0);
        var end = START.plus(Duration.ofHours(1));
        assertThat(queue.isOver(end)).isTrue();
        var stuck = queue.stuck(end).keySet();
        assertThat(stuck).hasSize(PER_UNIT).allMatch(name -> host(name) == 0);
        assertThat(queue.end(end))
                .hasSize(10)
                .allSatisfy((name, reason) -> assertThat(reason)
                        .isEqualTo(stuck.contains(name) ? "no answer for 3600 s" : "others of host 0 do not answer"));
    }

    @Test
    void aGoodHostIsReadBesideManyThatHang() {
        look(100, 10);

        var read = readAll(host -> host < 99);

        assertThat(read).hasSize(10).allMatch(name -> host(name) == 99);
    }

    @Test
    void oneDiskThatHangsKeepsNoOtherOfItsHostWaiting() {
        look(1, 10);
        var hung = queue.start(START).getFirst();
        queue.stuck(Duration.ZERO, START).keySet().stream()
                .filter(name -> !name.equals(hung))
                .forEach(queue::ended);

        var read = readAll(host -> false);

        assertThat(read).hasSize(10 - PER_UNIT);
        assertThat(queue.end(LATER)).containsOnlyKeys(hung);
    }

    @Test
    void aReadThatHangsIsNotAskedForAgainAndComesToNoLaterLook() {
        look(1, 1);
        var name = queue.start(START).getFirst();
        assertThat(queue.end(LATER)).containsOnlyKeys(name);

        look(2, 1);
        assertThat(queue.start(LATER)).hasSize(1).doesNotContain(name);
        assertThat(queue.ended(name)).isFalse();
        assertThat(queue.ended(name)).isFalse();
    }

    @Test
    void readsThatHangAreBoundedAndTheReasonIsTheTrueOne() {
        look(MOST + 10, 1);

        var read = readAll(host -> true);

        var end = START.plus(Duration.ofHours(1));
        assertThat(read).isEmpty();
        assertThat(queue.stuck(end)).hasSize(MOST);
        assertThat(queue.isOver(end)).isTrue();
        var stuck = queue.stuck(end).keySet();
        var left = queue.end(end);
        left.keySet().removeAll(stuck);
        assertThat(left)
                .hasSize(10)
                .allSatisfy((name, reason) -> assertThat(reason).isEqualTo(MOST + " reads of disks hang already"));
    }

    /** All that are read while an hour passes. */
    private List<DeviceName> readAll(IntPredicate hangs) {
        var read = new ArrayList<DeviceName>();
        var end = START.plus(Duration.ofHours(1)).minus(SLOW);
        for (var now = START; now.compareTo(end) < 0; now = now.plus(SLOW)) {
            for (var next = queue.start(now); !next.isEmpty(); next = queue.start(now)) {
                for (var name : next) {
                    if (!hangs.test(host(name))) {
                        assertThat(queue.ended(name)).isTrue();
                        read.add(name);
                    }
                }
            }
        }
        return read;
    }

    private void look(int hosts, int each) {
        for (var host = 0; host < hosts; host++) {
            for (var lun = 0; lun < each; lun++) {
                queue.add(new DeviceName("sd" + host + "-" + lun), "host " + host);
            }
        }
    }

    private static int host(DeviceName name) {
        return Integer.parseInt(name.value().substring(2).split("-", -1)[0]);
    }
}
