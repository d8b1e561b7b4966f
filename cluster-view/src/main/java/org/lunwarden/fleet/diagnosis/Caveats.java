package org.lunwarden.fleet.diagnosis;

import java.util.ArrayList;
import java.util.List;

import org.lunwarden.model.Component;
import org.lunwarden.model.fleet.NexusState;

/** What a verdict cannot tell, in words. */
final class Caveats {

    private Caveats() {}

    static List<String> of(RiskModel model, List<Finding> findings, int silentHosts) {
        var notes = new ArrayList<String>();
        for (var finding : findings) {
            if (finding.kind() == Finding.Kind.FAULT) {
                about(finding, notes);
            }
        }
        var unknown = count(model, NexusState.UNKNOWN);
        if (unknown > 0) {
            notes.add("%,d nexuses count neither way, since nothing is known of them; %,d hosts are silent"
                    .formatted(unknown, silentHosts));
        }
        var admin = count(model, NexusState.ADMIN);
        if (admin > 0) {
            notes.add("%,d nexuses count neither way, since an operator took them down".formatted(admin));
        }
        return notes;
    }

    private static void about(Finding finding, List<String> notes) {
        for (var suspect : finding.suspects()) {
            if (!suspect.equivalent().isEmpty()) {
                notes.add("%s cannot be told from %s: exactly the same nexuses cross them"
                        .formatted(
                                suspect.component(),
                                String.join(
                                        ", ",
                                        suspect.equivalent().stream()
                                                .map(Component::toString)
                                                .toList())));
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

    private static int count(RiskModel model, NexusState state) {
        return (int) model.rows.stream().filter(row -> row.state() == state).count();
    }
}
