package org.lunwarden.node.command;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.lunwarden.node.command.AdminCommand.Help;
import org.lunwarden.node.command.AdminCommand.MapAct;
import org.lunwarden.node.command.AdminCommand.OnAllMaps;
import org.lunwarden.node.command.AdminCommand.OnMap;
import org.lunwarden.node.command.AdminCommand.OnPath;
import org.lunwarden.node.command.AdminCommand.PathAct;
import org.lunwarden.node.command.AdminCommand.Reconfigure;
import org.lunwarden.node.command.AdminCommand.SwitchGroup;
import org.lunwarden.node.command.AdminCommand.Unknown;
import org.lunwarden.node.command.AdminCommand.Why;
import org.lunwarden.node.why.Subject;

/** The commands that there are. */
final class CommandTable {

    /** By their keywords. */
    static final Map<List<Keyword>, Function<List<String>, AdminCommand>> TABLE = Map.ofEntries(
            entry(List.of(Keyword.HELP), given -> new Help()),
            entry(List.of(Keyword.WHY), given -> new Why(new Subject(given.getFirst()))),
            entry(List.of(Keyword.RECONFIGURE), given -> new Reconfigure(false)),
            entry(List.of(Keyword.RECONFIGURE, Keyword.ALL), given -> new Reconfigure(true)),
            path(PathAct.FAIL),
            path(PathAct.REINSTATE),
            path(PathAct.SET_MARGINAL),
            path(PathAct.UNSET_MARGINAL),
            map(MapAct.UNSET_MARGINAL),
            map(MapAct.DISABLE_QUEUEING),
            map(MapAct.RESTORE_QUEUEING),
            map(MapAct.RESIZE),
            map(MapAct.RELOAD),
            allMaps(MapAct.DISABLE_QUEUEING),
            allMaps(MapAct.RESTORE_QUEUEING),
            entry(
                    List.of(Keyword.RESET, Keyword.MAP, Keyword.STATS),
                    given -> new OnMap(MapAct.RESET_STATS, new Subject(given.getFirst()))),
            entry(List.of(Keyword.RESET, Keyword.MAPS, Keyword.STATS), given -> new OnAllMaps(MapAct.RESET_STATS)),
            entry(
                    List.of(Keyword.SWITCH, Keyword.MAP, Keyword.GROUP),
                    given -> switchGroup(given.getFirst(), given.getLast())));

    private static Map.Entry<List<Keyword>, Function<List<String>, AdminCommand>> path(PathAct act) {
        return entry(List.of(act.keyword(), Keyword.PATH), given -> new OnPath(act, new Subject(given.getFirst())));
    }

    private static Map.Entry<List<Keyword>, Function<List<String>, AdminCommand>> map(MapAct act) {
        return entry(List.of(act.keyword(), Keyword.MAP), given -> new OnMap(act, new Subject(given.getFirst())));
    }

    private static Map.Entry<List<Keyword>, Function<List<String>, AdminCommand>> allMaps(MapAct act) {
        return entry(List.of(act.keyword(), Keyword.MAPS), given -> new OnAllMaps(act));
    }

    private static AdminCommand switchGroup(String map, String group) {
        return group.matches("[1-9][0-9]{0,5}")
                ? new SwitchGroup(new Subject(map), Integer.parseInt(group))
                : new Unknown("no number of a group");
    }

    private CommandTable() {}

    static AdminCommand find(CommandWords.Understood command) {
        return TABLE.getOrDefault(command.keywords(), given -> new Unknown(CommandWords.NOT_FOUND))
                .apply(command.arguments());
    }
}
