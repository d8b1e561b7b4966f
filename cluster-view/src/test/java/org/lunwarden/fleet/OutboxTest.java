package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.alert.AlertEntry;
import org.lunwarden.fleet.alert.BookLimit;
import org.lunwarden.fleet.alert.Notification;
import org.lunwarden.fleet.alert.Notification.Kind;

class OutboxTest {

    private final Outbox outbox = new Outbox(List.of(), List.of("hook"), 1);

    @Test
    void aBookIsBegunThoughThereIsNothingToWriteAndAgainWhenThatFailed() {
        assertThat(outbox.nextBatch()).isEmpty();

        outbox.begin(List.of());

        assertThat(outbox.nextBatch()).contains(new Outbox.Batch(List.of(), List.of()));
        assertThat(outbox.nextBatch()).isEmpty();
        outbox.notWritten();
        assertThat(outbox.nextBatch()).isPresent();
        outbox.written();
        assertThat(outbox.nextBatch()).isEmpty();
    }

    @Test
    void aBookThatIsFullTakesNothingNewAndGoesOnWithWhatItHas() {
        var many = new ArrayList<AlertEntry>();
        while (many.stream().mapToLong(AlertEntry::size).sum() < 3 * BookLimit.MOST) {
            many.add(open("i-" + many.size(), 1));
        }
        outbox.decided(many);
        var taken = List.copyOf(outbox.entries());
        assertThat(outbox.size())
                .isBetween(BookLimit.MOST, BookLimit.MOST + many.getFirst().size());

        outbox.decided(List.of(open("i-new", 1), open("i-0", 2)));

        assertThat(outbox.entries()).hasSameSizeAs(taken);
        assertThat(outbox.entries())
                .filteredOn(entry -> entry.incident().equals("i-0"))
                .allMatch(entry -> entry.last().number() == 2);
    }

    @Test
    void whatIsOverAndMayComeBackIsRememberedByItsNumberAndNotRepeated() {
        var entry = AlertSamples.entry(1, 4);
        var over = new Outbox(List.of(entry), List.of(), 1);
        var later = entry.last().at().plus(Duration.ofHours(1));

        over.clean(later, any -> true);

        assertThat(over.entries()).containsExactly(entry.remembered());
        assertThat(over.entries().iterator().next().last().number()).isEqualTo(4);
        over.decided(List.of(open("i-8", 1)));
        over.nextBatch();
        over.clean(later, any -> false);
        assertThat(over.entries()).extracting(AlertEntry::incident).containsExactly("i-8");
    }

    @Test
    void whatIsWrittenTellsTheNotifierAndWhichWriteOfItItWas() {
        outbox.begin(List.of(open("i-1", 1), open("i-2", 1)));
        assertThat(outbox.nextBatch().orElseThrow().entries())
                .allMatch(entry -> entry.epoch() == 1 && entry.write() == 1);
        outbox.notWritten();
        outbox.decided(List.of(open("i-3", 1)));

        assertThat(outbox.nextBatch().orElseThrow().entries())
                .hasSize(3)
                .allMatch(entry -> entry.epoch() == 1 && entry.write() == 2);
    }

    @Test
    void whatWasWrittenLastIsNotForgottenThoughItIsOver() {
        var entry = AlertSamples.entry(1, 4);
        var over = new Outbox(List.of(entry), List.of(), 5);
        var later = entry.last().at().plus(Duration.ofHours(1));

        over.clean(later, any -> false);
        over.clean(later, any -> false);

        assertThat(over.entries()).containsExactly(entry.remembered());
        assertThat(over.nextBatch().orElseThrow().entries())
                .containsExactly(entry.remembered().written(5, 1));
    }

    private static AlertEntry open(String incident, int number) {
        var like = AlertSamples.entry(1, number).last();
        var told = new Notification(
                incident,
                number,
                Kind.FIRING,
                like.reason(),
                like.at(),
                like.severity(),
                like.startsAt(),
                Optional.empty(),
                like.labels(),
                List.of(),
                "x".repeat(300),
                like.description(),
                like.url(),
                like.reach());
        return new AlertEntry(incident, List.of(incident), 1, 0, told, List.of(told), Map.of());
    }
}
