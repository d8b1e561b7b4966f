package org.lunwarden.conf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.conf.hardware.DeviceEntry;
import org.lunwarden.conf.text.Problem;
import org.lunwarden.conf.text.SourceFile;
import org.lunwarden.conf.value.EntryKeywords;
import org.lunwarden.conf.value.MapKeywords;
import org.lunwarden.conf.value.Setting;
import org.lunwarden.model.settings.Failback;

class MultipathConfTest {

    @Test
    void aLaterFileTakesPrecedenceAndItsEntriesAreLaidOverEarlierOnes() {
        var conf = usable(
                "defaults {|failback immediate|prio alua|}|multipaths {|multipath {|wwid a|alias one|}|}",
                "defaults {|failback manual|}|multipaths {|multipath {|wwid b|}|multipath {|wwid a|alias two|}|}");

        assertThat(conf.defaults().all(MapKeywords.FAILBACK).stream()
                        .map(setting -> setting.origin() + " " + setting.text()))
                .containsExactly("0.conf:2:1 failback \"immediate\"", "1.conf:2:1 failback \"manual\"");
        assertThat(conf.multipaths().stream()).hasSize(2);
        assertThat(conf.multipath("a").flatMap(entry -> entry.value(EntryKeywords.ALIAS)))
                .contains("two");
    }

    /** As 0.9.4 dumps it: of the entries, what an earlier one says holds again. */
    @Test
    void whatIsTakenBackInASectionDoesNotHoldFromAnEarlierOneEither() {
        var conf = usable(
                "defaults {|failback immediate|max_sectors_kb 8|}|overrides {|failback 7|dev_loss_tmo 31|}"
                        + "|devices {|device {|vendor A|product B|failback 7|}|device {|vendor C|product D|failback 7"
                        + "|failback 0|}|}|multipaths {|multipath {|wwid a|failback 7|}|}",
                "defaults {|failback 0|max_sectors_kb 0|}|overrides {|failback 0|dev_loss_tmo 0|}"
                        + "|devices {|device {|vendor A|product B|failback 0|}|}"
                        + "|multipaths {|multipath {|wwid a|failback 0|}|}");

        assertThat(conf.defaults().stream()).isEmpty();
        assertThat(conf.overrides().stream()).isEmpty();
        assertThat(conf.devices().entries().reversed().stream()
                        .limit(2)
                        .map(entry -> entry + " "
                                + entry.settings().get(MapKeywords.FAILBACK).map(Setting::text)))
                .containsExactly("A/B Optional[failback 7]", "C/D Optional.empty");
        assertThat(conf.multipath("a").flatMap(entry -> entry.value(MapKeywords.FAILBACK)))
                .contains(new Failback.Deferred(Duration.ofSeconds(7)));
    }

    @Test
    void aFatalProblemOfTheMainFileRefusesTheWholeConfiguration() {
        var loaded = load("blacklist {|wwid \"(\"|}", "defaults {|prio alua|}");

        assertThat(loaded).isInstanceOf(Loaded.Refused.class);
        assertThat(loaded.problems())
                .extracting(Problem::toString)
                .containsExactly("0.conf:2:7: fatal: wwid \"(\": ( is not closed at character 1; expected"
                        + " a POSIX extended regular expression, after ! where it must not match");
    }

    @Test
    void aProductThatIsToBeLeftAloneAndCannotBeReadRefusesTheFile() {
        var malformed = load("devices {|device {|vendor V|product P|product_blacklist \"(\"|}|}");
        var vendor = load("devices {|device {|vendor \"[\"|product P|product_blacklist LUNZ|}|}");

        assertThat(malformed).isInstanceOf(Loaded.Refused.class);
        assertThat(malformed.problems())
                .singleElement()
                .asString()
                .startsWith("0.conf:5:20: fatal: product_blacklist \"(\": ( is not closed");
        assertThat(vendor).isInstanceOf(Loaded.Refused.class);
        assertThat(vendor.problems())
                .extracting(Problem::toString)
                .anyMatch(problem -> problem.startsWith("0.conf:5:1: fatal: product_blacklist beside a vendor"));
    }

