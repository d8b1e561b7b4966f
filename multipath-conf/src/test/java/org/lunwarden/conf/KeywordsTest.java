package org.lunwarden.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.model.dm.PathSelector;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.NoPathRetry;

class KeywordsTest {

    @Test
    void withoutAnyKeywordTheBuiltInDefaultsHold() {
        var settled = Keywords.settle(Map.of());

        assertThat(settled.path()).isEqualTo(BuiltInDefaults.path());
        assertThat(settled.map()).isEqualTo(BuiltInDefaults.map());
        assertThat(settled.complaints()).isEmpty();
    }

    @Test
    void everyKeywordReachesItsSetting() {
        var settled = Keywords.settle(Map.ofEntries(
                Map.entry("polling_interval", "2"),
                Map.entry("max_polling_interval", "6"),
                Map.entry("path_checker", "directio"),
                Map.entry("checker_timeout", "7"),
                Map.entry("prio", "alua"),
                Map.entry("prio_args", "exclusive_pref_bit"),
                Map.entry("detect_prio", "no"),
                Map.entry("path_selector", "queue-length 1 5"),
                Map.entry("path_grouping_policy", "multibus"),
                Map.entry("detect_pgpolicy", "no"),
                Map.entry("failback", "immediate"),
                Map.entry("no_path_retry", "12"),
                Map.entry("features", "2 pg_init_retries 50"),
                Map.entry("hardware_handler", "1 alua"),
                Map.entry("skip_kpartx", "yes"),
                Map.entry("find_multipaths", "on"),
                Map.entry("user_friendly_names", "no")));

        assertThat(settled.complaints()).isEmpty();
        assertThat(settled.path().checker()).isEqualTo(CheckerKind.DIRECTIO);
        assertThat(settled.path().checkerTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settled.path().detectPrio()).isFalse();
        assertThat(settled.path().exclusivePrefBit()).isTrue();
        assertThat(settled.path().pollingInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settled.path().maxPollingInterval()).isEqualTo(Duration.ofSeconds(6));
        assertThat(settled.map().grouping()).isEqualTo(GroupingPolicy.MULTIBUS);
        assertThat(settled.map().detectGrouping()).isFalse();
        assertThat(settled.map().selector()).isEqualTo(new PathSelector("queue-length", List.of("5")));
        assertThat(settled.map().failback()).isEqualTo(new Failback.Immediate());
        assertThat(settled.map().noPathRetry()).isEqualTo(new NoPathRetry.Retry(12));
        assertThat(settled.map().features()).containsExactly("pg_init_retries", "50");
        assertThat(settled.map().hardwareHandler()).containsExactly("alua");
        assertThat(settled.map().retryInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settled.map().skipKpartx()).isTrue();
    }

    static Stream<Arguments> pauses() { // polling_interval, max_polling_interval -> shortest, longest
        return Stream.of(
                arguments(Map.of(), 5, 20),
                arguments(Map.of("polling_interval", "3"), 3, 12),
                arguments(Map.of("max_polling_interval", "40"), 10, 40),
                arguments(Map.of("max_polling_interval", "2"), 1, 2),
                arguments(Map.of("polling_interval", "9", "max_polling_interval", "4"), 4, 4),
                arguments(Map.of("polling_interval", "0"), 5, 20));
    }

    @ParameterizedTest
    @MethodSource("pauses")
    void thePausesBetweenChecksFollowFromEachOther(Map<String, String> given, int shortest, int longest) {
        var path = Keywords.settle(given).path();

        assertThat(path.pollingInterval()).isEqualTo(Duration.ofSeconds(shortest));
        assertThat(path.maxPollingInterval()).isEqualTo(Duration.ofSeconds(longest));
    }

    static Stream<Arguments> queueing() { // features, no_path_retry -> what holds
        return Stream.of(
                arguments(Map.of("features", "1 queue_if_no_path"), new NoPathRetry.Queue()),
                arguments(Map.of("features", "1 queue_if_no_path", "no_path_retry", "fail"), new NoPathRetry.Fail()),
                arguments(Map.of("features", "1 queue_if_no_path", "no_path_retry", "4"), new NoPathRetry.Retry(4)),
                arguments(Map.of("features", "0"), new NoPathRetry.Fail()));
    }

    @ParameterizedTest
    @MethodSource("queueing")
    void theQueueingFeatureIsFoldedIntoNoPathRetry(Map<String, String> given, NoPathRetry expected) {
        var map = Keywords.settle(given).map();

        assertThat(map.noPathRetry()).isEqualTo(expected);
        assertThat(map.features()).isEmpty();
    }

    @Test
    void aRefusedValueLeavesTheDefaultAndIsNamed() {
        var settled = Keywords.settle(Map.of("failback", "Immediate", "no_path_retry", "-5", "polling", "5"));

        assertThat(settled.map().failback()).isEqualTo(new Failback.Manual());
        assertThat(settled.map().noPathRetry()).isEqualTo(new NoPathRetry.Retry(1));
        assertThat(settled.complaints())
                .extracting(Keywords.Complaint::keyword)
                .containsExactly("failback", "no_path_retry", "polling");
        assertThat(settled.complaints().getFirst()).hasToString("failback 'Immediate': not a number");
    }

    static Stream<Arguments> notOffered() { // keyword, a value that multipath.conf(5) has and the engine does not yet
        return Stream.of(
                arguments("find_multipaths", "strict"),
                arguments("find_multipaths", "no"),
                arguments("user_friendly_names", "yes"),
                arguments("path_grouping_policy", "group_by_serial"),
                arguments("path_checker", "hp_sw"),
                arguments("prio", "random"));
    }

    @ParameterizedTest
    @MethodSource("notOffered")
    void whatIsNotOfferedYetIsRefusedInWords(String keyword, String value) {
        var settled = Keywords.settle(Map.of(keyword, value));

        assertThat(settled.complaints()).singleElement().satisfies(complaint -> {
            assertThat(complaint.keyword()).isEqualTo(keyword);
            assertThat(complaint.problem()).contains("offered");
        });
        assertThat(settled.path()).isEqualTo(BuiltInDefaults.path());
        assertThat(settled.map()).isEqualTo(BuiltInDefaults.map());
    }
}
