package org.lunwarden.conf.blacklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.conf.text.ConfigText;
import org.lunwarden.conf.text.Problem;
import org.lunwarden.conf.text.Severity;
import org.lunwarden.conf.text.SourceFile;
import org.lunwarden.conf.value.KeywordTable;

class BlacklistTest {

    private static final List<String> UDEV = List.of("DEVNAME", "ID_SERIAL", "ID_WWN");

    static Stream<Arguments> builtIn() { // node, properties, native NVMe -> blacklisted by
        return Stream.of(
                arguments("sda", UDEV, false, ""),
                arguments("sdaa", UDEV, false, ""),
                arguments("nvme0n1", UDEV, false, ""),
                arguments("nvme0n1", UDEV, true, "DEVNODE"),
                arguments("loop0", UDEV, false, "DEVNODE"),
                arguments("sda", List.of("DEVNAME", "ID_SERIAL"), false, "PROPERTY"),
                arguments("sda", List.of("DEVNAME"), false, ""));
    }

    @ParameterizedTest
    @MethodSource("builtIn")
    void withoutAWordOnlyDisksThatTellWhoTheyAreAreTaken(
            String node, List<String> properties, boolean nativeNvme, String by) {
        var candidate = new Candidate(node, "scsi:fcp", "V", "P", "36001", properties, "ID_SERIAL");

        var judgement = Blacklist.builtIn(nativeNvme).judge(candidate);

        assertThat(judgement.isBlacklisted() ? judgement.deciding().criterion().name() : "")
                .isEqualTo(by);
    }

    @Test
    void aJudgementNamesTheRuleOfEachCriterion() {
        var blacklist = Blacklist.builtIn(false)
                .and(BlacklistText.of(
                        List.of("devnode \".*\"", "wwid \"^36\"", "device {", "vendor \"V\"", "}"),
                        List.of("devnode \"^sd\"", "device {", "product \"!^X\"", "}")));
        var candidate = new Candidate("sda", "scsi:fcp", "V", "P", "36001", UDEV, "ID_SERIAL");

        assertThat(blacklist.judge(candidate).findings())
                .extracting(Object::toString)
                .containsExactly(
                        "exception of property \"(SCSI_IDENT_|ID_WWN)\" (built in)",
                        "exception of devnode \"^sd\" (m.conf:2:1)",
                        "exception of device product \"!^X\" (m.conf:3:1)",
                        "no rule of protocol",
                        "wwid \"^36\" (m.conf:3:1)");
    }

    @Test
    void aRuleIsKeptOnce() {
        var blacklist = BlacklistText.of(
                List.of("wwid a", "wwid a", "device {", "vendor V", "}", "device {", "vendor V", "}"), List.of());

        assertThat(blacklist.and(blacklist)).isEqualTo(blacklist);
        assertThat(blacklist.blacklist().wwid()).hasSize(1);
        assertThat(blacklist.blacklist().device()).hasSize(1);
    }

    @Test
    void anExpressionThatIsMalformedIsFatalSinceLeavingItOutCouldTakeADisk() {
        var problems = new ArrayList<Problem>();
        var text = ConfigText.read(
                new SourceFile("m.conf", "blacklist {\n wwid \"36(\"\n device {\n }\n}"), KeywordTable.INSTANCE);

        RulesReader.read(text.sections().getFirst(), problems);

        assertThat(problems)
                .extracting(Problem::severity, problem -> problem.at().toString())
                .containsExactly(tuple(Severity.FATAL, "m.conf:2:8"), tuple(Severity.ERROR, "m.conf:3:2"));
    }
}
