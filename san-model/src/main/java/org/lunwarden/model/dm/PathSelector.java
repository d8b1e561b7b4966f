package org.lunwarden.model.dm;

import java.util.List;

/**
 * How the kernel picks a path within a group: a selector's name and its arguments, written {@code service-time 0}
 * (name, number of arguments, arguments).
 */
public record PathSelector(String name, List<String> args) {

    public PathSelector {
        args = List.copyOf(args);
    }

    public static PathSelector of(String name) {
        return new PathSelector(name, List.of());
    }

    @Override
    public String toString() {
        return name + " " + args.size() + (args.isEmpty() ? "" : " " + String.join(" ", args));
    }
}
