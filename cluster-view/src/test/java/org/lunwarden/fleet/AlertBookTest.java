package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.alert.AlertEntry;

class AlertBookTest {

    private static final SelfUniqueAddress SELF =
            new SelfUniqueAddress(new UniqueAddress(new Address("pekko", "san1"), 1L));

    @Test
    void anEarlierNotifierWritesNothingOnceALaterOneHas() {
        var book = AlertBook.with(LWWMap.create(), List.of(entry("i-1", 2)), List.of(), SELF);

        assertThatThrownBy(() -> AlertBook.with(book, List.of(entry("i-2", 1)), List.of(), SELF))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> AlertBook.with(book, List.of(), List.of(entry("i-1", 1)), SELF))
                .isInstanceOf(IllegalStateException.class);
        assertThat(AlertBook.with(book, List.of(entry("i-2", 3)), List.of(entry("i-1", 3)), SELF)
                        .getEntries())
                .containsOnlyKeys("i-2");
    }

    private static AlertEntry entry(String incident, long epoch) {
        return new AlertEntry(
                incident, List.of(incident), epoch, 1, PostTest.told(incident, Instant.EPOCH), List.of(), Map.of());
    }
}
