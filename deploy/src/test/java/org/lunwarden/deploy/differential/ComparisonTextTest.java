package org.lunwarden.deploy.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** How texts of the two are compared. */
class ComparisonTextTest {
    private static final long SEED = 20261121;

    @Test
    void equalTextsDoNotDiffer() {
        assertThat(LineDifference.between(List.of("a", "b"), List.of("a", "b"))).isEmpty();
    }

    @Test
    void aDifferenceIsOfTheFewestLines() {
        assertThat(LineDifference.between(List.of("a", "b", "c"), List.of("a", "x", "c", "d")))
                .containsExactly("- b", "+ x", "+ d");
    }

    @Test
    void everyDifferenceIsSeen() {
        var random = new Random(SEED);
        for (int round = 0; round < 500; round++) {
            var one = lines(random);
            var other = lines(random);

            var differing = LineDifference.between(one, other);

            assertThat(differing.isEmpty()).as("%s %s", one, other).isEqualTo(one.equals(other));
            assertThat(differing.stream().filter(line -> line.startsWith("+")).count()
                            - differing.stream()
                                    .filter(line -> line.startsWith("-"))
                                    .count())
                    .isEqualTo(other.size() - one.size());
        }
    }

    private static List<String> lines(Random random) {
        List<String> lines = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            lines.add(String.valueOf("abc".charAt(random.nextInt(3))));
        }
        return lines;
    }

    private static final String DUMP = """
            defaults {
            	verbosity 2
            	detect_pgpolicy "yes"
            }
            devices {
            	device {
            		vendor "A"
            		no_path_retry 3
            	}
            	device {
            		vendor "A"
            	}
            }
            overrides {
            	prio "alua"
            	protocol {
            		type "scsi:fcp"
            	}
            }
            """;

    @Test
    void aDumpIsItsKeywordsAndWholeBlocks() {
        assertThat(ConfigDump.of(DUMP).parts())
                .containsExactly(
                        "defaults: verbosity 2",
                        "defaults: detect_pgpolicy \"yes\"",
                        "devices: device vendor \"A\" no_path_retry 3",
                        "devices: device vendor \"A\"",
                        "overrides: prio \"alua\"",
                        "overrides: protocol type \"scsi:fcp\"");
    }

    @Test
    void whatIsBuiltInIsTakenOutOnceForEachTimeItIsThere() {
        var twice = new ConfigDump(List.of("a", "b", "a", "c"));

        assertThat(twice.without(new ConfigDump(List.of("a", "c"))).parts()).containsExactly("b", "a");
    }

    @Test
    void keywordsThatOneOfTheVersionsDoesNotKnowAreNotCompared() {
        assertThat(Texts.configured(DUMP, "")).noneMatch(part -> part.contains("detect_pgpolicy"));
        assertThat(Texts.configured(DUMP, "")).contains("defaults: verbosity 2");
    }

    @Test
    void ofTheEntriesInUseThoseOfTheTableAreComparedToo() {
        String inUse = "defaults {\n\tverbosity 2\n}\ndevices {\n\tdevice {\n\t\tvendor \"A\"\n\t}\n}\n";

        assertThat(Texts.local(inUse, DUMP)).containsExactly("devices: device vendor \"A\"");
    }

    @Test
    void aTopologyIsSortedByNameAndHasNoMinorNumbers() {
        var text =
                "b (360) dm-3 X,Y\n`-+- policy\n  `- 0:0:0:0 sda\na.1-c dm-12 X,Y Z  \n`-+- policy\n  `- 0:0:0:1 sdb \n";

        assertThat(Texts.topology(text))
                .containsExactly(
                        "a.1-c dm-N X,Y Z",
                        "`-+- policy",
                        "  `- 0:0:0:1 sdb",
                        "b (360) dm-N X,Y",
                        "`-+- policy",
                        "  `- 0:0:0:0 sda");
    }

    @Test
    void aKnownDifferenceNamesItsReasonAndWhereItHolds() {
        var known =
                KnownDifferences.parse("# since 0.9.6\nhealthy dm\nreturned dm\n- a\n+ b\n\n# other\nconfig\n+ c\n");

        assertThat(known.lines())
                .isEqualTo(Map.of(
                        "healthy dm", List.of("- a", "+ b"),
                        "returned dm", List.of("- a", "+ b"),
                        "config", List.of("+ c")));
        assertThat(KnownDifferences.parse("").lines()).isEmpty();
    }

    @Test
    void whatIsNotToBeComparedIsNamed() {
        var one = KnownDifferences.parse("# soon\nhealthy dm\n?\n\n# why\nconfig\n+ c\n");
        var all = KnownDifferences.parse("# soon\n*\n?\n");
        var differing = Map.of("healthy dm", List.of("- a"), "config", List.of("+ c"));

        assertThat(one.compared(differing)).isEqualTo(one.lines());
        assertThat(all.compared(differing)).isEmpty();
    }

    @Test
    void whatIsChanceIsComparedAsIfItWereTheSameAndNothingBesideIt() {
        var known = KnownDifferences.parse("# chance\nlost dm\n? (?<=status )[AE] [12]\n- gone\n");

        assertThat(known.compared("lost dm", List.of("- status A 1", "- gone", "+ status E 2")))
                .isEqualTo(known.at("lost dm"));
        assertThat(known.compared("lost dm", List.of("- status A 1 F", "- gone", "+ status E 2 A")))
                .containsExactly("- status ? F", "- gone", "+ status ? A");
        assertThat(known.compared("kept dm", List.of("- status A 1", "+ status E 2")))
                .hasSize(2);
    }

    @Test
    void aDifferenceWithoutReasonOrSaidTwiceIsRefused() {
        assertThatThrownBy(() -> KnownDifferences.parse("healthy dm\n- a\n")).hasMessageContaining("reason");
        assertThatThrownBy(() -> KnownDifferences.parse("# why\nx\n- a\n\n# why\nx\n- a\n"))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> KnownDifferences.parse("# why\nx\n? (\n"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAnswerThatOneOfTheTwoDoesNotGiveDiffers() {
        var reference = new Answers(Map.of("a", List.of("1"), "b", List.of("2")));
        var ours = new Answers(Map.of("a", List.of("1"), "c", List.of("3")));

        assertThat(reference.differences(ours)).isEqualTo(Map.of("b", List.of("- 2"), "c", List.of("+ 3")));
    }
}
