package org.lunwarden.conf.effective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.conf.hardware.DeviceIdentity;
import org.lunwarden.conf.load.Loaded;
import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.text.Section;
import org.lunwarden.conf.text.SourceFile;
import org.lunwarden.conf.value.KeywordTable;
import org.lunwarden.conf.value.PathKeywords;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.NoPathRetry;
import org.lunwarden.model.settings.PrioKind;

class PrecedenceTest {

    private static final String LAYERS = """
            defaults {
            failback 1
            no_path_retry 1
            fast_io_fail_tmo 1
            prio sysfs
            prio_args exclusive_pref_bit
            }
            devices {
            device {
            vendor N
            product LUN
            failback 2
            no_path_retry 2
            fast_io_fail_tmo 2
            path_checker directio
            }
            device {
            vendor NETAPP
            product LUN
            no_path_retry 3
            prio_args lonely
            }
            }
            overrides {
            no_path_retry 4
            fast_io_fail_tmo 4
            protocol {
            type "scsi:fcp"
            fast_io_fail_tmo 5
            }
            }
            multipaths {
            multipath {
            wwid 36
            no_path_retry 6
            }
            }
            """;

    static Stream<Arguments> explained() { // protocol, wwid, keyword -> what holds, and what it overrode
        return Stream.of(
                arguments(
                        "scsi:fcp",
                        "36",
                        "no_path_retry",
                        "no_path_retry 6 (multipaths, m.conf:35:1) instead of"
                                + " 4 (overrides, m.conf:25:1), 3 (devices, m.conf:20:1), \"queue\" (devices, built-in hardware"
                                + " table, row 78), 2 (devices, m.conf:13:1), 1 (defaults, m.conf:3:1)"),
                arguments(
                        "scsi:fcp",
                        "3",
                        "no_path_retry",
                        "no_path_retry 4 (overrides, m.conf:25:1) instead of"
                                + " 3 (devices, m.conf:20:1), \"queue\" (devices, built-in hardware"
                                + " table, row 78), 2 (devices, m.conf:13:1), 1 (defaults, m.conf:3:1)"),
                arguments(
                        "scsi:fcp",
                        "36",
                        "fast_io_fail_tmo",
                        "fast_io_fail_tmo 5 (overrides/protocol, m.conf:29:1)"
                                + " instead of 4 (overrides, m.conf:26:1), 2 (devices, m.conf:14:1), 1 (defaults, m.conf:4:1),"
                                + " 5 (built in)"),
                arguments(
                        "scsi:sas",
                        "36",
                        "fast_io_fail_tmo",
                        "fast_io_fail_tmo 4 (overrides, m.conf:26:1)"
                                + " instead of 2 (devices, m.conf:14:1), 1 (defaults, m.conf:4:1), 5 (built in)"),
                arguments(
                        "scsi:fcp",
                        "36",
                        "failback",
                        "failback \"immediate\" (devices, built-in hardware table, row"
                                + " 78) instead of 2 (devices, m.conf:12:1), 1 (defaults, m.conf:2:1), \"manual\" (built in)"),
                arguments(
                        "scsi:fcp",
                        "36",
                        "prio",
                        "prio \"ontap\" (devices, built-in hardware table, row 78) instead"
                                + " of \"sysfs\" (defaults, m.conf:5:1), \"const\" (built in)"),
                arguments("scsi:fcp", "36", "eh_deadline", "eh_deadline is not set"),
                arguments("scsi:fcp", "36", "skip_kpartx", "skip_kpartx \"no\" (built in)"));
    }

    @ParameterizedTest
    @MethodSource("explained")
    void everyValueTellsWhereItComesFromAndWhatItOverrode(
            String protocol, String wwid, String keyword, String expected) {
        var precedence = precedence(LAYERS, "NETAPP", protocol, wwid);

        assertThat(precedence.explain(
                        KeywordTable.INSTANCE.find(Section.DEFAULTS, keyword).orElseThrow()))
                .hasToString(expected);
    }

    /** As multipath-tools 0.9.4 does: in each case it logged these arguments, and these prioritizers. */
    static Stream<Arguments> prioritizers() { // defaults, device, overrides -> prio, prio_args
        return Stream.of(
                arguments("prio alua|prio_args exclusive_pref_bit", "prio const", "", "const", ""),
                arguments("prio alua", "prio_args exclusive_pref_bit", "", "alua", ""),
                arguments(
                        "", "prio alua|prio_args exclusive_pref_bit", "prio_args lonely", "alua", "exclusive_pref_bit"),
                arguments("prio_args lonely", "", "", "const", ""));
    }

