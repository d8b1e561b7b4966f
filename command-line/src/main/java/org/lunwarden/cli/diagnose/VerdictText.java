package org.lunwarden.cli.diagnose;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.lunwarden.fleet.localization.Cause;
import org.lunwarden.fleet.localization.ComponentName;
import org.lunwarden.fleet.localization.Localized;
import org.lunwarden.fleet.localization.RiskIndex;
import org.lunwarden.fleet.localization.RowReading;
import org.lunwarden.fleet.localization.Suspicion;

/** A verdict as a tired person wants to read it: what broke first, then why, then what to keep in mind. */
final class VerdictText {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT);
    private static final double WHOLE = 0.8;
    private static final int MOST = 10;

    private final RiskIndex index;
    private final Localized verdict;
    private final List<NotObservable> notes;
    private final ObservationReader reader;
    private final List<String> lines = new ArrayList<>();

    VerdictText(RiskIndex index, Localized verdict, List<NotObservable> notes, ObservationReader reader) {
        this.index = index;
        this.verdict = verdict;
        this.notes = notes;
        this.reader = reader;
    }

    String text() {
        if (verdict.causes().isEmpty()) {
            lines.add("Nothing found that is broken.");
        }
        for (var at = 0; at < verdict.causes().size(); at++) {
            incident(at + 1, verdict.causes().get(at));
        }
        if (!verdict.unexplained().isEmpty()) {
            lines.add("Failed for no reason that could be seen: "
                    + count(verdict.unexplained().size(), "nexus"));
            verdict.unexplained().stream()
                    .limit(MOST)
                    .forEach(row -> lines.add("   " + index.host(row) + ": " + index.initiator(row) + " -> "
                            + index.target(row) + " " + index.state(row).word()));
            more(verdict.unexplained().size());
            lines.add("");
        }
        if (!notes.isEmpty()) {
            lines.add("What cannot be told:");
            for (var note : notes) {
                var which = note.components().stream().map(VerdictText::name).collect(Collectors.joining(", "));
                lines.add("   " + (which.isEmpty() ? "" : which + ": ") + note.why());
            }
            lines.add("");
        }
        lines.add("Read: " + count(index.size(), "nexus") + " of " + count(index.hostCount(), "host")
                + (reader.later() == 0 ? "" : "; lines reported later and left out: " + number(reader.later()))
                + (reader.bad().isEmpty()
                        ? ""
                        : "; lines that cannot be used: " + number(reader.bad().size())));
        return String.join("\n", lines) + "\n";
    }

    private void incident(int number, Cause cause) {
        var first = cause.first();
        lines.add(number + ". " + title(cause));
        lines.add(
                "   " + evidence(first) + "; confidence " + Math.min(99, Math.round(first.confidence() * 100)) + " %");
        if (cause.onset() != RowReading.NO_TIME) {
            lines.add("   since "
                    + TIME.format(Instant.ofEpochMilli(cause.onset()).atOffset(ZoneOffset.UTC)));
        }
        if (!cause.doubt().isEmpty()) {
            lines.add("   not certain: " + cause.doubt());
        }
        var alike = new ArrayList<>(first.equivalent());
        alike.addAll(first.hidden());
        if (!alike.isEmpty()) {
            lines.add("   could as well be: " + names(alike));
        }
        first.together().forEach(set -> lines.add("   or all of these at once: " + names(set)));
        cause.runnerUp()
                .ifPresent(other -> lines.add("   next best: " + name(index.component(other.component())) + " ("
                        + evidence(other) + "), "
                        + (cause.gap() > 10
                                ? "far less likely"
                                : cause.gap() > 2 ? "less likely" : "about as likely")));
        lines.add("");
    }

    private String title(Cause cause) {
        var first = cause.first();
        var who = cause.suspects().stream()
                .map(one -> name(index.component(one.component())))
                .collect(Collectors.joining(" or "));
        if (!cause.doubt().isEmpty()) {
            return "Suspected: " + who;
        }
        return first.fraction() >= WHOLE
                ? who + " is down"
                : who + " loses about " + Math.max(1, Math.round(first.fraction() * 100)) + " % of its traffic";
    }

    private static String evidence(Suspicion suspect) {
        var failed = suspect.down() + suspect.partial();
        return number(failed) + " of " + count(failed + suspect.up(), "nexus") + " through it failed"
                + (suspect.partial() == 0 ? "" : ", " + number(suspect.partial()) + " of them in part,") + " on "
                + count(suspect.hosts(), "host")
                + (suspect.neutral() == 0 ? "" : "; of " + number(suspect.neutral()) + " more nothing is known");
    }

    private String names(List<Integer> components) {
        return components.stream()
                        .limit(MOST)
                        .map(component -> name(index.component(component)))
                        .collect(Collectors.joining(", "))
                + (components.size() > MOST ? ", ..." : "");
    }

    /** For example {@code initiator switch A/12}. */
    private static String name(ComponentName name) {
        var words = name.kind().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return words + " " + name.id();
    }

    private void more(int all) {
        if (all > MOST) {
            lines.add("   ... and " + number(all - MOST) + " more");
        }
    }

    private static String count(int count, String what) {
        return number(count) + " " + what + (count == 1 ? "" : what.endsWith("s") ? "es" : "s");
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
