package org.lunwarden.fleet.sitefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.fleet.sitefile.SiteFileReader.Problem;
import org.lunwarden.fleet.sitefile.SiteFileReader.Read;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;

class SiteFileReaderTest {

    private static final Component SWITCH = new Component(ComponentClass.SWITCH, "100050eb1a2b3c4d/12");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theExampleIsUsable() {
        var site = ((Read.Usable) SiteFileReader.read(Path.of("../deploy/site/site.yaml"))).file();

        assertThat(site.names()).containsEntry(SWITCH, "edge-berlin-a").hasSize(4);
        assertThat(site.namesById()).containsEntry("100050eb1a2b3c4d", "A");
        assertThat(site.sets().keySet())
                .containsExactlyInAnyOrder(
                        new Component(ComponentClass.SITE, "berlin"),
                        new Component(ComponentClass.SITE, "potsdam"),
                        new Component(ComponentClass.GROUP, "row-7"),
                        new Component(ComponentClass.SHARED_RISK, "power-feed-2"),
                        new Component(ComponentClass.SHARED_RISK, "patch-panel-4"));
        assertThat(site.sets().get(new Component(ComponentClass.SHARED_RISK, "power-feed-2")))
                .containsExactly(SWITCH, new Component(ComponentClass.SWITCH, "100050eb1a2b3c5e/12"));
        assertThat(SiteConflicts.within(site)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing yet\n", "names:\n", "sites: {}\ngroups:\n"})
    void aFileThatSaysNothingIsUsable(String text) {
        assertThat(SiteFileReader.parse(text)).isEqualTo(new Read.Usable(SiteFile.NONE));
    }

    @Test
    void aComponentInTooManySetsIsRefusedWhereItStandsAndOneThatIsInFewIsNot() {
        var sets = new StringBuilder("groups:\n");
        for (var number = 1; number <= 16; number++) {
            sets.append("  g").append(number).append(": [host:a]\n");
        }
        assertThat(SiteFileReader.parse(sets.toString())).isInstanceOf(Read.Usable.class);

        sets.append("  g17: [host:b, host:a]\n  g18: [host:a]\n");

        assertThat(problems(sets.toString()))
                .containsExactly(
                        "18:17: 'host:a' is in more than 16 sets; every nexus through it would cross all of them");
    }

    @Test
    void aFileOfTooManySetsIsRefused() {
        var sets = new StringBuilder("groups:\n");
        for (var number = 1; number <= 2_002; number++) {
            sets.append("  g").append(number).append(": [host:h").append(number).append("]\n");
        }

        assertThat(problems(sets.toString()))
                .singleElement()
                .asString()
                .endsWith("these are more than 2000 sites, groups and shared risks");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sties:\\n  a: [host:b]|1:1|there is no 'sties' here, only names, sites, groups and shared-risks",
                "names:\\n  toaster:1: x|2:3|'toaster' is no class of what hosts see",
                "names:\\n  site:berlin: x|2:3|'site' is no class of what hosts see",
                "names:\\n  berlin: x|2:3|'berlin' is not CLASS:ID, such as switch:100050eb1a2b3c4d/12",
                "names:\\n  host:a: [x]|2:11|a name is a text",
                "sites:\\n  berlin: host:a|2:11|a list of CLASS:ID is wanted here",
                "sites:\\n  berlin: []|2:11|nothing is in it",
                "sites:\\n  ber lin: [host:a]|2:3|'ber lin' is not made of letters, digits, dots, dashes and underscores",
                "sites:\\n  berlin: [host:a, host:a]|2:20|'host:a' stands here twice",
                "sites:\\n  berlin: [host:a, {b: c}]|2:20|CLASS:ID is wanted here",
                "sites: berlin|1:8|a name with a list of CLASS:ID: is wanted here",
                "- host:a|1:1|names, sites, groups or shared-risks: is wanted here"
            })
    void whatIsWrongIsToldByLineAndColumn(String text, String where, String words) {
        assertThat(problems(text.replace("\\n", "\n"))).containsExactly(where + ": " + words);
    }

    @Test
    void everyProblemIsFoundInOneRun() {
        assertThat(problems("names:\n  x: y\nsties:\n  a: b\ngroups:\n  g: [nothing]\n"))
                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                .containsExactly("2", "3", "6");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "names: {a",
                "names:\n\t- x",
                "sites:\n  a: [host:b]\n  a: [host:c]\n",
                "a: &x [*x",
                "%!",
                "\u0000",
                "{[}",
                "names: {host:a: \"\\u001b[2J\"}"
            })
    void whatIsNoYamlOrSaysThingsTwiceIsRefused(String text) {
        assertThat(problems(text)).isNotEmpty();
    }

    @Test
    void aNestThatNeverEndsIsRefused() {
        assertThat(problems("sites: " + "[".repeat(100_000))).isNotEmpty();
    }

    @Test
    void aFileThatIsNotThereOrTooLargeIsRefused() throws IOException {
        var large = Files.writeString(folder.resolve("large"), "#".repeat((1 << 20) + 1));

        assertThat(SiteFileReader.read(folder.resolve("none")))
                .isEqualTo(new Read.Broken(List.of(new Problem(0, 0, "no such file"))));
        assertThat(SiteFileReader.read(large))
                .isEqualTo(new Read.Broken(List.of(new Problem(0, 0, "larger than 1 MiB"))));
        assertThat(SiteFileReader.read(folder)).isInstanceOf(Read.Broken.class);
    }

    @Test
    void namesAreKnownById() {
        var read = (Read.Usable) SiteFileReader.parse("names: {array:arr1: vault, host:h1: db}");

        assertThat(read.file().namesById()).isEqualTo(Map.of("arr1", "vault", "h1", "db"));
    }

    private static List<String> problems(String text) {
        return ((Read.Broken) SiteFileReader.parse(text))
                .problems().stream().map(Problem::toString).toList();
    }
}
