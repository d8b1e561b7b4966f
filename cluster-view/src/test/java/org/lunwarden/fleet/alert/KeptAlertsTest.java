package org.lunwarden.fleet.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.alert.Notification.Kind;

class KeptAlertsTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration LEAST = Duration.ofMinutes(15);

    @Test
    void whatOnlyOneViewKeptIsKnown() {
        var mine = kept("v0", AT.plusSeconds(1), entry("i-1", 3, 1));
        var yours = kept("v1", AT.plusSeconds(5), entry("i-2", 3, 1));

        assertThat(merged(mine, yours)).extracting(AlertEntry::incident).containsExactly("i-1", "i-2");
    }

    @Test
    void ofTwoEntriesOfOneIncidentTheOneWrittenLastCountsAndWhatAnybodyKnowsToBeDelivered() {
        var early = kept("v0", AT, entry("i-1", 3, 2).delivered("hook", 2, List.of("hook", "mail")));
        var late = kept("v1", AT, entry("i-1", 3, 3).delivered("hook", 1, List.of("hook", "mail")));

        var entry = merged(early, late).getFirst();

        assertThat(entry.last().number()).isEqualTo(3);
        assertThat(entry.nextFor("hook")).map(Notification::number).contains(3);
        assertThat(entry.nextFor("mail")).map(Notification::number).contains(1);
    }

    @Test
    void aLaterNotifierCountsThoughAnEarlierOneHadDecidedMoreAndOfThatNothingIsDelivered() {
        var earlier = kept("v0", AT, entry("i-1", 3, 4).delivered("hook", 4, List.of("hook", "mail")));
        var later = kept("v1", AT, entry("i-1", 4, 2));

        var entry = merged(earlier, later).getFirst();

        assertThat(entry.epoch()).isEqualTo(4);
        assertThat(entry.last().number()).isEqualTo(2);
        assertThat(entry.delivered()).containsEntry("hook", 2);
    }

    @Test
    void whatAViewThatWasStoppedLongBeforeTheOthersStillHasToTellWasDroppedSince() {
        var stale = kept("v0", AT, entry("i-1", 3, 1));
        var newer = kept("v1", AT.plus(LEAST), entry("i-2", 3, 1));

        assertThat(merged(stale, newer)).extracting(AlertEntry::incident).containsExactly("i-2");
    }

    @Test
    void aViewThatKnowsNothingHasDroppedNothing() {
        var one = kept("v0", AT, entry("i-1", 3, 1));
        var wiped = new KeptAlerts("v1", Optional.empty(), List.of());

        assertThat(merged(one, wiped)).extracting(AlertEntry::incident).containsExactly("i-1");
    }

    @Test
    void inWhichOrderViewsAnswerDoesNotMatter() {
        var all = new ArrayList<>(List.of(
                kept("v0", AT, entry("i-1", 3, 2), entry("i-3", 2, 1)),
                kept("v1", AT.plusSeconds(4), entry("i-1", 3, 2).delivered("hook", 2, List.of("hook"))),
                kept("v2", AT.plusSeconds(3), entry("i-1", 4, 1), entry("i-2", 4, 7))));
        var expected = KeptAlerts.merged(all, LEAST);

        for (var turn = 0; turn < all.size(); turn++) {
            Collections.rotate(all, 1);
            assertThat(KeptAlerts.merged(all, LEAST)).isEqualTo(expected);
        }
        assertThat(expected).extracting(AlertEntry::incident).containsExactly("i-1", "i-2", "i-3");
    }

    private static List<AlertEntry> merged(KeptAlerts... all) {
        return KeptAlerts.merged(List.of(all), LEAST);
    }

    private static KeptAlerts kept(String view, Instant until, AlertEntry... entries) {
        return new KeptAlerts(view, Optional.of(until), List.of(entries));
    }

    /** Of which nothing was delivered. */
    private static AlertEntry entry(String incident, long epoch, int last) {
        var due = IntStream.rangeClosed(1, last)
                .mapToObj(number -> told(incident, number))
                .toList();
        return new AlertEntry(incident, List.of(incident), epoch, due.getLast(), due, Map.of());
    }

    private static Notification told(String incident, int number) {
        return new Notification(
                incident,
                number,
                number == 1 ? Kind.FIRING : Kind.UPDATED,
                "confirmed",
                AT,
                Severity.WARNING,
                AT,
                Optional.empty(),
                Map.of("incident", incident),
                List.of(),
                "switch 12 is down",
                "It is down.",
                "",
                new Reach(0, List.of(), 0, 0, 0, List.of(), 0, 0));
    }
}
