package org.lunwarden.path;

import java.util.Optional;

import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.model.settings.PrioKind;
import org.lunwarden.path.checker.Finding;

/**
 * By what a path was checked and rated last, which need not be what its settings name.
 *
 * @param checked whether it has been checked under its settings
 * @param checker empty when the kernel's word was all
 * @param prioritizer empty while it has not been rated under its settings
 */
record Means(boolean checked, Optional<Finding.Asked> checker, Optional<Rated> prioritizer) {

    /** @param set what the settings named then */
    record Rated(PrioKind kind, PrioKind set) {}

    static final Means NONE = new Means(false, Optional.empty(), Optional.empty());

    Means after(Finding finding) {
        return new Means(true, finding.by(), prioritizer);
    }

    /** @param by empty when nothing was asked that is known */
    Means ratedBy(Optional<Rated> by) {
        return new Means(checked, checker, by.or(() -> prioritizer));
    }

    /** For example {@code checked by rdac: the device asks for it}. */
    String ofChecks(PathSettings settings) {
        var set = settings.checker();
        if (!checked) {
            return "to be checked by " + set.word()
                    + (settings.detectChecker() ? " unless the device asks for another (detect_checker)" : "");
        }
        return checker.map(asked -> "checked by " + asked.kind().word()
                        + (asked.detected()
                                ? ": the device asks for it (detect_checker), path_checker says " + set.word()
                                : asSaid("path_checker", asked.kind() == set, set.word())))
                .orElseGet(() -> "judged by the kernel's word alone, without " + set.word() + " of path_checker");
    }

    /** For example {@code by sysfs, as prio says}. */
    String ofPriority(PathSettings settings) {
        var set = settings.prio();
        return prioritizer
                .map(rated -> "by " + rated.kind().word()
                        + (rated.kind() == rated.set()
                                ? asSaid("prio", rated.kind() == set, set.word())
                                : instead(rated.kind(), set)))
                .orElseGet(() -> "by " + set.word()
                        + (settings.detectPrio() ? " unless the device asks for another (detect_prio)" : ""));
    }

    /** Settings may have changed since. */
    private static String asSaid(String keyword, boolean saysSo, String says) {
        return saysSo ? ", as " + keyword + " says" : ", " + keyword + " says " + says + " now";
    }

    private static String instead(PrioKind kind, PrioKind set) {
        return kind == PrioKind.CONST
                ? ": the device tells no target port group for " + set.word() + ", which prio says"
                : ": the device tells it (detect_prio), prio says " + set.word();
    }
}
