package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;

import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.junit.jupiter.api.Test;

import org.lunwarden.model.fleet.Epoch;

class FailbackBookTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Epoch ONE = new Epoch(7, "v1:7600#a1");
    private static final Epoch OTHER = new Epoch(7, "v2:7600#b2");

    private final SelfUniqueAddress v1 = member("v1");
    private final SelfUniqueAddress v2 = member("v2");

    @Test
    void twoCoordinatorsOfTheSameTermLeaveTheSameInWhicheverOrderTheirBooksMeet() {
        var lower = write(write(LWWMap.create(), "f-1", ONE, "one"), "f-1", ONE, "one again");
        var higher = FailbackBook.with(LWWMap.create(), entry("f-1", OTHER, "other", 0), v2);

        var met = lower.merge(higher);

        assertThat(FailbackBook.of(met)).containsExactly(entry("f-1", OTHER, "other", 0));
        assertThat(FailbackBook.of(higher.merge(lower))).isEqualTo(FailbackBook.of(met));
        assertThatThrownBy(() -> write(met, "f-1", ONE, "one, late")).isInstanceOf(IllegalStateException.class);
        var next = FailbackBook.with(met, entry("f-1", OTHER, "goes on", 1), v2);
        assertThat(FailbackBook.of(next.merge(lower))).containsExactly(entry("f-1", OTHER, "goes on", 1));
    }

    @Test
    void whatTheCoordinatorBeforeWroteOfAFailbackIsDroppedByTheOneThatGoesOnWithIt() {
        var book = write(LWWMap.create(), "f-1", ONE, "begun");

        var next = FailbackBook.with(book, entry("f-1", new Epoch(8, "v2:7600#b2"), "goes on", 0), v2);

        assertThat(next.getEntries()).hasSize(1);
        assertThat(FailbackBook.latest(FailbackBook.of(next))).isEqualTo(new Epoch(8, "v2:7600#b2"));
    }

    private LWWMap<String, FailbackEntry> write(
            LWWMap<String, FailbackEntry> book, String id, Epoch epoch, String words) {
        return FailbackBook.with(book, entry(id, epoch, words, book.size()), v1);
    }

    private static FailbackEntry entry(String id, Epoch epoch, String words, long version) {
        var begun = Progress.begun(id, Optional.empty(), "eve", epoch, NOW);
        return new FailbackEntry(Progress.noted(begun, epoch, NOW, words), Optional.empty(), version);
    }

    private static SelfUniqueAddress member(String name) {
        return new SelfUniqueAddress(
                new UniqueAddress(new Address("pekko", "fleet", name, 7600), (long) name.hashCode()));
    }
}
