package org.lunwarden.map;

/** What a map's actor answers to whom asked for another table or another size. */
public sealed interface MapAnswer {

    /** It was done, or was so already. */
    record Done() implements MapAnswer {}

    /** Nothing was changed. */
    record Refused(String reason) implements MapAnswer {}
}
