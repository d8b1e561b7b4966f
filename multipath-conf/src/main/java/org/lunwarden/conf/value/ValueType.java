package org.lunwarden.conf.value;

import java.util.function.Function;

/**
 * A type of values, as a pair of functions that undo each other.
 *
 * @param expected what may be written, for a reader
 * @param reader from the text of a value, without quotes
 * @param writer to what stands behind the keyword in a file, with quotes where the value needs them
 */
public record ValueType<T>(String expected, Function<String, Value<T>> reader, Function<T, String> writer) {

    public Value<T> read(String text) {
        return reader.apply(text);
    }

    public String write(T value) {
        return writer.apply(value);
    }

    /** A text between double quotes; a double quote in it is doubled. */
    public static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
