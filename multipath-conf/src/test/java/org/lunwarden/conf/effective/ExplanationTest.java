package org.lunwarden.conf.effective;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

import org.lunwarden.conf.hardware.DeviceIdentity;
import org.lunwarden.conf.load.Loaded;
import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.text.Section;
import org.lunwarden.conf.text.SourceFile;
import org.lunwarden.conf.value.Keyword;
import org.lunwarden.conf.value.Keyword.Standing;
import org.lunwarden.conf.value.KeywordTable;

class ExplanationTest {

    /** What says to which devices an entry applies. */
    private static final Set<String> OF_ENTRY =
            Set.of("vendor", "product", "revision", "product_blacklist", "wwid", "type");

    @Test
    void everySettingThatAnEntryCanMakeIsToldOfThePathOrOfTheMapAndOnce() {
        var precedence = precedence("");
        var ofPath = names(Explanation.ofPath(precedence));
        var ofMap = names(Explanation.ofMap(precedence));

        assertThat(ofPath).doesNotHaveDuplicates().doesNotContainAnyElementsOf(ofMap);
        assertThat(ofMap).doesNotHaveDuplicates();
        var told = new HashSet<>(ofPath);
        told.addAll(ofMap);
        assertThat(told)
                .containsAll(entries()
                        .filter(keyword -> keyword.standing() != Standing.IGNORED)
                        .map(Keyword::name)
                        .filter(name -> !OF_ENTRY.contains(name))
                        .collect(Collectors.toSet()))
                .contains("polling_interval", "checker_timeout", "find_multipaths");
    }

    /** Words of which each keyword that no entry has knows one or another. */
    private static final List<String> WORDS = List.of("yes", "no", "7", "on", "never", "grow_only", "sd:ID_WWN");

    @Test
    void whateverElseOfTheDefaultsChangesWhatTheActorsAreGivenIsTold() {
        var inputs = KeywordTable.INSTANCE.of(Section.DEFAULTS).stream()
                .filter(keyword -> entries().noneMatch(keyword::equals))
                .filter(ExplanationTest::changesSomething)
                .map(Keyword::name)
                .toList();

        var told = new HashSet<>(names(Explanation.ofPath(precedence(""))));
        told.addAll(names(Explanation.ofMap(precedence(""))));
        assertThat(told).containsAll(inputs);
        assertThat(inputs)
                .contains("polling_interval", "checker_timeout", "marginal_pathgroups")
                .contains("auto_resize", "queue_without_daemon", "remove_retries", "missing_uev_wait_timeout")
                .doesNotContain("verbosity", "max_fds", "uxsock_timeout");
    }

    private static boolean changesSomething(Keyword<?> keyword) {
        var before = EngineSettings.of(precedence(""));
        return WORDS.stream()
                .flatMap(word -> loaded("defaults {\n" + keyword + " \"" + word + "\"\n}\n").stream())
                .map(EngineSettings::of)
                .anyMatch(after -> !after.path().equals(before.path())
                        || !after.map().equals(before.map())
                        || after.timeoutSaid() != before.timeoutSaid());
    }

    private static Stream<Keyword<?>> entries() {
        return Stream.of(Section.DEVICE, Section.OVERRIDES, Section.PROTOCOL, Section.MULTIPATH)
                .flatMap(section -> KeywordTable.INSTANCE.of(section).stream());
    }

    @Test
    void whatRulesOnlyHowTheHostLooksForAPathIsToldOfIt() {
        assertThat(names(Explanation.ofPath(precedence(""))))
                .contains("retrigger_tries", "retrigger_delay", "allow_usb_devices");
    }

    @Test
    void whatHoldsAndIsNotDoneIsRemarkedOn() {
        var precedence = precedence("""
                defaults {
                all_tg_pt yes
                partition_delimiter -part
                rr_min_io 100
                force_sync yes
                strict_timing no
                }
                multipaths {
                multipath {
                wwid 3600a
                reservation_key 0x7
                }
                }
                """);

        assertThat(Explanation.ofPath(precedence).remarks())
                .contains("all_tg_pt is not offered yet, it has no effect")
                .anyMatch(remark -> remark.startsWith("force_sync has no effect: "))
                .noneMatch(remark -> remark.startsWith("strict_timing") || remark.startsWith("reservation_key"));
        assertThat(Explanation.ofMap(precedence).remarks())
                .contains("reservation_key is not offered yet, it has no effect")
                .contains("rr_min_io has no effect any more")
                .contains("partition_delimiter is not offered yet, it has no effect");
    }

    @Test
    void theFeaturesThatATransportNeedsAreToldAsThoseThatHold() {
        var text = "defaults {\nfeatures \"2 queue_mode mq\"\n}\n";

        assertThat(Explanation.ofMap(loaded(text, "nvme:tcp").orElseThrow()).remarks())
                .contains("features \"2 queue_mode bio\" hold over nvme:tcp");
        assertThat(Explanation.ofMap(precedence(text)).remarks()).noneMatch(remark -> remark.startsWith("features"));
    }

