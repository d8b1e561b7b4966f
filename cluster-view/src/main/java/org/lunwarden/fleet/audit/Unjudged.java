package org.lunwarden.fleet.audit;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.lunwarden.model.fleet.HostId;

/**
 * What could not be judged: neither amiss nor fine.
 *
 * @param kind what was looked for; empty for everything
 * @param hosts sorted
 * @param maps how many of theirs; 0 when it is not about maps
 */
public record Unjudged(Optional<FindingKind> kind, String why, List<HostId> hosts, int maps) {

    static final Comparator<Unjudged> ORDER = Comparator.comparing(
                    (Unjudged unjudged) -> unjudged.kind().map(Enum::ordinal).orElse(-1))
            .thenComparing(Unjudged::why);

    public Unjudged {
        hosts = List.copyOf(hosts);
    }
}
