package org.lunwarden.fleet.incident;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.lunwarden.fleet.diagnosis.Finding;
import org.lunwarden.fleet.diagnosis.Member;
import org.lunwarden.model.Component;

/** The identities of incidents that the views share, by id, as far as they have reached this view. */
public record Identities(Map<String, Identity> byId) {

    public static final Identities NONE = new Identities(Map.of());

    public Identities {
        byId = Map.copyOf(byId);
    }

    /** With what this view adds, which the others do not know yet. */
    public Identities with(Collection<Identity> more) {
        var all = new HashMap<>(byId);
        more.forEach(one -> all.merge(one.id(), one, (old, next) -> next.version() > old.version() ? next : old));
        return new Identities(all);
    }

    public boolean areAllClosed() {
        return byId.values().stream().allMatch(Identity::closed);
    }

    Optional<Identity> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Open ones that mean an incident with this cause and these members. */
    Stream<Identity> of(Finding.Kind kind, Component cause, Set<Member> members) {
        return byId.values().stream()
                .filter(one -> !one.closed() && one.kind() == kind)
                .filter(one -> one.means(cause, members));
    }
}
