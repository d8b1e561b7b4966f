package org.lunwarden.fleet.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.incident.Stories;

/** What every store does. */
abstract class HistoryContract {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final List<History> opened = new ArrayList<>();

    abstract HistorySettings.Where where() throws Exception;

    @AfterEach
    void close() {
        opened.forEach(History::close);
    }

    @Test
    void whatWasKeptIsThereInTheNextRun() throws Exception {
        var open = Stories.openIncident();
        var over = Stories.resolvedIncident();
        var first = open("v0");
        first.keep(open);
        first.keep(over);
        first.note(happening(1, "host-back"));
        first.close();

        var second = open("v0");

        assertThat(get(second.restored())).containsExactlyInAnyOrder(open, over);
        assertThat(get(second.incident(over.id()))).contains(over);
        assertThat(get(second.incident("none"))).isEmpty();
        assertThat(get(second.happenings(HistoryQuery.last(10))).items())
                .extracting(Happening::words)
                .containsExactly("words 1");
    }

    @Test
    void theNewestStateOfAnIncidentCountsAlsoUnderTheIdThatItHadBefore() throws Exception {
        var states = Stories.statesOfARenamedIncident();
        var history = open("v0");
        var at = 0;
        for (var state : states) {
            history.keep(state);
            written(history);
            var seen = new byte[] {(byte) at};
            history.keep(state.id(), NOW.plusSeconds(at++), () -> seen);
            written(history);
        }

        var last = states.getLast();
        var former = last.formerIds().getFirst();
        assertThat(former).isNotEqualTo(last.id());
        assertThat(get(history.incident(former))).contains(last);
        assertThat(get(history.observed(last.id())).orElseThrow()).isEqualTo(new byte[] {0, 1, 2, 3});
        history.keep(former, NOW.plusSeconds(at), () -> new byte[] {4});
        written(history);
        assertThat(get(history.observed(last.id())).orElseThrow())
                .as("also what was seen before the renaming and comes late")
                .isEqualTo(new byte[] {0, 1, 2, 3, 4});
        history.close();
        assertThat(get(open("v0").restored())).containsExactly(last);
    }

    @Test
    void aHistoryIsReadInPartsNewestFirstAndByWhatIsAskedFor() throws Exception {
        var history = open("v0");
        IntStream.range(0, 25).forEach(n -> history.note(happening(n, n % 5 == 0 ? "host-back" : "host-silent")));
        written(history);

        var first = get(history.happenings(HistoryQuery.last(10)));
        var numbers = new ArrayList<>(first.items());
        for (var next = first.next(); next.isPresent(); ) {
            var page = get(history.happenings(query(Optional.empty(), Optional.empty(), Optional.empty(), next)));
            numbers.addAll(page.items());
            next = page.next();
        }
        assertThat(numbers).hasSize(25).extracting(Happening::at).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(numbers).extracting(Happening::number).doesNotHaveDuplicates();

        var since = Optional.of(at(5));
        var until = Optional.of(at(15));
        assertThat(get(history.happenings(query(since, until, Optional.empty(), Optional.empty())))
                        .items())
                .hasSize(10);
        assertThat(get(history.happenings(query(since, until, Optional.of("host-back"), Optional.empty())))
                        .items())
                .extracting(Happening::at)
                .containsExactly(at(10), at(5));
    }

    @Test
    void viewsThatShareAStoreKeepApartWhatTheySaw() throws Exception {
        var one = open("v0");
        one.keep(Stories.openIncident());
        one.note(happening(1, "host-back"));
        written(one);

        var other = open("v1");

        assertThat(get(other.restored())).isEmpty();
        assertThat(get(other.happenings(HistoryQuery.last(10))).items()).isEmpty();
    }

    @Test
    void whatIsOlderThanTheRetentionIsForgottenExceptWhatIsStillOpen() throws Exception {
        var open = Stories.openIncident();
        var over = Stories.resolvedIncident();
        var history = open("v0");
        history.keep(open);
        history.keep(over);
        history.keep(over.id(), NOW, () -> new byte[] {1, 2, 3});
        IntStream.range(0, 5).forEach(n -> history.note(happening(n, "host-back")));
        history.close();

        var later = History.start(
                new HistorySettings(where(), Duration.ofDays(1)),
                "v0",
                InstantSource.fixed(NOW.plus(Duration.ofDays(30))));
        opened.add(later);

        assertThat(get(later.restored())).containsExactly(open);
        await(
                "forgotten",
                () -> later.incident(over.id())
                        .thenCombine(
                                later.happenings(HistoryQuery.last(10)),
                                (one, page) -> one.isEmpty() && page.items().isEmpty())
                        .toCompletableFuture()
                        .join());
        assertThat(get(later.observed(over.id()))).isEmpty();
        assertThat(get(later.incident(open.id()))).isPresent();
    }

    @Test
    void aGreatDocumentIsKeptWhole() throws Exception {
        var lines = new byte[1_500_000];
        new Random(5).nextBytes(lines);
        var history = open("v0");
        history.keep("i-1", NOW, () -> new byte[] {1});
        history.keep("i-1", NOW, () -> lines);
        written(history);

        assertThat(get(history.observed("i-1")).orElseThrow()).isEqualTo(lines);
    }

