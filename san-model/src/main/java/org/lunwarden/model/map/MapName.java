package org.lunwarden.model.map;

/** What a map is to be called. Names are those of dm devices: 1 to 127 characters without a slash or a blank. */
public sealed interface MapName {

    /** Nobody has said yet: no map is made, and one that the kernel has keeps its name. */
    record Unsaid() implements MapName {}

    /** It cannot be found out now: a new map is called so, one that the kernel has keeps its name. */
    record OfNewMap(String name) implements MapName {}

    record Wanted(String name) implements MapName {}
}
