package org.lunwarden.node.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.node.command.AdminCommand.Act;
import org.lunwarden.node.command.AdminCommand.MapAct;
import org.lunwarden.node.command.AdminCommand.OnAllMaps;
import org.lunwarden.node.command.AdminCommand.OnMap;
import org.lunwarden.node.command.AdminCommand.OnPath;
import org.lunwarden.node.command.AdminCommand.PathAct;
import org.lunwarden.node.command.AdminCommand.SwitchGroup;
import org.lunwarden.node.command.AdminCommand.Unknown;
import org.lunwarden.node.command.AdminCommand.Why;
import org.lunwarden.node.why.Subject;

class AdminCommandTest {

    static Stream<Arguments> commands() {
        return Stream.of(
                arguments("fail path sda", new OnPath(PathAct.FAIL, new Subject("sda"))),
                arguments("fa path 8:16", new OnPath(PathAct.FAIL, new Subject("8:16"))),
                arguments("  reinstate\tpath sda  # it is back", new OnPath(PathAct.REINSTATE, new Subject("sda"))),
                arguments("setm path sda", new OnPath(PathAct.SET_MARGINAL, new Subject("sda"))),
                arguments("unsetmarginal path sda", new OnPath(PathAct.UNSET_MARGINAL, new Subject("sda"))),
                arguments("unsetmarginal map mpatha", new OnMap(MapAct.UNSET_MARGINAL, new Subject("mpatha"))),
                arguments("di map \"a b#1\"", new OnMap(MapAct.DISABLE_QUEUEING, new Subject("a b#1"))),
                arguments("restore multipaths", new OnAllMaps(MapAct.RESTORE_QUEUEING)),
                arguments("switchg multipath mpatha gr 2", new SwitchGroup(new Subject("mpatha"), 2)),
                arguments("reset map mpatha stats", new OnMap(MapAct.RESET_STATS, new Subject("mpatha"))),
                arguments("reset maps st", new Unknown(CommandWords.NOT_FOUND)),
                arguments("reset maps stats", new OnAllMaps(MapAct.RESET_STATS)),
                arguments("reconfigure", new AdminCommand.Reconfigure(false)),
                arguments("reconfigure all", new AdminCommand.Reconfigure(true)),
                arguments("why /dev/sda", new Why(new Subject("/dev/sda"))));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theWordsOfTheReferenceAreUnderstood(String text, AdminCommand meant) {
        assertThat(AdminCommand.parse(text)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "#",
                "fail",
                "path fail sda",
                "fail path",
                "fail path sda sdb",
                "fail map mpatha",
                "re path sda",
                "switch map mpatha group 0",
                "switch map mpatha group -1",
                "switch map mpatha group 99999999999",
                "switch group 1 map mpatha",
                "show paths",
                "shutdown"
            })
    void whatIsNoCommandDoesNothing(String text) {
        assertThat(AdminCommand.parse(text)).isInstanceOf(Unknown.class);
    }

    @Test
    void whatIsWrittenIsUnderstoodAgainWhateverAThingIsCalled() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (var round = 0; round < 2_000; round++) {
            var subject = new Subject(random.ints(1 + random.nextInt(20), ' ', 0x17f)
                    .mapToObj(Character::toString)
                    .reduce("", String::concat));
            var commands = new ArrayList<Act>();
            commands.add(new SwitchGroup(subject, 1 + random.nextInt(1_000)));
            for (var act : PathAct.values()) {
                commands.add(new OnPath(act, subject));
            }
            for (var act : MapAct.values()) {
                commands.add(new OnMap(act, subject));
            }

            for (var command : commands) {
                assertThat(AdminCommand.parse(command.format()))
                        .as("seed %d: %s", seed, subject)
                        .isEqualTo(command);
            }
        }
    }

    @Test
    void theHelpNamesEveryCommand() {
        for (var keywords : CommandTable.TABLE.keySet()) {
            assertThat(AdminCommand.HELP.lines())
                    .as("%s", keywords)
                    .anyMatch(line -> keywords.stream().allMatch(keyword -> line.contains(keyword.word())));
        }
    }
}
