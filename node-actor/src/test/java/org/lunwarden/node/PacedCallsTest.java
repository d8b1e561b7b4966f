package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import org.lunwarden.model.DevT;

class PacedCallsTest {

    private static final int AT_ONCE = 16;

    private final Queue<Runnable> thread = new ArrayDeque<>();
    private final Queue<Runnable> pause = new ArrayDeque<>();
    private final List<Integer> made = new ArrayList<>();
    private final PacedCalls calls = new PacedCalls(AT_ONCE, thread::add, pause::add);

    @Test
    void aBurstIsMadeInOrderByOneThreadSomeAtATime() {
        IntStream.range(0, 2048).forEach(n -> add(n, n));

        var rounds = 0;
        for (; !thread.isEmpty(); rounds++) {
            assertThat(thread).hasSize(1);
            var before = made.size();
            thread.remove().run();
            assertThat(made.size() - before).isLessThanOrEqualTo(AT_ONCE);
            assertThat(thread).as("before the pause is over").isEmpty();
            pause.remove().run();
        }

        assertThat(rounds).isEqualTo(2048 / AT_ONCE);
        assertThat(made).isEqualTo(IntStream.range(0, 2048).boxed().toList());
        assertThat(pause).isEmpty();
    }

    @Test
    void theNewestCallForADeviceIsMadeAndThoseOfDevicesThatAreGoneAreNot() {
        add(1, 10);
        add(2, 20);
        add(1, 11);
        calls.retain(Set.of(device(1)));

        thread.remove().run();

        assertThat(made).containsExactly(11);
    }

    @Test
    void oneThatComesInThePauseWaitsForItsEnd() {
        add(1, 1);
        thread.remove().run();
        add(2, 2);
        assertThat(thread).isEmpty();

        pause.remove().run();
        thread.remove().run();

        assertThat(made).containsExactly(1, 2);
    }

    @Test
    void withoutAThreadTheyAreMadeWithTheNextOne() {
        var refuses = new boolean[] {true};
        var shy = new PacedCalls(
                AT_ONCE,
                call -> {
                    if (refuses[0]) {
                        throw new RejectedExecutionException("no thread");
                    }
                    thread.add(call);
                },
                pause::add);
        shy.add(device(1), () -> made.add(1));
        refuses[0] = false;
        shy.add(device(2), () -> made.add(2));

        thread.remove().run();

        assertThat(made).containsExactly(1, 2);
    }

    private void add(int device, int call) {
        calls.add(device(device), () -> made.add(call));
    }

    private static DevT device(int n) {
        return new DevT(8, n);
    }
}
