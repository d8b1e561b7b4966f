package org.lunwarden.map.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

class FeaturesTest {

    private static final long SEED = 20261121;
    private static final List<String> WORDS =
            List.of("queue_if_no_path", "pg_init_retries", "50", "queue_mode", "bio", "mq", "rq");

    @Test
    void wordsBecomeTextAndWordsAgain() {
        assertThat(Features.of(List.of())).isEqualTo(new Features("0"));
        assertThat(Features.of(List.of("pg_init_retries", "50"))).isEqualTo(new Features("2 pg_init_retries 50"));
        assertThat(new Features("2 a\t b").words()).containsExactly("a", "b");
        assertThat(Features.NONE.words()).isEmpty();
    }

    @Test
    void aNewWordThatIsTakenOutAgainLeavesWhatWasThereAndEveryCountIsTrue() {
        var random = new Random(SEED);
        for (var round = 0; round < 500; round++) {
            var words = new ArrayList<String>();
            for (var n = random.nextInt(6); n > 0; n--) {
                words.add(WORDS.get(random.nextInt(WORDS.size())));
            }
            var features = Features.of(words);

            var more = features.with("new").orElseThrow();

            assertThat(more).as("seed %d, round %d", SEED, round).isEqualTo(Features.of(more.words()));
            assertThat(more.without("new")).as("seed %d, round %d", SEED, round).contains(features);
            for (var mode : QueueMode.values()) {
                var reconciled = features.reconciledWith(mode).features();
                assertThat(reconciled)
                        .as("seed %d, round %d, %s", SEED, round, mode)
                        .isEqualTo(Features.of(reconciled.words()));
            }
        }
    }
}
