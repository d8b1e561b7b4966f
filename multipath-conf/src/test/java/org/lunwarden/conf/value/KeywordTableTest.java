package org.lunwarden.conf.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.conf.text.ConfigText;
import org.lunwarden.conf.text.Problem;
import org.lunwarden.conf.text.Section;
import org.lunwarden.conf.text.SourceFile;
import org.lunwarden.vectors.Vectors;

class KeywordTableTest {

    private static final KeywordTable TABLE = KeywordTable.INSTANCE;

    /** The checklist: keyword, and the sections besides defaults by their letter; - for defaults alone. */
    static Stream<Arguments> checklist() {
        return Stream.of(
                        "verbosity -|polling_interval -|max_polling_interval -|reassign_maps -|path_selector dom",
                        "path_grouping_policy dom|detect_pgpolicy do|detect_pgpolicy_use_tpg do|uid_attrs -",
                        "uid_attribute do|prio dom|prio_args dom|detect_prio do|detect_checker do|path_checker do",
                        "checker do|features dom|retain_attached_hw_handler do|alias_prefix do|failback dom",
                        "rr_min_io dom|rr_min_io_rq dom|rr_weight dom|max_fds -|no_path_retry dom",
                        "queue_without_daemon -|checker_timeout -|allow_usb_devices -|flush_on_last_del dom",
                        "user_friendly_names dom|mode m|uid m|gid m|fast_io_fail_tmo dop|dev_loss_tmo dop|eh_deadline dop",
                        "max_retries -|log_checker_err -|reservation_key m|all_tg_pt do|force_sync -|strict_timing -",
                        "deferred_remove dom|partition_delimiter -|delay_watch_checks dom|delay_wait_checks dom",
                        "san_path_err_threshold dom|san_path_err_forget_rate dom|san_path_err_recovery_time dom",
                        "marginal_path_double_failed_time dom|marginal_path_err_sample_time dom",
                        "marginal_path_err_rate_threshold dom|marginal_path_err_recheck_gap_time dom",
                        "marginal_pathgroups -|find_multipaths -|find_multipaths_timeout -|uxsock_timeout -",
                        "retrigger_tries -|retrigger_delay -|missing_uev_wait_timeout -|skip_kpartx dom",
                        "remove_retries -|max_sectors_kb dom|ghost_delay dom|auto_resize -|enable_foreign -",
                        "recheck_wwid do|purge_disconnected dom|multipath_dir -|config_dir -|bindings_file -",
                        "wwids_file -|prkeys_file -|getuid_callout do|pg_timeout dm|disable_changed_wwids -")
                .flatMap(line -> Arrays.stream(line.split("\\|")))
                .map(entry -> arguments((Object[]) entry.split(" ")));
    }

    @ParameterizedTest
    @MethodSource("checklist")
    void aKeywordStandsWhereTheManualAllowsIt(String keyword, String letters) {
        var sections = letters.chars()
                .mapToObj(letter -> switch (letter) {
                    case 'd' -> Section.DEVICE;
                    case 'o' -> Section.OVERRIDES;
                    case 'm' -> Section.MULTIPATH;
                    case 'p' -> Section.PROTOCOL;
                    default -> Section.DEFAULTS;
                })
                .collect(Collectors.toSet());
        sections.add(Section.DEFAULTS);

        assertThat(TABLE.sections(keyword)).isEqualTo(sections);
    }

    @Test
    void theChecklistLeavesNoKeywordOfTheDefaultsOut() {
        var checked = checklist().map(row -> (String) row.get()[0]).collect(Collectors.toSet());

        assertThat(checked)
                .containsAll(
                        TABLE.of(Section.DEFAULTS).stream().map(Keyword::name).toList());
    }

    @Test
    void whatIsBuiltInIsReadAgainAsItIsWritten() {
        for (var section : Section.values()) {
            for (var keyword : TABLE.of(section)) {
                assertReadAgain(keyword);
            }
        }
    }

    private static <T> void assertReadAgain(Keyword<T> keyword) {
        keyword.builtIn()
                .ifPresent(value -> assertThat(
                                keyword.type().read(unquoted(keyword.type().write(value))))
                        .as(keyword.name())
                        .isEqualTo(new Value.Stored<>(value)));
    }

