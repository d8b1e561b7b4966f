package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import org.lunwarden.model.fleet.HostId;

class EventRingTest {

    private static final Instant T = Instant.parse("2026-03-01T10:00:00Z");

    private final EventRing ring = new EventRing("v0", "run", 4);
    private final List<String> heard = new ArrayList<>();

    @Test
    void aListenerHearsWhatCameAfterTheEventItKnowsAndThenAllThatIsToCome() throws Exception {
        var first = add("a");
        add("b");

        try (var hearing = ring.subscribe(Optional.of(first.id()), T, this::note)) {
            add("c");
        }
        add("d");

        assertThat(heard).containsExactly("b", "c");
    }

    @Test
    void aListenerThatMissedEventsIsToldSo() {
        var first = add("a");
        for (var host : List.of("b", "c", "d", "e", "f")) {
            add(host);
        }

        ring.subscribe(Optional.of(first.id()), T, this::note);

        assertThat(heard).containsExactly("missed", "c", "d", "e", "f");
    }

    @Test
    void whileOneListenerIsSlowEventsAreAddedAndOthersHearThem() throws Exception {
        var isTold = new CountDownLatch(1);
        var mayGoOn = new CountDownLatch(1);
        var slow = new ArrayList<String>();
        ring.subscribe(Optional.empty(), T, event -> {
            isTold.countDown();
            awaited(mayGoOn);
            slow.add(host(event));
        });
        var stuck = CompletableFuture.runAsync(() -> add("a"));
        awaited(isTold);

        ring.subscribe(Optional.empty(), T, this::note);
        add("b");
        add("c");

        assertThat(heard).containsExactly("b", "c");
        mayGoOn.countDown();
        stuck.get(60, TimeUnit.SECONDS);
        assertThat(slow).containsExactly("a", "b", "c");
    }

    @Test
    void aListenerThatBreaksHearsTheNextEventAllTheSame() {
        ring.subscribe(Optional.empty(), T, event -> {
            note(event);
            throw new IllegalStateException("broken listener");
        });

        add("a");
        add("b");

        assertThat(heard).containsExactly("a", "b");
    }

    private FleetEvent add(String host) {
        return ring.add(T, new FleetEvent.HostAppeared(new HostId(host)));
    }

    private void note(FleetEvent event) {
        heard.add(host(event));
    }

    private static String host(FleetEvent event) {
        return event.what() instanceof FleetEvent.HostAppeared(var host) ? host.value() : "missed";
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
