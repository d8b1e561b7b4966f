package org.lunwarden.node.names;

import java.util.Map;
import java.util.Optional;

/** How a map is called with {@code user_friendly_names}. */
public sealed interface AliasChoice {

    /** It has a binding already. */
    record Bound(Alias alias) implements AliasChoice {}

    /** @param bindings to be written before the alias is used: two maps must not get one name after a crash */
    record Added(Alias alias, Bindings bindings) implements AliasChoice {}

    /** It is called by its WWID, and no binding is made of that. */
    record ByWwid(String reason) implements AliasChoice {}

    /**
     * The bound alias, else the name that the map has already, else the first free number.
     *
     * @param oldName of the WWID's map in the kernel; empty without one, or when the WWID is its name
     * @param mapNames WWID by name of all maps that the kernel has
     * @param readOnly whether no binding may be added
     */
    static AliasChoice of(
            Bindings bindings,
            String wwid,
            Optional<Alias> oldName,
            String prefix,
            Map<Alias, String> mapNames,
            boolean readOnly) {
        var oldOwner = oldName.flatMap(bindings::wwid);
        if (oldOwner.isPresent() && oldOwner.get().equals(wwid)) {
            return new Bound(oldName.orElseThrow());
        }
        var bound = bindings.alias(wwid);
        if (bound.isPresent()) {
            var owner = mapNames.getOrDefault(bound.get(), wwid);
            return owner.equals(wwid)
                    ? new Bound(bound.get())
                    : new ByWwid(bound.get() + " is the name of the map of WWID " + owner);
        }
        if (readOnly) {
            return new ByWwid("no binding may be added");
        }
        return oldName.filter(name -> oldOwner.isEmpty())
                .filter(name -> name.number(prefix).isPresent())
                .filter(name -> mapNames.getOrDefault(name, wwid).equals(wwid))
                .or(() -> bindings.firstFree(prefix, wwid, mapNames).flatMap(number -> Alias.numbered(prefix, number)))
                .filter(alias -> Bindings.canHold(alias, wwid))
                .<AliasChoice>map(alias -> new Added(alias, bindings.with(alias, wwid)))
                .orElseGet(() -> new ByWwid("no name that begins with '" + prefix + "' can be bound to it"));
    }

    /**
     * What the choice comes to.
     *
     * @param written whether the bindings are in the file, if they were to be written
     */
    default Optional<Alias> settled(boolean written) {
        return switch (this) {
            case Bound(var alias) -> Optional.of(alias);
            case Added(var alias, var bindings) -> written ? Optional.of(alias) : Optional.empty();
            case ByWwid byWwid -> Optional.empty();
        };
    }
}
