package org.lunwarden.node.command;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The words that commands are made of: those of multipathd(8), and {@code help} and {@code why}. A word may be cut short to
 * what only one spelling begins with.
 */
enum Keyword {
    LIST("list", "show"),
    ADD("add"),
    DEL("remove", "del"),
    SWITCH("switch", "switchgroup"),
    SUSPEND("suspend"),
    RESUME("resume"),
    REINSTATE("reinstate"),
    FAIL("fail"),
    RESIZE("resize"),
    RESET("reset"),
    RELOAD("reload"),
    FORCEQ("forcequeueing"),
    DISABLEQ("disablequeueing"),
    RESTOREQ("restorequeueing"),
    PATHS("paths"),
    MAPS("maps", "multipaths"),
    PATH(true, "path"),
    MAP(true, "map", "multipath"),
    GROUP(true, "group"),
    RECONFIGURE("reconfigure"),
    DAEMON("daemon"),
    STATUS("status"),
    STATS("stats"),
    TOPOLOGY("topology"),
    CONFIG("config"),
    BLACKLIST("blacklist"),
    DEVICES("devices"),
    RAW("raw"),
    WILDCARDS("wildcards"),
    QUIT("quit", "exit"),
    SHUTDOWN("shutdown"),
    GETPRSTATUS("getprstatus"),
    SETPRSTATUS("setprstatus"),
    UNSETPRSTATUS("unsetprstatus"),
    FMT(true, "format"),
    JSON("json"),
    GETPRKEY("getprkey"),
    SETPRKEY("setprkey"),
    UNSETPRKEY("unsetprkey"),
    KEY(true, "key"),
    LOCAL("local"),
    SETMARGINAL("setmarginal"),
    UNSETMARGINAL("unsetmarginal"),
    ALL("all"),
    GETPRHOLD("getprhold"),
    SETPRHOLD("setprhold"),
    UNSETPRHOLD("unsetprhold"),
    PATHLIST(true, "pathlist"),
    HELP("help"),
    WHY(true, "why");

    private final boolean takesArgument;
    private final String word;
    /** The same where there is none. */
    private final String synonym;

    Keyword(String word) {
        this(false, word, word);
    }

    Keyword(String word, String synonym) {
        this(false, word, synonym);
    }

    Keyword(boolean takesArgument, String word) {
        this(takesArgument, word, word);
    }

    Keyword(boolean takesArgument, String word, String synonym) {
        this.takesArgument = takesArgument;
        this.word = word;
        this.synonym = synonym;
    }

    boolean takesArgument() {
        return takesArgument;
    }

    /** Whether the word is one of its spellings, not cut short. */
    boolean spells(String spelling) {
        return spelling.equals(word) || spelling.equals(synonym);
    }

    String word() {
        return word;
    }

    /** Empty when none is meant, or more than one spelling may be. */
    static Optional<Keyword> of(String typed) {
        return having(typed).or(() -> {
            var begun = Arrays.stream(values())
                    .flatMap(keyword -> Stream.of(keyword.word, keyword.synonym))
                    .filter(spelling -> spelling.startsWith(typed))
                    .distinct()
                    .toList();
            return begun.size() == 1 && !typed.isEmpty() ? having(begun.getFirst()) : Optional.empty();
        });
    }

    private static Optional<Keyword> having(String spelling) {
        return Arrays.stream(values())
                .filter(keyword -> keyword.spells(spelling))
                .findFirst();
    }
}
