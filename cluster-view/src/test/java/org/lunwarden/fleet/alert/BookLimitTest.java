package org.lunwarden.fleet.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.alert.Notification.Kind;

class BookLimitTest {

    private static final Instant AT = Instant.parse("2026-03-01T03:00:00Z");
    private static final List<String> CHANNELS = List.of("hook");

    @Test
    void whatFitsStaysAsItIs() {
        var entries = List.of(open(1), over(2, true));

        assertThat(BookLimit.fit(entries, CHANNELS, size(entries))).isEqualTo(new BookLimit.Fitted(List.of(), false));
    }

    @Test
    void ofWhatIsOverAndToldOnlyTheNumberStaysTheOldestOfItFirst() {
        var entries = List.of(open(1), over(2, true), over(3, true), over(4, false));

        var fitted = BookLimit.fit(entries, CHANNELS, size(entries) - 1);

        assertThat(fitted.shortened()).containsExactly(over(2, true).remembered());
        assertThat(fitted.shortened().getFirst().last().number()).isEqualTo(3);
        assertThat(fitted.shortened().getFirst().size()).isLessThan(30);
        assertThat(fitted.isFull()).isFalse();
    }

    @Test
    void thenTextsAreCutAndWhatIsStillToBeToldIsToldInFewWords() {
        var entries = List.of(open(1), open(2), over(3, false));
        var brief = entries.stream().map(AlertEntry::brief).toList();

        var fitted = BookLimit.fit(entries, CHANNELS, size(brief));

        assertThat(fitted.shortened()).isEqualTo(brief);
        var shortened = fitted.shortened().getFirst();
        assertThat(shortened.isOpen()).isTrue();
        assertThat(shortened.last().labels()).isEqualTo(open(1).last().labels());
        assertThat(shortened.nextFor("hook").map(Notification::number)).contains(3);
    }

    @Test
    void neitherWhatIsOpenNorAnEndThatIsStillToBeToldIsDroppedBeThereRoomOrNot() {
        var entries = List.of(open(1), open(2), over(3, false));

        var fitted = BookLimit.fit(entries, CHANNELS, 10);

        assertThat(fitted.shortened()).extracting(AlertEntry::incident).containsExactly("i-1", "i-2", "i-3");
        assertThat(fitted.shortened().getLast().nextFor("hook").map(Notification::kind))
                .contains(Kind.RESOLVED);
        assertThat(fitted.isFull()).isTrue();
    }

    private static long size(List<AlertEntry> entries) {
        return entries.stream().mapToLong(AlertEntry::size).sum();
    }

    private static AlertEntry open(int number) {
        return entry(number, Kind.UPDATED, false);
    }

    private static AlertEntry over(int number, boolean told) {
        return entry(number, Kind.RESOLVED, told);
    }

    private static AlertEntry entry(int number, Kind kind, boolean told) {
        var due = new ArrayList<Notification>();
        for (var count = 1; count <= 3; count++) {
            due.add(notification(number, count, count < 3 ? Kind.FIRING : kind));
        }
        var all = new AlertEntry("i-" + number, List.of("i-" + number), 1, 0, due.getLast(), due, Map.of("hook", 1));
        return told ? all.delivered("hook", 3, CHANNELS) : all;
    }

    private static Notification notification(int incident, int number, Kind kind) {
        return new Notification(
                "i-" + incident,
                number,
                kind,
                "confirmed",
                AT.plusSeconds(incident),
                Severity.ERROR,
                AT,
                Optional.of(AT.plus(Duration.ofMinutes(1))).filter(end -> kind == Kind.RESOLVED),
                Map.of("incident", "i-" + incident, "severity", "error"),
                List.of(new Notification.Former(Map.of("severity", "warning"), AT)),
                "switch 12 of fabric B is down",
                "x".repeat(1000),
                "",
                new Reach(6, List.of(), 0, 0, 18, List.of(), 0, 0));
    }
}
