package org.lunwarden.conf.effective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.conf.hardware.DeviceIdentity;
import org.lunwarden.conf.load.Loaded;
import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.text.SourceFile;
import org.lunwarden.model.dm.PathSelector;
import org.lunwarden.model.settings.AutoResize;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.FlushOnLastDel;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.MapUpkeep;
import org.lunwarden.model.settings.NoPathRetry;
import org.lunwarden.model.settings.QueueWithoutDaemon;

class EngineSettingsTest {

    @ParameterizedTest
    @CsvSource({"log_checker_err always, true", "log_checker_err once, false", "polling_interval 5, false"})
    void onlyASiteThatAsksForItHasEachFailureLogged(String said, boolean each) {
        assertThat(settings(said).path().precautions().logEachFailure()).isEqualTo(each);
    }

    @Test
    void everyKeywordThatIsOfferedReachesItsSetting() {
        var text = """
                polling_interval 2
                max_polling_interval 6
                path_checker directio
                checker_timeout 7
                prio alua
                prio_args exclusive_pref_bit
                detect_prio no
                path_selector "queue-length 1 5"
                path_grouping_policy multibus
                detect_pgpolicy no
                failback immediate
                no_path_retry 12
                features "2 pg_init_retries 50"
                skip_kpartx yes
                auto_resize grow_shrink
                flush_on_last_del always
                deferred_remove yes
                queue_without_daemon no
                ghost_delay 15
                missing_uev_wait_timeout 40
                max_sectors_kb 512
                remove_retries 4
                find_multipaths on
                user_friendly_names no
                """;
        var settings = settings(text);

        assertThat(settings.notOffered()).isEmpty();
        assertThat(NotOffered.in(conf(text))).isEmpty();
        assertThat(settings.path().checker()).isEqualTo(CheckerKind.DIRECTIO);
        assertThat(settings.path().checkerTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.path().detectPrio()).isFalse();
        assertThat(settings.path().exclusivePrefBit()).isTrue();
        assertThat(settings.path().pollingInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.path().maxPollingInterval()).isEqualTo(Duration.ofSeconds(6));
        assertThat(settings.map().grouping()).isEqualTo(GroupingPolicy.MULTIBUS);
        assertThat(settings.map().detectedGrouping()).isEmpty();
        assertThat(settings.map().upkeep())
                .isEqualTo(new MapUpkeep(
                        AutoResize.GROW_SHRINK,
                        FlushOnLastDel.ALWAYS,
                        true,
                        QueueWithoutDaemon.NO,
                        Optional.of(Duration.ofSeconds(15)),
                        Duration.ofSeconds(40),
                        false,
                        Optional.of(512),
                        4));
        assertThat(settings.map().selector()).isEqualTo(new PathSelector("queue-length", List.of("5")));
        assertThat(settings.map().failback()).isEqualTo(new Failback.Immediate());
        assertThat(settings.map().noPathRetry()).isEqualTo(new NoPathRetry.Retry(12));
        assertThat(settings.map().features()).containsExactly("pg_init_retries", "50");
        assertThat(settings.map().retryInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.map().skipKpartx()).isTrue();
    }

    @Test
    void noWaitIsLongerThanATimerCanBeSet() {
        var path = settings("checker_timeout 4294967295\npolling_interval 4294967295\n")
                .path();

        assertThat(List.of(path.checkerTimeout(), path.pollingInterval(), path.maxPollingInterval()))
                .containsOnly(Duration.ofDays(365));
    }

    @Test
    void whatIsNotSaidOfAMapsUpkeepIsAsBuiltIn() {
        assertThat(settings("").map().upkeep()).isEqualTo(MapUpkeep.BUILT_IN);
    }

    static Stream<Arguments> pauses() { // what is said -> shortest, longest
        return Stream.of(
                arguments("", 5, 20),
                arguments("polling_interval 3", 3, 12),
                arguments("max_polling_interval 40", 10, 40),
                arguments("max_polling_interval 2", 1, 2),
                arguments("polling_interval 9\nmax_polling_interval 4", 4, 4),
                arguments("polling_interval 0", 5, 20));
    }

    @ParameterizedTest
    @MethodSource("pauses")
    void thePausesBetweenChecksFollowFromEachOther(String said, int shortest, int longest) {
        var path = settings(said).path();

        assertThat(path.pollingInterval()).isEqualTo(Duration.ofSeconds(shortest));
        assertThat(path.maxPollingInterval()).isEqualTo(Duration.ofSeconds(longest));
    }

