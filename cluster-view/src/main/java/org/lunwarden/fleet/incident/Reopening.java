package org.lunwarden.fleet.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.lunwarden.fleet.diagnosis.Finding;
import org.lunwarden.fleet.diagnosis.Suspect;
import org.lunwarden.fleet.incident.Incident.Phase;
import org.lunwarden.model.Component;

/** Which resolved incident comes back with a failure: that of the same cause, if it was resolved not long before. */
final class Reopening {

    private final Instant now;
    private final IncidentSettings settings;
    private final Agreement agreement;

    Reopening(Instant now, IncidentSettings settings, Agreement agreement) {
        this.now = now;
        this.settings = settings;
        this.agreement = agreement;
    }

    /** The one that was resolved last. */
    Optional<Draft> of(Finding finding, List<Draft> drafts) {
        var causes = causes(finding.kind(), finding.suspects());
        return drafts.stream()
                .filter(draft -> isOver(draft) && draft.kind == finding.kind())
                .filter(draft -> draft.resolvedAt
                        .filter(resolved -> resolved.isBefore(now)
                                && Duration.between(resolved, now).compareTo(settings.reopen()) <= 0)
                        .isPresent())
                .filter(draft -> causes(draft.kind, draft.suspects).stream().anyMatch(causes::contains))
                .max(Comparator.comparing((Draft draft) -> draft.resolvedAt.orElse(Instant.MIN))
                        .thenComparing(Draft.AGE.reversed()));
    }

    /** The one that an incident, opened since, proves to be: its cause is the same now, or other views say so. */
    Optional<Draft> of(Draft open, List<Draft> drafts) {
        var bySaying = drafts.stream()
                .filter(draft -> isOver(draft) && agreement.isBack(draft, open))
                .min(Draft.AGE);
        return bySaying.or(() -> open.finding
                .flatMap(finding -> of(finding, drafts))
                .filter(draft -> draft.resolvedAt
                        .filter(resolved -> !open.openedHereAt().isBefore(resolved))
                        .isPresent()));
    }

    void reopen(Draft draft, Finding finding) {
        draft.reopen(finding, agreement.timesReopened(draft), now);
    }

    /** Takes over what was found out of it under another id. */
    void reopenAs(Draft draft, Draft open) {
        draft.reopenAs(open, agreement.timesReopened(draft), now);
    }

    private static boolean isOver(Draft draft) {
        return draft.phase == Phase.RESOLVED && draft.mergedInto.isEmpty();
    }

    /** Hosts that fall silent are one incident, whichever they are; it is the same again if one of them is. */
    private static Set<Component> causes(Finding.Kind kind, List<Suspect> suspects) {
        return kind == Finding.Kind.FAULT
                ? new HashSet<>(suspects.getFirst().components())
                : suspects.stream()
                        .flatMap(suspect -> Stream.of(suspect.component()))
                        .collect(Collectors.toSet());
    }
}