    @Test
    void theCountsOfChecksAreToldAsWhatIsMadeOfThem() {
        var alone = precedence("defaults {\npolling_interval 5\ndelay_watch_checks 3\ndelay_wait_checks 4\n}\n");
        var beside = precedence("""
                defaults {
                delay_watch_checks 3
                delay_wait_checks 4
                marginal_path_double_failed_time 60
                marginal_path_err_sample_time 130
                marginal_path_err_rate_threshold 10
                marginal_path_err_recheck_gap_time 300
                }
                """);

        assertThat(Explanation.ofMap(alone).remarks())
                .contains("delay_watch_checks 3, delay_wait_checks 4: taken as san_path_err_threshold 1,"
                        + " san_path_err_forget_rate 3, san_path_err_recovery_time 80");
        assertThat(Explanation.ofMap(beside).remarks())
                .contains("san_path_err_*, delay_*: no effect beside marginal_path_*")
                .noneMatch(remark -> remark.contains("taken as"));
    }

    @Test
    void whatFollowsFromAnotherKeywordIsToldAsThat() {
        var precedence = precedence("defaults {\nmax_polling_interval 40\nfeatures \"1 queue_if_no_path\"\n}\n");

        assertThat(told(Explanation.ofPath(precedence)))
                .contains("polling_interval 10 (defaults, follows from max_polling_interval) instead of 5 (built in)")
                .contains("max_polling_interval 40 (defaults, m.conf:2:1)");
        assertThat(told(Explanation.ofMap(precedence)))
                .contains("no_path_retry \"queue\" (defaults, features at m.conf:3:1)");
    }

    @Test
    void aPollingIntervalAboveTheLongestIsToldAsTheLongest() {
        var precedence = precedence("defaults {\npolling_interval 60\nmax_polling_interval 40\n}\n");

        assertThat(told(Explanation.ofPath(precedence)))
                .contains("polling_interval 40 (defaults, follows from max_polling_interval)"
                        + " instead of 60 (defaults, m.conf:2:1), 5 (built in)");
    }

    @Test
    void noPathRetryGoesBeforeTheFeature() {
        var precedence = precedence("defaults {\nno_path_retry fail\nfeatures \"1 queue_if_no_path\"\n}\n");

        assertThat(told(Explanation.ofMap(precedence))).contains("no_path_retry \"fail\" (defaults, m.conf:2:1)");
    }

    @Test
    void whatIsNotOfferedIsRemarkedOnWhereItBelongs() {
        var precedence = precedence("defaults {\nprio none\npath_grouping_policy group_by_serial\n}\n");

        assertThat(Explanation.ofPath(precedence).remarks()).contains("prio none is not offered yet, const is used");
        assertThat(Explanation.ofMap(precedence).remarks()).noneMatch(remark -> remark.contains("offered"));
    }

    @Test
    void whatADeviceMayTellOfItselfIsRemarkedOnWhileItIsAskedFor() {
        var asked = precedence("defaults {\ndetect_pgpolicy_use_tpg yes\n}\n");
        var not = precedence("defaults {\ndetect_checker no\ndetect_prio no\ndetect_pgpolicy no\n}\n");

        assertThat(Explanation.ofPath(asked).remarks())
                .hasSize(2)
                .anyMatch(remark -> remark.startsWith("detect_checker is on: rdac"))
                .anyMatch(remark -> remark.startsWith("detect_prio is on: sysfs or alua"));
        assertThat(Explanation.ofMap(asked).remarks())
                .singleElement()
                .asString()
                .startsWith("detect_pgpolicy is on: group_by_tpg");
        assertThat(Explanation.ofPath(not).remarks()).isEmpty();
        assertThat(Explanation.ofMap(not).remarks()).isEmpty();
    }

    private static List<String> names(Explanation explanation) {
        return explanation.settings().stream()
                .map(explained -> explained.keyword().name())
                .toList();
    }

    private static List<String> told(Explanation explanation) {
        return explanation.settings().stream().map(Explained::toString).toList();
    }

    private static Precedence precedence(String text) {
        return loaded(text).orElseGet(() -> Assertions.fail(text));
    }

    /** Empty when the text is refused. */
    private static Optional<Precedence> loaded(String text) {
        return loaded(text, "scsi:fcp");
    }

    private static Optional<Precedence> loaded(String text, String protocol) {
        return MultipathConf.load(List.of(new SourceFile("m.conf", text)), false)
                        instanceof Loaded.Usable(var conf, var problems)
                ? Optional.of(
                        Precedence.of(conf, new PathIdentity(new DeviceIdentity("V", "P", "1"), protocol, "3600a")))
                : Optional.empty();
    }
}
