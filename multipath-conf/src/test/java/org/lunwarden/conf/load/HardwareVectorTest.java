package org.lunwarden.conf.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.conf.blacklist.Candidate;
import org.lunwarden.conf.effective.PathIdentity;
import org.lunwarden.conf.effective.Precedence;
import org.lunwarden.conf.hardware.DeviceIdentity;
import org.lunwarden.conf.print.ConfigPrinter;
import org.lunwarden.conf.text.Section;
import org.lunwarden.conf.text.SourceFile;
import org.lunwarden.conf.value.Keyword;
import org.lunwarden.conf.value.KeywordTable;
import org.lunwarden.conf.value.ValueType;
import org.lunwarden.vectors.Vectors;

@Tag("vectors")
class HardwareVectorTest {

    /** Whether the kernel hides a disk is for those to see who read sysfs. */
    static Stream<Arguments> vectors() {
        return Vectors.of(
                "hwtable.json", vector -> !vector.at("/in/op").asText().equals("hidden"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void aDeviceIsTreatedAsTheReferenceTreatsIt(String id, JsonNode in, JsonNode expected) {
        switch (in.get("op").asText()) {
            case "device_properties" -> deviceProperties(in, expected.get("results"));
            case "map_properties" -> mapProperties(in, expected);
            case "roundtrip" -> roundTrip(expected);
            case "device_blacklist" ->
                blacklisted(lists(in, "devices"), in.get("devices"), expected.get("blacklisted"));
            case "wwid_blacklist" -> blacklisted(lists(in, "wwid"), in.get("wwids"), expected.get("blacklisted"));
            case "hwtable_product_blacklist" ->
                blacklisted(devices(in.get("devices_config")), in.get("devices"), expected.get("blacklisted"));
            default -> throw new AssertionError(in);
        }
    }

    private static void deviceProperties(JsonNode in, JsonNode expected) {
        var files = new ArrayList<SourceFile>();
        in.get("config_files")
                .forEach(file -> files.add(
                        new SourceFile(file.get("file").asText(), String.join("\n", devices(file.get("devices"))))));
        var identities = new ArrayList<DeviceIdentity>();
        in.get("devices").forEach(device -> identities.add(path(device).device()));
        for (var conf : asWrittenAndAsPrinted(usable(files), identities)) {
            for (var index = 0; index < expected.size(); index++) {
                var precedence = Precedence.of(conf, path(in.get("devices").get(index)));
                expected.get(index)
                        .properties()
                        .forEach(property -> assertThat(shown(precedence, property.getKey()))
                                .as(property.getKey())
                                .isEqualTo(property.getValue().asText()));
            }
        }
    }

    /** The reference's test runs every case again on what it has printed, whole and for the devices alone. */
    private static List<MultipathConf> asWrittenAndAsPrinted(MultipathConf conf, List<DeviceIdentity> devices) {
        var local = new MultipathConf(
                conf.defaults(),
                conf.blacklist(),
                conf.devices().forOnly(devices),
                conf.overrides(),
                conf.protocols(),
                conf.multipaths());
        return List.of(conf, printedAndLoaded(conf), printedAndLoaded(local));
    }

    private static MultipathConf printedAndLoaded(MultipathConf conf) {
        return usable(List.of(new SourceFile("printed.conf", ConfigPrinter.print(conf))));
    }

    private static void roundTrip(JsonNode expected) {
        assertThat(expected.get("second_print_equals_first").asBoolean()).isTrue();
        var conf = usable(List.of());
        var first = ConfigPrinter.print(conf);
        assertThat(ConfigPrinter.print(printedAndLoaded(conf))).isEqualTo(first);
    }

    private static void mapProperties(JsonNode in, JsonNode expected) {
        var lines = new ArrayList<>(devices(in.path("devices_config")));
        lines.add("multipaths {");
        in.get("multipaths").forEach(entry -> lines.addAll(entry("multipath", entry)));
        lines.add("}");
        var written = usable(List.of(new SourceFile("multipath.conf", String.join("\n", lines))));

        for (var conf : List.of(written, printedAndLoaded(written))) {
            for (var index = 0; index < in.get("paths").size(); index++) {
                var precedence = Precedence.of(conf, path(in.get("paths").get(index)));
                for (var property : expected.properties()) {
                    if (property.getValue().isArray()) {
                        assertThat(shown(precedence, property.getKey()))
                                .as(property.getKey())
                                .isEqualTo(property.getValue().get(index).asText());
                    }
                }
            }
        }
    }

    private static void blacklisted(List<String> lines, JsonNode disks, JsonNode expected) {
        var conf = usable(List.of(new SourceFile("multipath.conf", String.join("\n", lines))));

        for (var index = 0; index < expected.size(); index++) {
            var disk = disks.get(index);
            var candidate = new Candidate(
                    "sda", "scsi:fcp", disk.path(0).asText(), disk.path(1).asText(), disk.asText(), List.of(), "");
            assertThat(conf.blacklist().judge(candidate).isBlacklisted())
                    .as("%s", disk)
                    .isEqualTo(expected.get(index).asBoolean());
        }
    }

    private static List<String> lists(JsonNode in, String kind) {
        var lines = new ArrayList<String>();
        for (var list : List.of("blacklist", "exceptions")) {
            lines.add((list.equals("exceptions") ? "blacklist_exceptions" : list) + " {");
            in.path(list).forEach(rule -> {
                if (kind.equals("wwid")) {
                    lines.add("wwid " + ValueType.quoted(rule.asText()));
                } else {
                    lines.add("device {");
                    lines.add("vendor " + ValueType.quoted(rule.get(0).asText()));
                    lines.add("product " + ValueType.quoted(rule.get(1).asText()));
                    lines.add("}");
                }
            });
            lines.add("}");
        }
        return lines;
    }

    private static List<String> devices(JsonNode entries) {
        var lines = new ArrayList<String>();
        lines.add("devices {");
        entries.forEach(entry -> lines.addAll(entry("device", entry)));
        lines.add("}");
        return lines;
    }

    private static List<String> entry(String section, JsonNode entry) {
        var lines = new ArrayList<String>();
        lines.add(section + " {");
        entry.properties()
                .forEach(field -> lines.add(
                        field.getKey() + " " + ValueType.quoted(field.getValue().asText())));
        lines.add("}");
        return lines;
    }

    private static PathIdentity path(JsonNode path) {
        return new PathIdentity(
                new DeviceIdentity(
                        path.get("vendor").asText(), path.get("product").asText(), "0"),
                "scsi:fcp",
                path.path("wwid").asText());
    }

    private static MultipathConf usable(List<SourceFile> files) {
        return switch (MultipathConf.load(files, false)) {
            case Loaded.Usable(var conf, var problems) -> conf;
            case Loaded.Refused(var problems) -> throw new AssertionError(problems);
        };
    }

    /** As it would stand in a file, without quotes; {@code null} for what is not set. */
    private static String shown(Precedence precedence, String property) {
        var name = property.equals("minio") ? "rr_min_io_rq" : property;
        return Stream.of(Section.DEFAULTS, Section.DEVICE, Section.MULTIPATH)
                .flatMap(section -> KeywordTable.INSTANCE.find(section, name).stream())
                .findFirst()
                .map(keyword -> shown(precedence, keyword))
                .orElseThrow();
    }

    private static <T> String shown(Precedence precedence, Keyword<T> keyword) {
        return precedence
                .value(keyword)
                .map(value -> keyword.type().write(value).replace("\"", ""))
                .orElse("null");
    }
}
