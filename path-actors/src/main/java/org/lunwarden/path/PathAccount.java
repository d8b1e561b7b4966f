package org.lunwarden.path;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why a path is as it is, and what it waits for, a sentence each. Pure, and made of what the path is decided by.
 *
 * @param lines without a newline; what a device says of itself may be in them
 */
public record PathAccount(List<String> lines) {

    public PathAccount {
        lines = List.copyOf(lines);
    }

    /** What was seen last, and since when the state is what it is; times are the host's uptime. */
    record Word(String said, Duration at, Duration since) {

        static Word none(Duration now) {
            return new Word("", now, now);
        }
    }

    static PathAccount of(Watch watch, Duration now) {
        var lines = new ArrayList<String>();
        lines.add(state(watch, now));
        lines.add(watch.means().ofChecks(watch.settings()) + "; the next " + next(watch, now));
        hanging(watch.life()).ifPresent(lines::add);
        proof(watch).ifPresent(lines::add);
        if (watch.life().adminFailed()) {
            lines.add("out of use: an operator failed it, and it waits for his word");
        }
        if (watch.marginality().isMarginal()) {
            lines.add(marginal(watch) + watch.marginality().why());
        }
        var quarantine = watch.quarantine().why(watch.settings());
        if (!quarantine.isEmpty()) {
            lines.add(quarantine);
        }
        lines.add(priority(watch));
        return new PathAccount(lines);
    }

    private static String state(Watch watch, Duration now) {
        var word = watch.word();
        var since = now.minus(word.since()).toSeconds();
        return "state " + watch.life().state().label() + " for " + since + " s"
                + (word.said().isEmpty() ? ": no check has ended" : ": " + word.said())
                + (watch.live().state().isEmpty()
                        ? ""
                        : "; the kernel says " + watch.live().state());
    }

    private static String next(Watch watch, Duration now) {
        var left = watch.word().at().plus(watch.next()).minus(now);
        return left.isPositive() ? "check within " + (left.toSeconds() + 1) + " s" : "check is due or under way";
    }

    private static Optional<String> hanging(PathLife life) {
        return life.overdue() == 0
                ? Optional.empty()
                : Optional.of(life.overdue() + " of its checks hang"
                        + (life.mayCheck() ? "" : "; no more are begun until one is answered"));
    }

    private static Optional<String> proof(Watch watch) {
        var unit = watch.unit().map(name -> "unit " + name.name()).orElse("the unit it was taken for");
        return switch (watch.proof()) {
            case PROVEN -> Optional.empty();
            case OPEN -> Optional.of("before it comes into use it must show that it is " + unit);
            case UNPROVEN -> Optional.of("out of use: it does not show that it is " + unit);
            case OVERDUE -> Optional.of("out of use: no check has told for too long whether it is " + unit);
            case ANOTHER -> Optional.of("out of use: it is another unit now, not " + unit);
        };
    }

    private static String marginal(Watch watch) {
        if (watch.life().heldBack()) {
            return "held back: ";
        }
        return watch.settings().precautions().marginalGroups()
                ? "in a group behind the others: "
                : "to no effect while marginal_pathgroups is off: ";
    }

    private static String priority(Watch watch) {
        var by = watch.means().ofPriority(watch.settings());
        return watch.priority().isDefined()
                ? "priority " + watch.priority().value() + ", " + by
                : "priority not known; asked for " + by;
    }
}