    @Test
    void ofTheMomentsOfAnIncidentTheFirstAndTheLastAreKept() throws Exception {
        var history = open("v0");
        for (var moment = 0; moment < 15; moment++) {
            var content = new byte[] {(byte) moment};
            history.keep("i-1", NOW.plusSeconds(moment), () -> content);
        }
        written(history);

        assertThat(get(history.observed("i-1")).orElseThrow())
                .isEqualTo(new byte[] {0, 6, 7, 8, 9, 10, 11, 12, 13, 14});
    }

    @Test
    void whatNoStoreTakesIsDroppedCountedAndToldAndHoldsUpNothing() throws Exception {
        var history = open("v0");
        history.note(new Happening(NOW, "k".repeat(100), Optional.empty(), Optional.empty(), "too long a kind"));
        await("refused", () -> history.status().dropped() == 1);

        history.note(happening(1, "host-back"));
        await("written", () -> history.status().waiting() == 0);

        assertThat(get(history.happenings(HistoryQuery.last(10))).items()).hasSize(1);
        assertThat(history.status().working()).isFalse();
        assertThat(history.status().problem()).startsWith("an entry was refused: ");
    }

    @Test
    void whatAnActIsAboutIsKeptWithIt() throws Exception {
        var history = open("v0");
        history.note(new Happening(NOW, "silence", List.of("host h1", "switch A/1"), "w-1 by eve"));
        history.note(happening(1, "host-back"));
        written(history);

        assertThat(get(history.happenings(HistoryQuery.last(2))).items())
                .extracting(Happening::about)
                .containsExactly(List.of(), List.of("host h1", "switch A/1"));
    }

    @Test
    void wordsWithCharactersThatNoStoreTakesAreKeptWithoutThem() throws Exception {
        var history = open("v0");
        var broken = "e" + (char) 0 + "ve" + (char) 0xd800 + (char) 27 + "[2J";
        history.note(new Happening(NOW, "acknowledged", Optional.empty(), Optional.empty(), broken));
        written(history);

        assertThat(get(history.happenings(HistoryQuery.last(1))).items())
                .extracting(Happening::words)
                .containsExactly("e ve" + (char) 0xfffd + " [2J");
        assertThat(history.status().dropped()).isZero();
        assertThat(get(history.incident("i" + (char) 0))).isEmpty();
    }

    @Test
    void whatWasWrittenThoughItsAnswerWasLostIsKnownAgain() throws Exception {
        var backlog = new Backlog();
        backlog.add(happening(1, "host-back"));
        backlog.add(happening(2, "host-silent"));
        var batch = backlog.take();
        assertThat(backlog.isRepeated()).isFalse();
        try (var store = Databases.open(where(), "v0")) {
            assertThat(store.endsWith(batch.happenings())).isFalse();
            store.keep(batch.incidents(), batch.happenings(), batch.observed());
        }

        try (var store = Databases.open(where(), "v0")) {
            assertThat(store.endsWith(backlog.take().happenings())).isTrue();
            assertThat(backlog.isRepeated()).isTrue();
            store.keep(List.of(), List.of(happening(3, "host-back")), List.of());
            assertThat(store.endsWith(batch.happenings())).isFalse();
        }
        backlog.done(false);
        backlog.add(happening(4, "host-back"));
        backlog.take();
        assertThat(backlog.isRepeated()).isFalse();
    }

    @Test
    void whatIsOldIsForgottenInSlicesAndSoIsWhatBelongsToNothing() throws Exception {
        try (var store = Databases.open(where(), "v0")) {
            store.keep(
                    List.of(),
                    IntStream.range(0, 1_200)
                            .mapToObj(n -> happening(n, "host-back"))
                            .toList(),
                    List.of(new HistoryStore.Observed("nobody", NOW, () -> new byte[] {1})));

            var slices = new ArrayList<Integer>();
            for (var slice = store.forget(at(1_200)); slice > 0; slice = store.forget(at(1_200))) {
                slices.add(slice);
            }
            assertThat(slices).containsExactly(500, 500, 200);
            assertThat(store.happenings(HistoryQuery.last(1)).items()).isEmpty();
            assertThat(store.observed("nobody")).isPresent();
            assertThat(store.forget(NOW.plusMillis(1))).isEqualTo(1);
            assertThat(store.observed("nobody")).isEmpty();
        }
    }

    History open(String view) throws Exception {
        var history = History.start(new HistorySettings(where(), Duration.ofDays(1)), view, InstantSource.fixed(NOW));
        opened.add(history);
        return history;
    }

    /** All that was handed over is written. */
    static void written(History history) {
        await("written", () -> history.status().working() && history.status().waiting() == 0);
    }

    static void await(String what, BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("not in time: " + what).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    static Happening happening(int second, String kind) {
        return new Happening(at(second), kind, Optional.of("h1"), Optional.empty(), "words " + second);
    }

    static Instant at(int second) {
        return NOW.minusSeconds(3600 - second);
    }

    private static HistoryQuery query(
            Optional<Instant> since, Optional<Instant> until, Optional<String> kind, Optional<Long> before) {
        return new HistoryQuery(since, until, kind, Optional.empty(), Optional.empty(), before, 10);
    }

    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