    @ParameterizedTest
    @MethodSource("prioritizers")
    void argumentsHoldOnlyForThePrioritizerTheyStandBeside(
            String defaults, String device, String overrides, String prio, String args) {
        var conf = "defaults {|" + defaults + "|}|devices {|device {|vendor L|product s|" + device + "|}|}|overrides {|"
                + overrides + "|}";

        var precedence = precedence(conf.replace('|', '\n'), "L", "scsi:sas", "");

        assertThat(precedence.value(PathKeywords.PRIO)).contains(prio);
        assertThat(precedence.value(PathKeywords.PRIO_ARGS)).contains(args);
    }

    /** As multipath-tools 0.9.4 does: the prio of one entry for a device, the arguments of another. */
    @Test
    void ofEntriesForADevicePrioritizerAndArgumentsAreFoundEachByItself() {
        var first = "device {|vendor L|product s|prio weightedpath|prio_args \"hbtl .* 7\"|}|";
        var argsLater = "device {|vendor L|product s+|prio_args \"hbtl .* 9\"|}|";
        var prioLater = "device {|vendor L|product s+|prio random|}|";

        assertThat(args("devices {|" + first + argsLater + "}")).contains("hbtl .* 9");
        assertThat(args("devices {|" + first + prioLater + "}")).contains("hbtl .* 7");
        assertThat(args("devices {|" + first + argsLater + "}|overrides {|prio random|}"))
                .contains("");
    }

    private static Optional<String> args(String conf) {
        return precedence(conf.replace('|', '\n'), "L", "scsi:sas", "").value(PathKeywords.PRIO_ARGS);
    }

    static Stream<Arguments> pauses() { // defaults -> shortest, longest in seconds
        return Stream.of(
                arguments("", 5, 20),
                arguments("polling_interval 3", 3, 12),
                arguments("max_polling_interval 40", 10, 40),
                arguments("max_polling_interval 2", 1, 2),
                arguments("polling_interval 9|max_polling_interval 4", 4, 4),
                arguments("polling_interval 0", 5, 20));
    }

    @ParameterizedTest
    @MethodSource("pauses")
    void thePausesBetweenChecksFollowFromEachOther(String defaults, int shortest, int longest) {
        assertThat(defaults(defaults).intervals())
                .isEqualTo(new CheckIntervals(Duration.ofSeconds(shortest), Duration.ofSeconds(longest)));
    }

    static Stream<Arguments> wwidProperties() { // defaults, node -> property
        return Stream.of(
                arguments("", "sda", "ID_SERIAL"),
                arguments("uid_attribute ID_X", "sda", "ID_X"),
                arguments("uid_attribute \"\"", "sda", ""),
                arguments("uid_attrs \"sd:ID_A sd:ID_B nvme:ID_C\"", "sda", "ID_A"),
                arguments("uid_attrs \"sd:ID_A nvme:ID_C\"", "dasda", "ID_SERIAL"),
                arguments("uid_attrs \"sd:ID_FOO typo\"", "sda", "ID_FOO"),
                arguments("uid_attrs \"typo :x y: a:b:c sd:ID_FOO\"", "sda", "ID_FOO"),
                arguments("uid_attrs \"typo\"", "sda", "ID_SERIAL"));
    }

    @ParameterizedTest
    @MethodSource("wwidProperties")
    void theBeginningOfANodesNameMayTellWhereItsWwidIs(String defaults, String devnode, String property) {
        assertThat(defaults(defaults).wwidProperty(devnode)).isEqualTo(property);
    }

    static Stream<Arguments> queueing() { // defaults -> no_path_retry, features that are left
        return Stream.of(
                arguments("features \"1 queue_if_no_path\"", "Optional[Queue[]]", List.of()),
                arguments("features \"1 queue_if_no_path\"|no_path_retry fail", "Optional[Fail[]]", List.of()),
                arguments(
                        "features \"3 pg_init_retries 5 retain_attached_hw_handler\"",
                        "Optional.empty",
                        List.of("pg_init_retries", "5")),
                arguments("", "Optional.empty", List.of()));
    }

