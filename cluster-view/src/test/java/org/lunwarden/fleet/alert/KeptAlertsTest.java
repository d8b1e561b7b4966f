package org.lunwarden.fleet.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.fleet.alert.Notification.Kind;

class KeptAlertsTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

    /** Clocks of notifiers: nothing here depends on them. */
    private static final List<Instant> CLOCKS =
            List.of(AT, AT.plusSeconds(86_400), AT.minusSeconds(86_400), Instant.EPOCH);

    @Test
    void whatOnlyOneViewHasHeardOfIsKnown() {
        var behind = kept("v0", entry("i-1", 3, 1).written(3, 1));
        var ahead =
                kept("v1", entry("i-1", 3, 1).written(3, 1), entry("i-2", 3, 1).written(3, 2));

        assertThat(merged(behind, ahead)).extracting(AlertEntry::incident).containsExactly("i-1", "i-2");
    }

    @Test
    void ofTwoEntriesOfOneIncidentTheOneWrittenLastCountsAndWhatAnybodyKnowsToBeDelivered() {
        var early = kept("v0", entry("i-1", 3, 2).delivered("hook", 2, List.of("hook", "mail")));
        var late = kept("v1", entry("i-1", 3, 3).delivered("hook", 1, List.of("hook", "mail")));

        var entry = merged(early, late).getFirst();

        assertThat(entry.last().number()).isEqualTo(3);
        assertThat(entry.nextFor("hook")).map(Notification::number).contains(3);
        assertThat(entry.nextFor("mail")).map(Notification::number).contains(1);
    }

    @Test
    void aLaterNotifierCountsThoughAnEarlierOneHadDecidedMoreAndOfThatNothingIsDelivered() {
        var earlier = kept("v0", entry("i-1", 3, 4).written(3, 9).delivered("hook", 4, List.of("hook", "mail")));
        var later = kept("v1", entry("i-1", 4, 2).written(4, 1));

        var entry = merged(earlier, later).getFirst();

        assertThat(entry.epoch()).isEqualTo(4);
        assertThat(entry.last().number()).isEqualTo(2);
        assertThat(entry.delivered()).containsEntry("hook", 2);
    }

    static Stream<Arguments>
            droppedOrNot() { // epoch and write of what one view keeps, of the last that the other knows
        return Stream.of(
                arguments(3, 1, 3, 2, true),
                arguments(3, 2, 3, 2, true),
                arguments(3, 9, 4, 1, true),
                arguments(3, 2, 3, 1, false),
                arguments(4, 1, 3, 9, false),
                arguments(3, 0, 4, 1, true),
                arguments(3, 0, 3, 9, false),
                arguments(3, 0, 4, 0, false),
                arguments(3, 1, 4, 0, false));
    }

    /** Of what a version wrote that did not count, only a later notifier's word tells. */
    @ParameterizedTest
    @MethodSource("droppedOrNot")
    void whatAnotherViewHasHeardOfAndDoesNotKnowWasDroppedWhateverTheClocksSay(
            long epoch, long write, long lastEpoch, long lastWrite, boolean isDropped) {
        for (var here : CLOCKS) {
            for (var there : CLOCKS) {
                var stale = kept("v0", entry("i-1", epoch, 1, here).written(epoch, write));
                var other = kept("v1", entry("i-2", lastEpoch, 1, there).written(lastEpoch, lastWrite));

                assertThat(merged(stale, other).stream()
                                .noneMatch(entry -> entry.incident().equals("i-1")))
                        .as("%s, %s", here, there)
                        .isEqualTo(isDropped);
            }
        }
    }

    @Test
    void aViewThatKnowsNothingHasDroppedNothing() {
        var one = kept("v0", entry("i-1", 3, 1).written(3, 1));

        assertThat(merged(one, kept("v1"))).extracting(AlertEntry::incident).containsExactly("i-1");
    }

    @Test
    void inWhichOrderViewsAnswerDoesNotMatter() {
        var all = new ArrayList<>(List.of(
                kept("v0", entry("i-1", 3, 2).written(3, 5), entry("i-3", 3, 1).written(3, 4)),
                kept("v1", entry("i-1", 3, 2).written(3, 5).delivered("hook", 2, List.of("hook"))),
                kept("v2", entry("i-1", 4, 1).written(4, 1), entry("i-2", 4, 7).written(4, 2))));
        var expected = KeptAlerts.merged(all);

        for (var turn = 0; turn < all.size(); turn++) {
            Collections.rotate(all, 1);
            assertThat(KeptAlerts.merged(all)).isEqualTo(expected);
        }
        assertThat(expected).extracting(AlertEntry::incident).containsExactly("i-1", "i-2");
    }

    private static List<AlertEntry> merged(KeptAlerts... all) {
        return KeptAlerts.merged(List.of(all));
    }

    private static KeptAlerts kept(String view, AlertEntry... entries) {
        return new KeptAlerts(view, List.of(entries));
    }

    /** Of which nothing was delivered. */
    private static AlertEntry entry(String incident, long epoch, int last) {
        return entry(incident, epoch, last, AT);
    }

    private static AlertEntry entry(String incident, long epoch, int last, Instant at) {
        var due = IntStream.rangeClosed(1, last)
                .mapToObj(number -> told(incident, number, at))
                .toList();
        return new AlertEntry(incident, List.of(incident), epoch, 0, due.getLast(), due, Map.of());
    }

    private static Notification told(String incident, int number, Instant at) {
        return new Notification(
                incident,
                number,
                number == 1 ? Kind.FIRING : Kind.UPDATED,
                "confirmed",
                at,
                Severity.WARNING,
                at,
                Optional.empty(),
                Map.of("incident", incident),
                List.of(),
                "switch 12 is down",
                "It is down.",
                "",
                new Reach(0, List.of(), 0, 0, 0, List.of(), 0, 0));
    }
}
