package org.lunwarden.conf.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.conf.regex.Ere;
import org.lunwarden.conf.text.ConfigText;
import org.lunwarden.conf.text.Section;
import org.lunwarden.conf.text.SourceFile;
import org.lunwarden.conf.value.EntryKeywords;
import org.lunwarden.conf.value.Keyword;
import org.lunwarden.conf.value.KeywordTable;
import org.lunwarden.conf.value.Setting;
import org.lunwarden.conf.value.SettingsReader;

class HardwareTableTest {

    private static final HardwareTable BUILT_IN = HardwareTable.builtIn();

    @Test
    void theBuiltInTableHasTheRowsOfTheReference() {
        assertThat(BUILT_IN.entries()).hasSize(137);
        assertThat(said(Keyword::name))
                .containsAllEntriesOf(Map.of(
                        "path_grouping_policy",
                        125L,
                        "no_path_retry",
                        118L,
                        "failback",
                        88L,
                        "prio",
                        81L,
                        "path_checker",
                        33L,
                        "product_blacklist",
                        33L,
                        "features",
                        27L));
        assertThat(BUILT_IN.entries()).allSatisfy(entry -> {
            assertThat(Ere.parse(entry.settings().value(EntryKeywords.VENDOR).orElseThrow()))
                    .isInstanceOf(Ere.Parsed.Ok.class);
            assertThat(Ere.parse(entry.settings().value(EntryKeywords.PRODUCT).orElseThrow()))
                    .isInstanceOf(Ere.Parsed.Ok.class);
        });
    }

    private static Map<String, Long> said(Function<Keyword<?>, String> by) {
        return BUILT_IN.entries().stream()
                .flatMap(entry -> entry.settings().stream())
                .collect(Collectors.groupingBy(setting -> by.apply(setting.keyword()), Collectors.counting()));
    }

    static Stream<Arguments> devices() { // vendor, product -> rows, the settings of each but vendor and product
        return Stream.of(
                arguments(
                        "NETAPP  ",
                        "LUN C-Mode      ",
                        "78: path_grouping_policy \"group_by_prio\", features"
                                + " \"2 pg_init_retries 50\", prio \"ontap\", failback \"immediate\", no_path_retry \"queue\","
                                + " flush_on_last_del \"always\", dev_loss_tmo \"infinity\", user_friendly_names \"no\""),
                arguments(
                        "NVME    ",
                        "Pure Storage FlashArray",
                        "103: no_path_retry 10 | 1: path_grouping_policy"
                                + " \"group_by_prio\", uid_attribute \"ID_WWN\", path_checker \"none\", failback \"immediate\""),
                arguments(
                        "HITACHI ",
                        "DF600F          ",
                        "46: path_grouping_policy \"multibus\" | 45:"
                                + " path_grouping_policy \"group_by_prio\", prio \"hds\", failback \"immediate\","
                                + " no_path_retry \"queue\""),
                arguments(
                        "NVME    ",
                        "IBM     2145",
                        "65: no_path_retry \"queue\" | 1: path_grouping_policy"
                                + " \"group_by_prio\", uid_attribute \"ID_WWN\", path_checker \"none\", failback \"immediate\""),
                arguments(
                        "VIOLIN  ",
                        "SAN ARRAY       ",
                        "114: path_grouping_policy \"group_by_serial\"," + " no_path_retry 30"),
                arguments("Linux   ", "scsi_debug      ", ""));
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aDeviceHasTheSettingsOfAllRowsThatMatchIt(String vendor, String product, String expected) {
        var rows = BUILT_IN.matching(new DeviceIdentity(vendor, product, "0001"));

        assertThat(rows.stream().map(HardwareTableTest::shown).collect(Collectors.joining(" | ")))
                .isEqualTo(expected);
    }

    /** In the order in which a section is printed, as the reference prints it. */
    private static String shown(DeviceEntry entry) {
        var row = entry.settings()
                .get(EntryKeywords.VENDOR)
                .orElseThrow()
                .origin()
                .toString();
        return row.substring(row.lastIndexOf(' ') + 1) + ": "
                + KeywordTable.INSTANCE.of(Section.DEVICE).stream()
                        .skip(2)
                        .flatMap(keyword -> entry.settings().get(keyword).stream())
                        .map(Setting::text)
                        .collect(Collectors.joining(", "));
    }

    @Test
    void anEntryForTheSameDevicesTakesTheEarlierOneInAndItsOwnPlace() {
        var table = BUILT_IN.and(List.of(entry("vendor NETAPP", "product .*", "failback 7")))
                .and(List.of(entry("vendor NETAPP", "product LUN", "failback manual")));

        var rows = table.matching(new DeviceIdentity("NETAPP", "LUN", ""));

        assertThat(table.entries()).hasSize(138);
        assertThat(rows).hasToString("[NETAPP/LUN, NETAPP/.*]");
        assertThat(rows.getFirst().settings().stream().map(setting -> setting.origin() + " " + setting.text()))
                .contains("built-in hardware table, row 78 prio \"ontap\"")
                .containsSubsequence(
                        "built-in hardware table, row 78 failback \"immediate\"", "m.conf:5:1 failback \"manual\"");
    }

    static Stream<Arguments> entries() { // lines of an entry, revision of the device -> whether it matches
        return Stream.of(
                arguments("vendor foo|product bar", "1", true),
                arguments("vendor foo|product bar|revision 2", "1", false),
                arguments("vendor foo|product bar|revision ^1", "12", true),
                arguments("vendor oo|product ^ba", "1", true),
                arguments("vendor FOO|product bar", "1", false),
                arguments("vendor \"\"|product \"\"", "1", true),
                arguments("vendor \"[\"|product bar", "1", false),
                arguments("vendor foo|product bar|revision \"(\"", "1", false));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void anEntryMatchesByAllItsExpressions(String lines, String revision, boolean matches) {
        assertThat(entry(lines.split("\\|")).matches(new DeviceIdentity("foo  ", "bar ", revision)))
                .isEqualTo(matches);
    }

    @Test
    void settingsWithoutVendorOrProductAreNoEntry() {
        var block = ConfigText.read(
                        new SourceFile("m.conf", "devices {\ndevice {\nvendor foo\n}\n}"), KeywordTable.INSTANCE)
                .sections()
                .getFirst();

        assertThat(block.blocks(Section.DEVICE).map(device -> SettingsReader.read(device, new ArrayList<>())))
                .allSatisfy(settings -> assertThat(DeviceEntry.of(settings)).isEmpty());
    }

    private static DeviceEntry entry(String... lines) {
        var text = "devices {\ndevice {\n" + String.join("\n", lines) + "\n}\n}";
        var block = ConfigText.read(new SourceFile("m.conf", text), KeywordTable.INSTANCE)
                .sections()
                .getFirst();
        return block.blocks(Section.DEVICE)
                .map(device -> SettingsReader.read(device, new ArrayList<>()))
                .flatMap(settings -> DeviceEntry.of(settings).stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError(Arrays.toString(lines)));
    }
}
