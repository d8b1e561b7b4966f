package org.lunwarden.fleet.incident;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

import org.lunwarden.fleet.diagnosis.Finding;

/** Names for incidents that every view finds by itself, for example {@code 20260301-5f3a9c01} or, the second time, {@code ...-2}. */
final class Ids {

    private Ids() {}

    static String of(Finding finding, List<Draft> known) {
        var day = DateTimeFormatter.BASIC_ISO_DATE.format(
                finding.onset().atOffset(ZoneOffset.UTC).toLocalDate());
        var cause = finding.kind() == Finding.Kind.SILENCE
                ? "silence"
                : finding.first().component().toString();
        var stem = "%s-%08x".formatted(day, cause.hashCode());
        var before = known.stream()
                .filter(draft -> draft.id.equals(stem) || draft.id.startsWith(stem + "-"))
                .count();
        return before == 0 ? stem : stem + "-" + (before + 1);
    }
}
