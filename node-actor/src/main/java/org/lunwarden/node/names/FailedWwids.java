package org.lunwarden.node.names;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

import org.lunwarden.model.Wwid;

/**
 * WWIDs whose map the kernel has refused: the directory {@code failed_wwids}, with an empty file for each. No WWID leads
 * out of it, see {@link Wwid}.
 */
public record FailedWwids(Set<Wwid> wwids) {

    public FailedWwids {
        wwids = Set.copyOf(wwids);
    }

    /** @param names of the directory's files; hidden ones, and those that cannot be a WWID, are strangers */
    public static FailedWwids of(Collection<String> names) {
        return new FailedWwids(names.stream()
                .filter(name -> !name.startsWith(".") && Wwid.isValid(name))
                .map(Wwid::new)
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** The name of a WWID's file in the directory. */
    public static String fileName(Wwid wwid) {
        return wwid.value();
    }
}
