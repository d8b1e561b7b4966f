package org.lunwarden.conf.effective;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.conf.hardware.DeviceIdentity;
import org.lunwarden.conf.load.Loaded;
import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.text.Section;
import org.lunwarden.conf.text.SourceFile;
import org.lunwarden.conf.value.EntryKeywords;
import org.lunwarden.conf.value.Keyword;
import org.lunwarden.conf.value.KeywordTable;
import org.lunwarden.conf.value.Value;
import org.lunwarden.model.settings.BoundedWait;
import org.lunwarden.model.settings.ShakyPathRule;

/** The largest and smallest numbers that a file may say, of every keyword that takes a number. */
class ExtremeValuesTest {

    /** From the smallest to the largest; what a keyword does not take is left out of a file's settings. */
    private static final List<String> NUMBERS = List.of(
            "-99999999999999999999",
            "-2147483648",
            "-1",
            "0",
            "1",
            "2147483647",
            "4294967295",
            "18446744073709551615",
            "99999999999999999999");

    private static final PathIdentity PATH = new PathIdentity(new DeviceIdentity("V", "P", "1"), "scsi:fcp", "W");

    record Numeric(Section section, Keyword<?> keyword) {}

    static Stream<Numeric> numeric() {
        return Stream.of(Section.DEFAULTS, Section.OVERRIDES, Section.PROTOCOL, Section.DEVICE, Section.MULTIPATH)
                .flatMap(section -> KeywordTable.INSTANCE.of(section).stream()
                        .filter(keyword -> Stream.of(EntryKeywords.TYPE, EntryKeywords.WWID)
                                .noneMatch(keyword::equals))
                        .map(keyword -> new Numeric(section, keyword)));
    }

    @ParameterizedTest
    @MethodSource("numeric")
    void oneAloneMakesSettings(Numeric numeric) {
        for (var number : NUMBERS) {
            makesSettings(file((section, keyword) -> numeric.equals(new Numeric(section, keyword)) ? number : ""));
        }
    }

    @Test
    void allOfThemTogetherMakeSettings() {
        for (var number : NUMBERS) {
            makesSettings(file((section, keyword) -> number));
        }
    }

    /** All together hide some of each other. */
    @Test
    void someOfThemTogetherMakeSettings() {
        var seed = 20_261L;
        var random = new Random(seed);
        for (var round = 0; round < 500; round++) {
            var often = 2 + random.nextInt(9);
            makesSettings(file((section, keyword) ->
                    random.nextInt(often) == 0 ? NUMBERS.get(random.nextInt(NUMBERS.size())) : ""));
        }
    }

    @Test
    void aWaitOfSoManyOfTheLongestPausesIsTheLongestThereIs() {
        var settings = makesSettings("""
                defaults {
                polling_interval 4294967295
                delay_watch_checks 1
                delay_wait_checks 2147483647
                }
                """);

        assertThat(settings.path().precautions().shaky())
                .isEqualTo(new ShakyPathRule.Counted(1, 1, BoundedWait.LONGEST));
        assertThat(settings.path().pollingInterval()).isEqualTo(BoundedWait.LONGEST);
    }

    private static EngineSettings makesSettings(String text) {
        if (!(MultipathConf.load(List.of(new SourceFile("f", text)), false)
                instanceof Loaded.Usable(var conf, var all))) {
            throw new AssertionError("refused: " + text);
        }
        var precedence = Precedence.of(conf, PATH);
        try {
            Explanation.ofPath(precedence);
            Explanation.ofMap(precedence);
            var settings = EngineSettings.of(precedence);
            assertThat(List.of(
                            settings.path().pollingInterval(),
                            settings.path().maxPollingInterval(),
                            settings.path().checkerTimeout(),
                            settings.map().upkeep().ueventPatience(),
                            settings.map().upkeep().ghostDelay().orElse(BoundedWait.LONGEST),
                            settings.path().precautions().transport().pollingInterval()))
                    .as(text)
                    .allMatch(wait -> !wait.isNegative() && wait.compareTo(BoundedWait.LONGEST) <= 0);
            return settings;
        } catch (ArithmeticException broke) {
            throw new AssertionError(text, broke);
        }
    }

    /** @param number of a keyword; empty to leave it out */
    private static String file(BiFunction<Section, Keyword<?>, String> number) {
        var lines = new ArrayList<String>();
        lines.add("defaults {");
        say(Section.DEFAULTS, number, lines);
        lines.addAll(List.of("}", "overrides {"));
        say(Section.OVERRIDES, number, lines);
        lines.addAll(List.of("protocol {", "type \"scsi:fcp\""));
        say(Section.PROTOCOL, number, lines);
        lines.addAll(List.of("}", "}", "devices {", "device {", "vendor V", "product P"));
        say(Section.DEVICE, number, lines);
        lines.addAll(List.of("}", "}", "multipaths {", "multipath {", "wwid W"));
        say(Section.MULTIPATH, number, lines);
        lines.addAll(List.of("}", "}"));
        return String.join("\n", lines) + "\n";
    }

    private static void say(Section section, BiFunction<Section, Keyword<?>, String> number, List<String> lines) {
        numeric().filter(numeric -> numeric.section() == section).forEach(numeric -> {
            var said = number.apply(section, numeric.keyword());
            var isName = numeric.keyword().type().equals(EntryKeywords.VENDOR.type());
            var refusesTheFile = numeric.keyword().type().read(said) instanceof Value.Fatal;
            if (!said.isEmpty() && !isName && !refusesTheFile) {
                lines.add(numeric.keyword() + " \"" + said + "\"");
            }
        });
    }
}