    static Stream<Arguments> queueing() { // what is said -> what holds
        return Stream.of(
                arguments("features \"1 queue_if_no_path\"", new NoPathRetry.Queue()),
                arguments("features \"1 queue_if_no_path\"\nno_path_retry fail", new NoPathRetry.Fail()),
                arguments("features \"1 queue_if_no_path\"\nno_path_retry 4", new NoPathRetry.Retry(4)),
                arguments("features 0", new NoPathRetry.Fail()));
    }

    @ParameterizedTest
    @MethodSource("queueing")
    void theQueueingFeatureIsFoldedIntoNoPathRetry(String said, NoPathRetry expected) {
        var map = settings(said).map();

        assertThat(map.noPathRetry()).isEqualTo(expected);
        assertThat(map.features()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = "prio none")
    void aKindThatIsNotOfferedYetIsNamedAndTheDefaultIsUsed(String said) {
        var settings = settings(said);

        assertThat(settings.notOffered())
                .singleElement()
                .satisfies(missing -> assertThat(missing.toString()).startsWith(said + " is not offered yet"));
        assertThat(settings.path()).isEqualTo(settings("").path());
        assertThat(settings.map()).isEqualTo(settings("").map());
    }

    @ParameterizedTest
    @EnumSource(GroupingPolicy.class)
    void everyGroupingPolicyIsOffered(GroupingPolicy policy) {
        var settings = settings("path_grouping_policy " + policy.word());

        assertThat(settings.notOffered()).isEmpty();
        assertThat(settings.map().grouping()).isEqualTo(policy);
    }

    static Stream<Arguments> notOffered() { // what is said in the defaults -> sentences
        return Stream.of(
                arguments("", List.of()),
                arguments("find_multipaths yes", List.of()),
                arguments("find_multipaths strict", List.of()),
                arguments("user_friendly_names no", List.of()),
                arguments("user_friendly_names yes", List.of()),
                arguments("reassign_maps yes", List.of()),
                arguments("enable_foreign nvme", List.of("enable_foreign is not offered yet (m.conf:2:1)")),
                arguments("verbosity 3\nmax_fds 8192\nmax_sectors_kb 512", List.of()),
                arguments("strict_timing yes\nforce_sync yes", List.of()),
                arguments("san_path_err_threshold no", List.of()),
                arguments("rr_min_io 100", List.of()),
                arguments(
                        "reservation_key 0x7\n}\nmultipaths {\nmultipath {\nwwid 1\nreservation_key 0x5\n}",
                        List.of("reservation_key is not offered yet (m.conf:2:1, m.conf:7:1)")));
    }

    @ParameterizedTest
    @MethodSource("notOffered")
    void aKeywordThatIsNotOfferedYetIsToldOnceWithItsPlaces(String said, List<String> sentences) {
        assertThat(NotOffered.in(conf(said))).isEqualTo(sentences);
    }

    @ParameterizedTest
    @CsvSource({
        "scsi:fcp, 2 pg_init_retries 3, pg_init_retries 3",
        "nvme:rdma, 2 queue_mode mq, queue_mode mq",
        "nvme:tcp, 0, queue_mode bio",
        "nvme:tcp, 2 queue_mode bio, queue_mode bio",
        "nvme:tcp, 4 queue_mode rq pg_init_retries 3, pg_init_retries 3 queue_mode bio"
    })
    void aMapOfPathsOverNvmeTcpTakesBios(String protocol, String features, String expected) {
        var settings = settings("features \"" + features + "\"", protocol);

        assertThat(settings.map().features()).isEqualTo(List.of(expected.split(" ", -1)));
    }

    private static EngineSettings settings(String said) {
        return settings(said, "scsi:fcp");
    }

    private static EngineSettings settings(String said, String protocol) {
        return EngineSettings.of(
                Precedence.of(conf(said), new PathIdentity(new DeviceIdentity("V", "P", "1"), protocol, "3600a")));
    }

    private static MultipathConf conf(String said) {
        var file = new SourceFile("m.conf", "defaults {\n" + said + "\n}\n");
        return MultipathConf.load(List.of(file), false) instanceof Loaded.Usable(var conf, var problems)
                ? conf
                : Assertions.fail(said);
    }
}