    @ParameterizedTest
    @MethodSource("queueing")
    void featuresWithAKeywordOfTheirOwnAreFoldedIntoIt(String defaults, String noPathRetry, List<String> features) {
        var queueing = Queueing.of(defaults(defaults));

        assertThat(queueing.noPathRetry()).hasToString(noPathRetry);
        assertThat(queueing.features()).isEqualTo(features);
    }

    static Stream<Arguments> shaky() { // defaults -> the method in force, how many sentences about what is not
        var counted = "san_path_err_threshold 2|san_path_err_forget_rate 3|san_path_err_recovery_time 4";
        var marginal = "marginal_path_double_failed_time 6|marginal_path_err_rate_threshold 8"
                + "|marginal_path_err_recheck_gap_time 9|marginal_path_err_sample_time ";
        return Stream.of(
                arguments("", "None[]", 0),
                arguments(counted, "Counted[threshold=2, forgetRate=3, recovery=PT4S]", 0),
                arguments("san_path_err_threshold 2|san_path_err_forget_rate 3", "None[]", 1),
                arguments(
                        "delay_watch_checks 3|delay_wait_checks 4|max_polling_interval 10",
                        "Counted[threshold=1, forgetRate=3, recovery=PT40S]",
                        1),
                arguments("delay_wait_checks 4", "None[]", 1),
                arguments(counted + "|delay_watch_checks 9", "Counted[threshold=2, forgetRate=3, recovery=PT4S]", 1),
                arguments(
                        marginal + "130",
                        "Sampled[doubleFailed=PT6S, sample=PT2M10S, threshold=8, recheckGap=PT9S]",
                        0),
                arguments(marginal + "30", "Sampled[doubleFailed=PT6S, sample=PT2M, threshold=8, recheckGap=PT9S]", 1),
                arguments(
                        marginal + "130|" + counted,
                        "Sampled[doubleFailed=PT6S, sample=PT2M10S, threshold=8, recheckGap=PT9S]",
                        1),
                arguments(marginal + "no", "None[]", 1),
                arguments(marginal + "130|marginal_pathgroups fpin", "Fabric[]", 1));
    }

    @ParameterizedTest
    @MethodSource("shaky")
    void atMostOneMethodAgainstShakyPathsIsInForce(String defaults, String method, int remarks) {
        var precedence = defaults(defaults);

        var shaky = ShakyPaths.of(precedence);

        assertThat(shaky.rule()).hasToString(method);
        assertThat(shaky.remarks()).hasSize(remarks);
    }

    @Test
    void theEngineIsGivenWhatItKnowsAndTheRestIsNamed() {
        var known = EngineSettings.of(precedence("", "LIO-ORG", "scsi:iscsi", ""));
        var unknown = EngineSettings.of(precedence("defaults {\nprio none\n}", "NEXENTA", "scsi:fcp", ""));

        assertThat(known.notOffered()).isEmpty();
        assertThat(known.path().checker()).isEqualTo(CheckerKind.DIRECTIO);
        assertThat(known.path().prio()).isEqualTo(PrioKind.ALUA);
        assertThat(known.map().grouping()).isEqualTo(GroupingPolicy.GROUP_BY_PRIO);
        assertThat(known.map().failback()).isEqualTo(new Failback.Immediate());
        assertThat(known.map().noPathRetry()).isEqualTo(new NoPathRetry.Retry(12));
        assertThat(unknown.notOffered())
                .extracting(Object::toString)
                .containsExactly("prio none is not offered yet, const is used");
        assertThat(unknown.map().grouping()).isEqualTo(GroupingPolicy.GROUP_BY_SERIAL);
    }

    private static Precedence defaults(String lines) {
        return precedence("defaults {\n" + lines.replace('|', '\n') + "\n}", "Linux", "scsi:sas", "");
    }

    /** For a device whose product is LUN, scsi_debug or COMSTAR, by what its vendor has. */
    private static Precedence precedence(String text, String vendor, String protocol, String wwid) {
        var product = vendor.equals("NETAPP") ? "LUN" : vendor.equals("NEXENTA") ? "COMSTAR" : "scsi_debug";
        var path = new PathIdentity(new DeviceIdentity(vendor, product, "1"), protocol, wwid);
        return switch (MultipathConf.load(List.of(new SourceFile("m.conf", text)), false)) {
            case Loaded.Usable(var conf, var problems) -> Precedence.of(conf, path);
            case Loaded.Refused(var problems) -> throw new AssertionError(problems);
        };
    }
}
