package org.lunwarden.conf.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.conf.text.Statement.Assignment;
import org.lunwarden.conf.text.Statement.Block;

class ConfigTextTest {

    /** prio and failback in every section of values, devnode only in the lists, where it repeats. */
    private static final Grammar GRAMMAR = new Grammar() {
        private static final Set<Section> LISTS = Set.of(Section.BLACKLIST, Section.BLACKLIST_EXCEPTIONS);
        private static final Set<Section> VALUES = Set.of(Section.DEFAULTS, Section.OVERRIDES, Section.DEVICE);

        @Override
        public List<String> keywords() {
            return List.of("prio", "failback", "devnode");
        }

        @Override
        public Set<Section> sections(String keyword) {
            return !keywords().contains(keyword) ? Set.of() : keyword.equals("devnode") ? LISTS : VALUES;
        }

        @Override
        public boolean repeats(Section section, String keyword) {
            return keyword.equals("devnode");
        }
    };

    static Stream<Arguments> oddities() { // lines of a file -> what was understood, what is wrong with it
        return Stream.of(
                arguments("defaults {|prio alua|}", "defaults(prio=alua)", ""),
                arguments("defaults{|prio \"alua\" # x|}!", "defaults(prio=alua)", ""),
                arguments("defaults {|prio alua extra|}", "defaults(prio=alua)", "2:11 error"),
                arguments("defaults {|prio|}", "defaults()", "2:1 error"),
                arguments("defaults {|prio \"a|}", "defaults(prio=a)", "2:1 error"),
                arguments("defaults {|prio a|prio b|}", "defaults(prio=a prio=b)", "3:1 warning"),
                arguments("blacklist {|devnode a|devnode b|}", "blacklist(devnode=a devnode=b)", ""),
                arguments("defaults {|}|defaults {|}", "defaults() defaults()", "3:1 warning"),
                arguments("defaults {|prio }|}", "defaults(prio=})", "2:6 error"),
                arguments("defaults {|prio a } |}", "defaults(prio=a)", "2:8 error"),
                arguments("{|}", "", "1:1 error, 2:1 error"),
                arguments("\"defaults\" {|}", "", "1:1 error, 2:1 error"),
                arguments("defaults|prio a|}", "defaults(prio=a)", "1:1 error"),
                arguments("defaults {|prio a", "defaults(prio=a)", "1:1 error"),
                arguments("defaults {|prio a|} # end|", "defaults(prio=a)", ""),
                arguments("defaults {|devnode a|}", "defaults()", "2:1 error"),
                arguments(
                        "defaults {|bogus {|prio a|}|prio b|}", "defaults(prio=a)", "2:1 error, 5:1 error, 6:1 error"),
                arguments("devices { device {|prio a|}", "devices()", "1:11 error, 2:1 error"),
                arguments(
                        "devices {|device {|prio a|}|device {|prio b|}|}",
                        "devices(device(prio=a) device(prio=b))",
                        ""),
                arguments("overrides{}|prio a|}", "overrides(prio=a)", "1:11 error"),
                arguments("overrides {|device {|}", "overrides()", "2:1 error"),
                arguments("\u00ef\u00bb\u00bfdefaults {\r|\tprio\ta\r|}\r", "defaults(prio=a)", ""),
                arguments("prio a", "", "1:1 error"),
                arguments("", "", ""));
    }

    @ParameterizedTest
    @MethodSource("oddities")
    void aFileIsUnderstoodAsFarAsItMakesSense(String lines, String understood, String problems) {
        var text = ConfigText.read(new SourceFile("m.conf", lines.replace('|', '\n')), GRAMMAR);

        assertThat(shown(text.sections())).isEqualTo(understood);
        assertThat(text.problems().stream()
                        .map(problem -> problem.at().line() + ":" + problem.at().column() + " "
                                + problem.severity().name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")))
                .isEqualTo(problems);
    }

    @Test
    void aProblemNamesItsPlaceAndWhatWasExpected() {
        var text = ConfigText.read(
                new SourceFile("/etc/multipath.conf", "defaults {\n\tfailbak manual\n\tdevnode x\n}"), GRAMMAR);

        assertThat(text.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "/etc/multipath.conf:2:2: error: failbak is no keyword, ignored; expected failback",
                        "/etc/multipath.conf:3:2: error: devnode may not stand in section defaults, ignored;"
                                + " expected it in section blacklist, section blacklist_exceptions");
    }

    @Test
    void aStatementKnowsItsPlace() {
        var text = ConfigText.read(new SourceFile("m.conf", "defaults {\n  prio \"a\"\n}"), GRAMMAR);

        var prio = text.sections().getFirst().assignments().findFirst().orElseThrow();
        assertThat(prio.at()).isEqualTo(new Position("m.conf", 2, 3));
        assertThat(prio.valueAt()).isEqualTo(new Position("m.conf", 2, 9));
    }

    @Test
    void dropInsFollowTheMainFileInTheOrderOfTheirNames() {
        var main = new SourceFile("z.conf", "");
        var files = SourceFile.inOrder(
                main,
                List.of(
                        new SourceFile("d/10.conf", ""),
                        new SourceFile("d/02.conf", ""),
                        new SourceFile("d/1.conf~", "")));

        assertThat(files).extracting(SourceFile::name).containsExactly("z.conf", "d/02.conf", "d/10.conf");
    }

    @Test
    void noTextMakesReadingFail() {
        var seed = 20_261_121L;
        var random = new Random(seed);
        var pieces = List.of(
                "defaults", "device", "devices", "prio", "{", "}", "\"", "#", "\n", "\n", " ", "\t", "x", "\u00e4");
        for (var round = 0; round < 5_000; round++) {
            var file = random.ints(random.nextInt(40), 0, pieces.size())
                    .mapToObj(pieces::get)
                    .collect(Collectors.joining());

            var text = ConfigText.read(new SourceFile("f", file), GRAMMAR);

            assertThat(text.problems()).as("seed %d, %s", seed, file).allSatisfy(problem -> {
                var line = file.split("\n", -1)[problem.at().line() - 1];
                assertThat(problem.at().column()).isBetween(1, line.length() + 1);
            });
        }
    }

    private static String shown(List<? extends Statement> statements) {
        return statements.stream()
                .map(statement -> switch (statement) {
                    case Assignment(var at, var keyword, var value, var valueAt) -> keyword + "=" + value;
                    case Block(var at, var section, var inner) -> section.word() + "(" + shown(inner) + ")";
                })
                .collect(Collectors.joining(" "));
    }
}
