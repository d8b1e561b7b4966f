package org.lunwarden.node.command;

import org.lunwarden.conf.text.QuotedWords;
import org.lunwarden.node.why.Subject;

/**
 * What this host's administrator asks of its daemon, in the words of multipathd(8) as far as it has them.
 *
 * <pre>
 * fail | reinstate | setmarginal | unsetmarginal  path PATH
 * switch map MAP group N
 * disablequeueing | restorequeueing | unsetmarginal | resize | reload  map MAP
 * disablequeueing | restorequeueing  maps
 * reset map MAP stats
 * reset maps stats
 * reconfigure [all]
 * why DISK|MAP
 * help
 * </pre>
 *
 * <p>A keyword may be cut short, see {@link Keyword}; what has a blank or another special character in it stands in double
 * quotes, as in multipath.conf(5).
 */
public sealed interface AdminCommand {

    String HELP = """
            CLI commands reference:
             fail|reinstate path $path                  take a path out of use until it is reinstated; use it again
             setmarginal|unsetmarginal path $path       put a path behind the others of its map; trust it again
             unsetmarginal map $map                     trust all paths of a map again
             switch map $map group $group               move a map to a group, counted from 1
             disablequeueing|restorequeueing map $map   have I/O that finds no path fail; as no_path_retry says
             disablequeueing|restorequeueing maps       the same for all maps
             resize map $map                            give a map the size that all its paths have
             reload map $map                            load a map's table once more
             reset map $map stats                       count anew what happens to a map
             reset maps stats                           the same for all maps
             reconfigure                                read multipath.conf again
             reconfigure all                            the same, and load the tables of all maps once more
             why $disk|$map                             why a disk is a path or none, why a map is as it is
             help                                       this text
            """;

    record Help() implements AdminCommand {}

    record Why(Subject subject) implements AdminCommand {}

    /** What is no command. */
    record Unknown(String reason) implements AdminCommand {}

    /** What changes something, and is not for everybody. */
    sealed interface Privileged extends AdminCommand permits Reconfigure, Act {}

    /** @param reload whether the tables of all maps are loaded once more, whether or not anything differs */
    record Reconfigure(boolean reload) implements Privileged {}

    /** What is done to paths and maps. */
    sealed interface Act extends Privileged permits OnPath, OnMap, OnAllMaps, SwitchGroup {}

    record OnPath(PathAct act, Subject path) implements Act {}

    record OnMap(MapAct act, Subject map) implements Act {}

    /** On each map that the kernel has. */
    record OnAllMaps(MapAct act) implements Act {}

    /** @param group counted from 1, as in the kernel's table */
    record SwitchGroup(Subject map, int group) implements Act {}

    /** What may be done to a path. */
    enum PathAct {
        FAIL(Keyword.FAIL),
        REINSTATE(Keyword.REINSTATE),
        SET_MARGINAL(Keyword.SETMARGINAL),
        UNSET_MARGINAL(Keyword.UNSETMARGINAL);

        private final Keyword keyword;

        PathAct(Keyword keyword) {
            this.keyword = keyword;
        }

        Keyword keyword() {
            return keyword;
        }

        public String word() {
            return keyword.word();
        }
    }

    /** What may be done to a map. */
    enum MapAct {
        UNSET_MARGINAL(Keyword.UNSETMARGINAL),
        DISABLE_QUEUEING(Keyword.DISABLEQ),
        RESTORE_QUEUEING(Keyword.RESTOREQ),
        RESIZE(Keyword.RESIZE),
        RELOAD(Keyword.RELOAD),
        RESET_STATS(Keyword.RESET);

        private final Keyword keyword;

        MapAct(Keyword keyword) {
            this.keyword = keyword;
        }

        Keyword keyword() {
            return keyword;
        }

        public String word() {
            return this == RESET_STATS ? keyword.word() + " " + Keyword.STATS.word() : keyword.word();
        }

        private String on(String maps) {
            return keyword.word() + " " + maps + (this == RESET_STATS ? " " + Keyword.STATS.word() : "");
        }
    }

    /** Never fails: what is no command is {@link Unknown}. */
    static AdminCommand parse(String text) {
        return switch (CommandWords.parse(text)) {
            case CommandWords.Wrong(var word, var reason) -> new Unknown(reason);
            case CommandWords.Understood understood -> CommandTable.find(understood);
        };
    }

    /** A line that {@link #parse} understands so; that of {@link Unknown} it does not. */
    default String format() {
        return switch (this) {
            case Help() -> "help";
            case Why(var subject) -> "why " + quote(subject);
            case Unknown(var reason) -> "";
            case Reconfigure(var reload) -> "reconfigure" + (reload ? " all" : "");
            case OnPath(var act, var path) -> act.word() + " path " + quote(path);
            case OnMap(var act, var map) -> act.on("map " + quote(map));
            case OnAllMaps(var act) -> act.on("maps");
            case SwitchGroup(var map, var group) -> "switch map " + quote(map) + " group " + group;
        };
    }

    private static String quote(Subject subject) {
        return QuotedWords.quote(subject.text());
    }
}
