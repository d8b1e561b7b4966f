package org.lunwarden.fleet.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.HostId;

class CheckBudgetTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final CheckLimits LIMITS = new CheckLimits(100, 200, 50, 80);

    private final CheckBudget budget = new CheckBudget(LIMITS, Instant.EPOCH);

    @Test
    void aPortIsAskedForItsBurstAtOnceAndForItsRateFromThenOn() {
        var wishes =
                IntStream.range(0, 100).mapToObj(host -> wish(host, "t1", 10)).toList();

        assertThat(budget.grant(wishes, START)).hasSize(20);
        assertThat(budget.grant(wishes, START)).isEmpty();
        assertThat(budget.grant(wishes, START.plusMillis(500))).hasSize(5);
        assertThat(budget.grant(wishes, START.plusSeconds(60))).hasSize(20);
    }

    @Test
    void oneNexusOfEachHostComesBeforeTheSecondOfAny() {
        var wishes = new ArrayList<Wish>();
        for (var host = 0; host < 6; host++) {
            for (var port = 0; port < 5; port++) {
                wishes.add(wish(host, "t" + port, 20));
            }
        }

        var granted = budget.grant(wishes, START);

        assertThat(granted.subList(0, 6)).extracting(Wish::host).doesNotHaveDuplicates();
        assertThat(granted.stream().filter(wish -> wish.host().equals(new HostId("h0"))))
                .as("a host's own limit")
                .hasSize(4);
    }

    @Test
    void whatWasJustAskedAboutIsNotAskedAboutAgainSoon() {
        var wishes = List.of(wish(1, "t1", 1), wish(2, "t1", 1));

        assertThat(budget.grant(wishes, START)).hasSize(2);
        assertThat(budget.grant(wishes, START.plusSeconds(4))).isEmpty();
        assertThat(budget.grant(wishes, START.plusSeconds(5))).hasSize(2);
    }

    @Test
    void aNexusOfMorePathsThanEverFitIsGrantedOnceAndPaidForLater() {
        assertThat(budget.grant(List.of(wish(1, "t1", 500)), START)).hasSize(1);
        assertThat(budget.grant(List.of(wish(2, "t1", 1)), START.plusSeconds(2)))
                .isEmpty();
        assertThat(budget.grant(List.of(wish(2, "t1", 1)), START.plusSeconds(4)))
                .hasSize(1);
    }

    @Test
    void theOrderOfTheWishesChangesNothing() {
        var wishes = new ArrayList<Wish>();
        for (var host = 0; host < 40; host++) {
            wishes.add(wish(host, "t" + host % 3, 16));
            wishes.add(wish(host, "t" + (host + 1) % 3, 16));
        }
        var granted = budget.grant(wishes, START);
        Collections.shuffle(wishes, new Random(4));

        assertThat(new CheckBudget(LIMITS, Instant.EPOCH).grant(wishes, START)).isEqualTo(granted);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whateverIsWishedForNoPortAndNoHostIsAskedForMoreThanItsLimits(long seed) {
        var random = new Random(seed);
        record Spent(Instant at, int paths) {}
        Map<String, List<Spent>> spent = new HashMap<>();
        var now = START;
        for (var step = 0; step < 300; step++) {
            now = now.plusMillis(random.nextInt(400));
            var wishes = IntStream.range(0, random.nextInt(60))
                    .mapToObj(any -> wish(random.nextInt(20), "t" + random.nextInt(4), 1 + random.nextInt(20)))
                    .toList();
            for (var wish : budget.grant(wishes, now)) {
                var each = new Spent(now, wish.paths());
                spent.computeIfAbsent(wish.nexus().targetPort(), any -> new ArrayList<>())
                        .add(each);
                spent.computeIfAbsent(wish.host().value(), any -> new ArrayList<>())
                        .add(each);
            }
        }
        assertThat(spent).isNotEmpty();
        spent.forEach((whom, all) -> {
            var isPort = whom.startsWith("t");
            var rate = isPort ? LIMITS.perPort() : LIMITS.perHost();
            var burst = isPort ? LIMITS.portBurst() : LIMITS.hostBurst();
            for (var from = 0; from < all.size(); from++) {
                var sum = 0;
                for (var to = from; to < all.size(); to++) {
                    sum += all.get(to).paths();
                    var seconds =
                            Duration.between(all.get(from).at(), all.get(to).at())
                                            .toMillis()
                                    / 1000.0;
                    assertThat((double) sum).as(whom).isLessThanOrEqualTo(burst + rate * seconds + 1e-6);
                }
            }
        });
    }

    private static Wish wish(int host, String port, int paths) {
        return new Wish(new HostId("h" + host), new Nexus("i" + host, port), paths);
    }
}
