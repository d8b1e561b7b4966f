package org.lunwarden.fleet.incident;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

import org.lunwarden.fleet.diagnosis.Finding;

/**
 * Names for new incidents, for example {@code 20260301-101512-5f3a9c01}: of the second in which the first nexus failed and
 * the first cause that was seen. An id that is in use gets a number, {@code ...-2}.
 */
final class Ids {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private Ids() {}

    static String of(Finding finding, List<Draft> known, Identities shared) {
        var cause = finding.kind() == Finding.Kind.SILENCE
                ? "silence"
                : finding.first().component().toString();
        var stem = "%s-%08x".formatted(SECOND.format(finding.onset()), cause.hashCode());
        var id = stem;
        for (var number = 2; isUsed(id, known, shared); number++) {
            id = stem + "-" + number;
        }
        return id;
    }

    private static boolean isUsed(String id, List<Draft> known, Identities shared) {
        return shared.byId().containsKey(id)
                || known.stream().anyMatch(draft -> draft.id.equals(id) || draft.formerIds.contains(id));
    }
}
