package org.lunwarden.model.dm;

/** The outcome of reading text: a value, or which word was wrong and why. */
public sealed interface Parsed<T> {

    record Ok<T>(T value) implements Parsed<T> {}

    /** @param word position of the first wrong word, counted from 0 */
    record Malformed<T>(int word, String problem) implements Parsed<T> {}
}
