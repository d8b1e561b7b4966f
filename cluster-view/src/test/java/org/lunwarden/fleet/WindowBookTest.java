package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.alert.Window;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;

class WindowBookTest {

    private static final Instant NOW = Instant.parse("2026-03-01T03:00:00Z");

    @Test
    void onlyWhatAViewDidNotKnowIsNews() {
        var begun = AlertSamples.maintenance().createdAt();
        var known = AlertSamples.maintenance();
        var ended = known.endedAt(known.from().plusSeconds(60));
        var early = AlertSamples.maintenance(known.from().minusSeconds(3600));

        assertThat(WindowBook.news(List.of(), List.of(known), begun)).containsExactly(known);
        assertThat(WindowBook.news(List.of(known), List.of(known), begun)).isEmpty();
        assertThat(WindowBook.news(List.of(known), List.of(ended), begun.plusSeconds(9)))
                .containsExactly(ended);
        assertThat(WindowBook.news(List.of(), List.of(early), begun)).isEmpty();
    }

    @Test
    void onlyWindowsThatAreNotOverTakeAPlace() {
        var over = windows("over", 300, NOW.minusSeconds(1));
        var holding = windows("holding", 200, NOW.plusSeconds(1));
        var almost = new ArrayList<>(over);
        almost.addAll(holding.subList(1, 200));
        var full = new ArrayList<>(over);
        full.addAll(holding);

        var one = window("one", NOW.plusSeconds(1));

        assertThat(WindowBook.isFull(almost, one, NOW)).isFalse();
        assertThat(WindowBook.isFull(full, one, NOW)).isTrue();
        assertThat(WindowBook.isFull(full, holding.getFirst(), NOW)).isFalse();
    }

    @Test
    void whatIsOverIsForgottenAfterAWeekOrWhenManyEndedLater() {
        var all = new ArrayList<>(windows("holding", 200, NOW.plusSeconds(1)));
        all.add(window("long-over", NOW.minus(Duration.ofDays(8))));
        all.add(window("early", NOW.minus(Duration.ofDays(1))));
        assertThat(WindowBook.outdated(all, NOW)).extracting(Window::id).containsExactly("long-over");

        all.addAll(windows("over", 200, NOW.minusSeconds(1)));

        assertThat(WindowBook.outdated(all, NOW)).extracting(Window::id).containsExactly("early", "long-over");
    }

    @Test
    void whatAViewRemembersAsEndedIsNotEndedYetForOneThatWasAway() {
        var known = window("one", NOW);
        var ended = known.endedAt(NOW.minusSeconds(60));

        assertThat(WindowBook.isLonger(Map.of("one", known), ended)).isTrue();
        assertThat(WindowBook.isLonger(Map.of("one", ended), known)).isFalse();
        assertThat(WindowBook.isLonger(Map.of("one", ended), ended)).isFalse();
        assertThat(WindowBook.isLonger(Map.of(), ended)).isFalse();
    }

    private static List<Window> windows(String name, int count, Instant until) {
        return IntStream.range(0, count)
                .mapToObj(number -> window(name + number, until))
                .toList();
    }

    private static Window window(String id, Instant until) {
        return new Window(
                id,
                Window.Kind.SILENCE,
                List.of(),
                List.of(new Component(ComponentClass.HOST, "db-01")),
                until.minus(Duration.ofHours(1)),
                until,
                "ops",
                "known",
                until.minus(Duration.ofHours(1)));
    }
}
