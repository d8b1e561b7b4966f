package org.lunwarden.node.names;

import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

import org.lunwarden.model.Wwid;

/**
 * Names several maps at once: by their own alias, by a number, or by WWID. Of two maps that want one name the first keeps
 * it, and whom it is refused keeps the name that it has in the kernel, or else is called by its WWID. Pure.
 *
 * @param names one for each wish
 * @param toWrite the bindings with those that were added, which are to be on disk before a name is used; empty when none
 *     were
 */
public record Naming(SortedMap<Wwid, Named> names, Optional<Bindings> toWrite) {

    /** @param remark why it is another name than the wanted one; empty when it is not */
    public record Named(String name, String remark) {}

    /**
     * Who has which name, by WWID; a device that is no multipath map, by a text that is none.
     *
     * @param kernel names of all dm devices
     * @param given names that were given to maps, which the kernel may not have yet
     * @param configured aliases of the site's entries, each with the first that has it
     */
    public record Owners(Map<Alias, String> kernel, Map<Alias, String> given, Map<Alias, String> configured) {

        public Owners {
            kernel = Map.copyOf(kernel);
            given = Map.copyOf(given);
            configured = Map.copyOf(configured);
        }

        private Map<Alias, String> all() {
            var all = new TreeMap<>(configured);
            all.putAll(given);
            all.putAll(kernel);
            return all;
        }

        private Optional<Alias> nameInKernel(Wwid wwid) {
            return kernel.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(wwid.value()))
                    .map(Map.Entry::getKey)
                    .filter(name -> !name.value().equals(wwid.value()))
                    .findFirst();
        }
    }

    public Naming {
        names = new TreeMap<>(names);
    }

    /**
     * @param wishes the first comes first
     * @param readOnly whether no binding may be added
     */
    public static Naming of(Bindings bindings, SequencedMap<Wwid, NameWish> wishes, Owners owners, boolean readOnly) {
        var names = new TreeMap<Wwid, Named>();
        var taken = owners.all();
        var known = bindings;
        for (var wish : wishes.entrySet()) {
            var wwid = wish.getKey();
            var present = owners.nameInKernel(wwid);
            var choice = choice(known, wwid, wish.getValue(), present, taken, readOnly);
            if (choice instanceof AliasChoice.Added(var alias, var more)) {
                known = more;
            }
            var named = named(choice, wwid, present);
            names.put(wwid, named);
            Alias.parse(named.name()).ifPresent(name -> taken.putIfAbsent(name, wwid.value()));
        }
        return new Naming(names, known.equals(bindings) ? Optional.empty() : Optional.of(known));
    }

    private static AliasChoice choice(
            Bindings bindings,
            Wwid wwid,
            NameWish wish,
            Optional<Alias> present,
            Map<Alias, String> taken,
            boolean readOnly) {
        if (wish.alias().isPresent()) {
            var alias = wish.alias().get();
            var owner = taken.getOrDefault(alias, wwid.value());
            return owner.equals(wwid.value())
                    ? new AliasChoice.Bound(alias)
                    : new AliasChoice.ByWwid(alias + " is the name of the map of WWID " + owner);
        }
        return wish.prefix()
                .map(prefix -> AliasChoice.of(bindings, wwid.value(), present, prefix, taken, readOnly))
                .orElseGet(() -> new AliasChoice.ByWwid(""));
    }

    private static Named named(AliasChoice choice, Wwid wwid, Optional<Alias> present) {
        return switch (choice) {
            case AliasChoice.Bound(var alias) -> new Named(alias.value(), "");
            case AliasChoice.Added(var alias, var bindings) -> new Named(alias.value(), "");
            case AliasChoice.ByWwid(var reason) ->
                new Named(
                        reason.isEmpty()
                                ? wwid.value()
                                : present.map(Alias::value).orElse(wwid.value()),
                        reason);
        };
    }
}