    static Stream<Arguments> recorded() { // keyword, text, what multipath -t of 0.9.4 printed for it; - for nothing
        return Stream.of(
                arguments("reservation_key", "0x0", "0x0"),
                arguments("reservation_key", "00", "0x0"),
                arguments("reservation_key", "0X12", "0x12"),
                arguments("reservation_key", "12:APTPL", "0x12"),
                arguments("reservation_key", "0x0:aptpl", "0x0:aptpl"),
                arguments("reservation_key", "0123456789abcdef", "0x123456789abcdef"),
                arguments("reservation_key", "123456789abcdef01", "fatal"),
                arguments("reservation_key", " 12", "fatal"),
                arguments("reservation_key", "12 ", "fatal"),
                arguments("reservation_key", "file:aptpl", "fatal"),
                arguments("reservation_key", "0x", "fatal"),
                arguments("reservation_key", "-1", "fatal"),
                arguments("reservation_key", "0", "fatal"),
                arguments("reservation_key", "0:aptpl", "fatal"),
                arguments("reservation_key", "", "fatal"),
                arguments("verbosity", "9", "4"),
                arguments("verbosity", "-1", "0"),
                arguments("uxsock_timeout", "+5000 ", "5000"),
                arguments("uxsock_timeout", "100", "4000"),
                arguments("no_path_retry", " 7 ", "7"),
                arguments("fast_io_fail_tmo", "+7", "7"),
                arguments("fast_io_fail_tmo", "0", "0"),
                arguments("dev_loss_tmo", " 50 x", "50"),
                arguments("dev_loss_tmo", "0x10", "-"),
                arguments("failback", "-3", "-"),
                arguments("mode", "1777", "-"),
                arguments("mode", "0640", "0640"),
                arguments("path_grouping_policy", "group_by", "-"),
                arguments("path_grouping_policy", "group_by_priority", "\"group_by_prio\""),
                arguments("path_selector", "io-affinity 1 x", "\"io-affinity 1 x\""),
                arguments("ghost_delay", "-4", "1"),
                arguments("find_multipaths_timeout", "99999999999", "2147483647"),
                arguments("max_sectors_kb", "99999999999", "2147483647"),
                arguments("retrigger_delay", "-3", "0"),
                arguments("eh_deadline", "off", "off"),
                arguments("features", "1  queue_if_no_path ", "\"1 queue_if_no_path\""),
                arguments("features", "", "-"),
                arguments("uid_attribute", "", "\"\""),
                arguments("alias_prefix", "", "\"\""),
                arguments("prio", "nosuch", "\"nosuch\""),
                arguments("max_fds", "max", "\"max\""));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void aValueIsWrittenAsTheReferenceWritesIt(String name, String text, String printed) {
        assertThat(written(TABLE.find(Section.DEFAULTS, name).orElseThrow(), text))
                .isEqualTo(printed);
    }

    @Test
    void anOwnerMayHaveAnyNumberThatTheKernelCanKeep() {
        var uid = TABLE.find(Section.DEFAULTS, "uid").orElseThrow();

        assertThat(Stream.of("0", "4294967294", "4294967295", "root").map(text -> written(uid, text)))
                .containsExactly("0", "4294967294", "4294967295", "\"root\"");
        assertThat(uid.type().read("4294967296")).isInstanceOf(Value.Rejected.class);
        assertThat(uid.type().read("99999999999999999999")).isInstanceOf(Value.Rejected.class);
    }

    private static <T> String written(Keyword<T> keyword, String text) {
        return switch (keyword.type().read(text)) {
            case Value.Stored<T>(var value) -> keyword.type().write(value);
            case Value.Doubtful<T>(var value, var problem) -> keyword.type().write(value);
            case Value.Unset<T> unset -> "-";
            case Value.Rejected<T> rejected -> "-";
            case Value.Fatal<T> fatal -> "fatal";
        };
    }

    static Stream<Arguments> quotes() {
        return Vectors.of("strings.json", "config_quote");
    }

    @Tag("vectors")
    @ParameterizedTest(name = "{0}")
    @MethodSource("quotes")
    void aTextIsQuotedAsTheReferenceQuotesIt(String id, JsonNode in, JsonNode expected) {
        assertThat(ValueType.quoted(in.get("text").asText()))
                .isEqualTo(expected.get("text").asText());
    }

    @Test
    void aSectionIsReadWithAllThatIsWrongInIt() {
        var problems = new ArrayList<Problem>();
        var text = "defaults {\n failback immediate\n failback 30\n no_path_retry -5\n user_friendly_names maybe\n"
                + " multipath_dir /x\n rr_min_io 7\n checker rdac\n prio alua\n prio_args \"\"\n}";
        var block = ConfigText.read(new SourceFile("m.conf", text), TABLE)
                .sections()
                .getFirst();

        var settings = SettingsReader.read(block, problems);

        assertThat(settings.stream().map(setting -> setting.origin() + " " + setting.text()))
                .containsExactly(
                        "m.conf:2:2 failback \"immediate\"",
                        "m.conf:3:2 failback 30",
                        "m.conf:4:2 no_path_retry 1",
                        "m.conf:7:2 rr_min_io 7",
                        "m.conf:8:2 path_checker \"rdac\"",
                        "m.conf:9:2 prio \"alua\"",
                        "m.conf:10:2 prio_args \"\"");
        assertThat(problems)
                .extracting(Problem::toString)
                .containsExactly(
                        "m.conf:4:16: error: no_path_retry \"-5\": less than 1, taken as that;"
                                + " expected fail, queue or a number of checks",
                        "m.conf:5:22: error: user_friendly_names \"maybe\": neither yes nor no, ignored; expected yes or no",
                        "m.conf:6:2: warning: multipath_dir has no effect any more",
                        "m.conf:7:2: warning: rr_min_io has no effect any more");
        assertThat(settings.get(MapKeywords.FAILBACK).orElseThrow().text()).isEqualTo("failback 30");
    }

    @Test
    void everyKeywordTellsItsMeaningAndWhatItExpects() {
        assertThat(Arrays.stream(Section.values())
                        .flatMap(section -> TABLE.of(section).stream())
                        .toList())
                .hasSizeGreaterThan(200)
                .allSatisfy(keyword -> {
                    assertThat(keyword.meaning()).as(keyword.name()).endsWith(".");
                    assertThat(keyword.type().expected()).as(keyword.name()).isNotBlank();
                });
        assertThat(TABLE.keywords()).doesNotContainAnyElementsOf(Set.of("device", "multipath"));
        assertThat(List.copyOf(TABLE.keywords())).isSorted();
    }

    private static String unquoted(String text) {
        return text.startsWith("\"") ? text.substring(1, text.length() - 1).replace("\"\"", "\"") : text;
    }
}
