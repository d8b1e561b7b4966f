package org.lunwarden.conf.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.lunwarden.conf.load.Loaded;
import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.text.Problem;
import org.lunwarden.conf.text.SourceFile;

/** Keywords that there is nothing for to change. */
class PointlessKeywordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = { // what is said -> how the warning begins
                "defaults { | force_sync yes | force_sync has no effect: No check takes a thread",
                "defaults { | strict_timing 1 | strict_timing has no effect: Each path has a timer",
                "defaults { | retain_attached_hw_handler no | retain_attached_hw_handler has no effect: The kernel keeps",
                "defaults { | mode 0600 | mode has no effect: The node of a map is made by udev",
                "multipaths {,multipath {,wwid 1 | uid 12 | uid has no effect: The node of a map is made by udev",
                "multipaths {,multipath {,wwid 1 | gid disk | gid has no effect: The node of a map is made by udev"
            })
    void areWarnedOfWithTheReasonWhereTheyAskForSomething(String sections, String said, String warning) {
        assertThat(problems(sections, said)).singleElement().satisfies(problem -> {
            assertThat(problem.toString()).contains("warning: " + warning);
            assertThat(problem.at().line()).isEqualTo(sections.split(",", -1).length + 1);
        });
    }

    @ParameterizedTest
    @CsvSource({"retain_attached_hw_handler yes", "force_sync no", "strict_timing 0"})
    void areNotWarnedOfWhereTheyAskForNothing(String said) {
        assertThat(problems("defaults {", said)).isEmpty();
    }

    private static List<Problem> problems(String sections, String said) {
        var begun = sections.split(",", -1);
        var ends =
                "}\n".repeat((int) sections.chars().filter(each -> each == '{').count());
        var text = String.join("\n", begun) + "\n" + said + "\n" + ends;
        return ((Loaded.Usable) MultipathConf.load(List.of(new SourceFile("m.conf", text)), false)).problems();
    }
}
