package org.lunwarden.fleet.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TouchedTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Touched TOUCHED = new Touched(Set.of("h1"), Set.of("host h1", "switch A/12", "incident i-1"));

    @ParameterizedTest
    @CsvSource({
        "host h1, true",
        "switch A/12, true",
        "incident i-1, true",
        "switch A/1, false",
        "hbaPort A/12, false",
        "incident i-12, false",
        "host h2, false"
    })
    void anActStandsBesideAnIncidentWhenItIsAboutSomethingOfIt(String about, boolean stands) {
        assertThat(TOUCHED.holds(new Happening(NOW, "silence", List.of("fabric Z", about), "w-1")))
                .isEqualTo(stands);
    }

    @Test
    void whatHappenedToAHostStandsBesideItWhenItIsOneOfItsHosts() {
        assertThat(TOUCHED.holds(on("h1"))).isTrue();
        assertThat(TOUCHED.holds(on("h2"))).isFalse();
    }

    @Test
    void whatIsAboutTooMuchToBeToldConcernsEverything() {
        var all = IntStream.range(0, Happening.MOST_ABOUT + 1)
                .mapToObj(number -> "host x" + number)
                .toList();

        assertThat(TOUCHED.holds(new Happening(NOW, "failback", all.subList(1, all.size()), "f")))
                .isFalse();
        assertThat(TOUCHED.holds(new Happening(NOW, "failback", all, "f"))).isTrue();
    }

    private static Happening on(String host) {
        return new Happening(NOW, "host-back", Optional.of(host), Optional.empty(), "is heard again");
    }
}
