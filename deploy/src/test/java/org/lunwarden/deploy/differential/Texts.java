package org.lunwarden.deploy.differential;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What was printed, as lines that can be compared. */
final class Texts {

    /**
     * Parts of a configuration that differ by version alone, as regular expressions: the reference here is 0.9.4, Lunwarden
     * behaves as 0.14.
     */
    private static final List<String> OF_VERSION = List.of(
            // came with 0.9.6
            "defaults: detect_pgpolicy(_use_tpg)? .*",
            // the reference's daemon and its command say different defaults
            "defaults: (force_sync|retrigger_tries) .*");

    private Texts() {}

    /** All that is printed, by section. */
    static Answers builtIn(String unconfigured) {
        return new Answers(ConfigDump.of(today(unconfigured)).sections());
    }

    /** A configuration without what the same program prints when nothing is configured. */
    static List<String> configured(String dump, String unconfigured) {
        return ConfigDump.of(today(dump)).without(ConfigDump.of(today(unconfigured))).parts().stream()
                .filter(Texts::ofEveryVersion)
                .toList();
    }

    /** The entries that are in use on a host, with what was configured beside them, sorted: the order is chance. */
    static List<String> local(String dump, String unconfigured) {
        var builtIn = ConfigDump.of(today(unconfigured));
        return ConfigDump.of(today(dump))
                .withoutSection("defaults", builtIn)
                .withoutSection("blacklist", builtIn)
                .withoutSection("blacklist_exceptions", builtIn)
                .parts()
                .stream()
                .filter(Texts::ofEveryVersion)
                .sorted(Comparator.comparing(part -> part.startsWith("defaults: ") ? "" : part))
                .toList();
    }

    /** With the values that have three words since 0.10 instead of two. */
    private static String today(String dump) {
        return dump.replace("flush_on_last_del \"yes\"", "flush_on_last_del \"always\"")
                .replace("flush_on_last_del \"no\"", "flush_on_last_del \"unused\"");
    }

    private static boolean ofEveryVersion(String part) {
        return OF_VERSION.stream().noneMatch(part::matches);
    }

    /** A topology with its maps in the order of their names, and without dm minor numbers. */
    static List<String> topology(String text) {
        var maps = text.replaceAll(" dm-\\d+ ", " dm-N ").strip().split("\n(?=\\S.* dm-N )", -1);
        return Arrays.stream(maps)
                .sorted()
                .flatMap(String::lines)
                .map(String::stripTrailing)
                .toList();
    }

    static List<String> lines(String text) {
        return text.lines().toList();
    }
}