    @Test
    void aDropInWithAFatalProblemIsLeftOut() {
        var loaded = load(
                "defaults {|prio alua|}",
                "defaults {|failback 3|}|multipaths {|multipath {|wwid a|reservation_key xyz|}|}",
                "defaults {|failback 4|}");

        assertThat(loaded)
                .isInstanceOfSatisfying(
                        Loaded.Usable.class,
                        usable -> assertThat(usable.conf().defaults().stream().map(Setting::text))
                                .containsExactly("prio \"alua\"", "failback 4"));
        assertThat(loaded.problems()).hasSize(1);
    }

    @Test
    void allThatIsWrongIsNamedInTheOrderOfTheText() {
        var loaded = load(
                "defaults {|prio_args x|features \"1 queue_if_no_path\"|polling_interval 9|max_polling_interval 4|}"
                        + "|devices {|device {|vendor V|}|device {|vendor V|product P|}|device {|vendor V|product P|prio nosuch|}|}"
                        + "|overrides {|protocol {|type bogus|}|protocol {|dev_loss_tmo 3|}|}"
                        + "|multipaths {|multipath {|alias x|}|multipath {|wwid a|alias a/b|}|multipath {|wwid a|}|}");

        assertThat(loaded.problems().stream()
                        .map(problem -> problem.at().line() + " " + problem.severity() + " " + problem.found()))
                .containsExactly(
                        "2 WARNING prio_args has no effect without prio in the same section",
                        "3 WARNING queue_if_no_path is outdated, and taken only where no_path_retry is not set",
                        "4 WARNING polling_interval is more than max_polling_interval, taken as that",
                        "8 ERROR a device without vendor or product, ignored",
                        "15 WARNING a device V/P stands above already; both hold, this one first",
                        "18 ERROR prio \"nosuch\": no prioritizer that is known",
                        "22 ERROR a protocol without type, ignored",
                        "23 ERROR type \"bogus\": not one of its words, ignored",
                        "25 ERROR a protocol without type, ignored",
                        "30 ERROR a multipath without wwid, ignored",
                        "35 ERROR alias \"a/b\": no name of a map, ignored",
                        "37 WARNING a multipath of this wwid stands above already; both hold, this one first");
    }

    @Test
    void anAliasThatTwoUnitsAreToHaveIsNamedInOneFileAndAcrossTwo() {
        var one = load("multipaths {|multipath {|wwid a|alias x|}|multipath {|wwid b|alias x|}|}");
        var two = load("multipaths {|multipath {|wwid a|alias x|}|}", "multipaths {|multipath {|wwid b|alias x|}|}");
        var same = load("multipaths {|multipath {|wwid a|alias x|}|}", "multipaths {|multipath {|wwid a|alias x|}|}");
        var given = load("multipaths {|multipath {|wwid a|alias x|}|}", GIVEN_AWAY);

        assertThat(one.problems())
                .extracting(Problem::toString)
                .containsExactly("0.conf:8:1: error: alias \"x\" is that of unit a too; only one map can have it;"
                        + " expected another alias");
        assertThat(two.problems()).singleElement().asString().startsWith("1.conf:4:1: error: alias \"x\"");
        assertThat(same.problems()).isEmpty();
        assertThat(given.problems()).as("unit a is called y then").isEmpty();
    }

    @Test
    void intervalsOfTwoFilesThatDoNotFitAreNamedOnce() {
        var loaded = load("defaults {|max_polling_interval 4|}", "defaults {|polling_interval 9|}");

        assertThat(loaded.problems())
                .singleElement()
                .asString()
                .startsWith("1.conf:2:1: warning: polling_interval is more than max_polling_interval (0.conf:2:1)");
    }

