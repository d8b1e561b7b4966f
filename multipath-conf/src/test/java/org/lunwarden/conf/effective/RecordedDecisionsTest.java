package org.lunwarden.conf.effective;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.conf.hardware.DeviceIdentity;
import org.lunwarden.conf.load.Loaded;
import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.text.Section;
import org.lunwarden.conf.text.SourceFile;
import org.lunwarden.conf.value.Keyword;
import org.lunwarden.conf.value.KeywordTable;
import org.lunwarden.conf.value.MapKeywords;

/** Fourteen random files, and what the reference made of them. */
class RecordedDecisionsTest {

    private static final PathIdentity DISK = new PathIdentity(
            new DeviceIdentity("Linux   ", "scsi_debug      ", "0191"), "scsi:unspec", "333333330000007d0");

    record Decision(String file, String keyword, String layer, String value) {

        private static Decision of(String line) {
            var words = line.split(" ", 4);
            return new Decision(words[0], words[1], words[2], words.length < 4 ? "" : words[3]);
        }
    }

    static Stream<Arguments> files() {
        return resource("decisions")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(Decision::of)
                .collect(Collectors.groupingBy(Decision::file))
                .entrySet()
                .stream()
                .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void aValueAndItsPlaceAreWhatTheReferenceSays(String file, List<Decision> decisions) {
        var precedence = precedence(file + ".conf");

        assertThat(decisions).hasSizeGreaterThan(20).allSatisfy(decision -> {
            var keyword = KeywordTable.INSTANCE
                    .find(Section.DEFAULTS, decision.keyword())
                    .orElseThrow();
            assertThat(value(precedence, keyword)).as("%s", decision).isEqualTo(decision.value());
            assertThat(layers(decision))
                    .as("%s", decision)
                    .contains(precedence
                            .explain(keyword)
                            .holds()
                            .map(Explained.Found::layer)
                            .orElse(Layer.BUILT_IN));
        });
    }

    /**
     * The reference's defaults hold some values that are built in, and are named as their place; for arguments that were
     * not given it names the place of the prioritizer.
     */
    private static List<Layer> layers(Decision decision) {
        var named = Layer.valueOf(decision.layer());
        var orBuiltIn = named == Layer.DEFAULTS
                || (decision.keyword().equals("prio_args") && decision.value().isEmpty());
        return orBuiltIn ? List.of(named, Layer.BUILT_IN) : List.of(named);
    }

    private static <T> String value(Precedence precedence, Keyword<T> keyword) {
        if (keyword.equals(MapKeywords.FEATURES)) {
            return unquoted(
                    MapKeywords.FEATURES.type().write(Queueing.of(precedence).features()));
        }
        return precedence
                .value(keyword)
                .map(value -> unquoted(keyword.type().write(value)))
                .orElse("-");
    }

    private static String unquoted(String text) {
        return text.replace("\"", "");
    }

    private static Precedence precedence(String name) {
        return switch (MultipathConf.load(List.of(new SourceFile(name, resource(name))), false)) {
            case Loaded.Usable(var conf, var problems) -> Precedence.of(conf, DISK);
            case Loaded.Refused(var problems) -> throw new AssertionError(problems);
        };
    }

    private static String resource(String name) {
        try (var in = Objects.requireNonNull(RecordedDecisionsTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
