package org.lunwarden.fleet.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.lunwarden.fleet.localization.Localized;
import org.lunwarden.fleet.localization.RiskIndex;
import org.lunwarden.model.Component;
import org.lunwarden.model.fleet.NexusState;

/** What a verdict cannot tell, in words. */
final class Caveats {

    private Caveats() {}

    static List<String> of(List<Observation> rows, List<Finding> findings, Localized localized, RiskIndex index) {
        var notes = new ArrayList<String>();
        var silentHosts = 0;
        for (var finding : findings) {
            if (finding.kind() == Finding.Kind.FAULT) {
                about(finding, notes);
            } else {
                silentHosts = finding.hosts();
            }
        }
        for (var cause : localized.causes()) {
            for (var other : cause.wake()) {
                notes.add(
                        "little of %s was lost, within minutes after %s and close to it: taken for what that drew after it"
                                .formatted(
                                        index.component(other),
                                        index.component(cause.first().component())));
            }
        }
        var unknown = count(rows, NexusState.UNKNOWN);
        if (unknown > 0) {
            notes.add("%,d nexuses count neither way, since nothing is known of them; %,d hosts are silent"
                    .formatted(unknown, silentHosts));
        }
        var admin = count(rows, NexusState.ADMIN);
        if (admin > 0) {
            notes.add("%,d nexuses count neither way, since an operator took them down".formatted(admin));
        }
        if (!localized.staleHosts().isEmpty()) {
            notes.add(
                    "%,d hosts still say up on every nexus that failed for all other hosts: their reports look old and count neither way"
                            .formatted(localized.staleHosts().size()));
        }
        if (index.correctedRows() > 0) {
            notes.add("%,d nexuses name another component than the rest of their port does: they count with the rest"
                    .formatted(index.correctedRows()));
        }
        return notes;
    }

    private static void about(Finding finding, List<String> notes) {
        for (var suspect : finding.suspects()) {
            if (!suspect.equivalent().isEmpty()) {
                notes.add("%s cannot be told from %s: exactly the same nexuses cross them"
                        .formatted(suspect.component(), listed(suspect.equivalent())));
            }
            if (!suspect.hidden().isEmpty()) {
                notes.add("%s cannot be told from %s: they differ only in nexuses that another cause took down"
                        .formatted(suspect.component(), listed(suspect.hidden())));
            }
        }
        var first = finding.first();
        if (!finding.isNamed()) {
            notes.add("%s is suspected, not named: %s".formatted(first.component(), finding.doubt()));
        }
        if (first.evidence().partial() > first.evidence().down()) {
            notes.add(
                    "most nexuses through %s fail in part: whether it loses traffic or single LUNs behind it fail is not seen from nexuses"
                            .formatted(first.component()));
        }
    }

    private static String listed(List<Component> components) {
        return components.stream().map(Component::toString).collect(Collectors.joining(", "));
    }

    private static int count(List<Observation> rows, NexusState state) {
        return (int) rows.stream().filter(row -> row.state() == state).count();
    }
}