    @Test
    void anExpressionOfArgumentsThatIsNoneIsNamed() {
        var loaded = load("defaults {|prio weightedpath|prio_args \"devname sd[a 1 sdb 2\"|}");

        assertThat(loaded.problems())
                .singleElement()
                .asString()
                .startsWith("0.conf:3:1: error: weightedpath \"sd[a\": matches nothing: ");
    }

    private static final String GIVEN_AWAY = "multipaths {|multipath {|wwid a|alias y|}|multipath {|wwid b|alias x|}|}";

    static Stream<Arguments> recorded() { // file; lines of which 0.9.4 complains; lines of which only Lunwarden does
        return Stream.of(
                arguments("nest.conf", List.of(2, 5, 6, 12, 13, 14, 15), List.of()),
                arguments(
                        "odd.conf",
                        List.of(
                                2, 3, 4, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 23, 24, 26, 27, 28, 29,
                                30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 43, 44, 45, 46, 66, 70, 76, 78, 80, 82,
                                83, 93),
                        List.of(60, 67, 68, 71, 77)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recorded")
    void aProblemIsFoundWhereTheReferenceFindsOne(String file, List<Integer> both, List<Integer> ours)
            throws IOException {
        try (var in = Objects.requireNonNull(MultipathConfTest.class.getResourceAsStream(file))) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);

            var loaded = MultipathConf.load(List.of(new SourceFile(file, text)), false);

            assertThat(loaded.problems().stream()
                            .map(problem -> problem.at().line())
                            .distinct())
                    .containsExactlyElementsOf(
                            Stream.concat(both.stream(), ours.stream()).sorted().toList());
        }
    }

    @Test
    void productBlacklistsOfEntriesAreRulesThatKnowTheirOrigin() {
        var conf = usable("devices {|device {|vendor V|product P|product_blacklist LUNZ|}|}");

        assertThat(conf.blacklist().blacklist().device())
                .extracting(Object::toString)
                .contains(
                        "vendor \"^DGC\" product \"LUNZ\" (built-in hardware table, row 29)",
                        "vendor \"V\" product \"LUNZ\" (0.conf:5:1)");
    }

    @Test
    void noFilesMakeLoadingFail() {
        var seed = 99L;
        var random = new Random(seed);
        var lines = List.of(
                "defaults {",
                "devices {",
                "device {",
                "overrides {",
                "protocol {",
                "multipaths {",
                "multipath {",
                "blacklist {",
                "}",
                "}",
                "vendor V",
                "product \"[\"",
                "type \"scsi:fcp\"",
                "wwid a",
                "prio alua",
                "failback -1",
                "no_path_retry x",
                "features \"9\"",
                "devnode a",
                "product_blacklist \"A\"",
                "\"",
                "{");
        for (var round = 0; round < 1_000; round++) {
            var text = random.ints(25, 0, lines.size()).mapToObj(lines::get).collect(Collectors.joining("\n"));

            var loaded = MultipathConf.load(List.of(new SourceFile("f", text)), random.nextBoolean());

            assertThat(loaded.problems()).as("seed %d: %s", seed, text).isNotNull();
            if (loaded instanceof Loaded.Usable(var conf, var problems)) {
                assertThat(conf.devices().entries())
                        .extracting(DeviceEntry::toString)
                        .doesNotHaveDuplicates();
            }
        }
    }

    private static MultipathConf usable(String... files) {
        return switch (load(files)) {
            case Loaded.Usable(var conf, var problems) -> conf;
            case Loaded.Refused(var problems) -> throw new AssertionError(problems);
        };
    }

    /** Files named by their number, their lines parted by bars. */
    private static Loaded load(String... texts) {
        var files = new ArrayList<SourceFile>();
        for (var text : texts) {
            files.add(new SourceFile(files.size() + ".conf", text.replace('|', '\n')));
        }
        return MultipathConf.load(files, false);
    }
}
