package org.lunwarden.conf.text;

/**
 * Something in a configuration that its author should know.
 *
 * @param found what is there and what becomes of it
 * @param expected what could have stood there; empty where there is nothing to say
 */
public record Problem(Position at, Severity severity, String found, String expected) {

    public static Problem error(Position at, String found, String expected) {
        return new Problem(at, Severity.ERROR, found, expected);
    }

    public static Problem warning(Position at, String found, String expected) {
        return new Problem(at, Severity.WARNING, found, expected);
    }

    @Override
    public String toString() {
        var word = switch (severity) {
            case FATAL -> "fatal: ";
            case ERROR -> "error: ";
            case WARNING -> "warning: ";
        };
        return at + ": " + word + found + (expected.isEmpty() ? "" : "; expected " + expected);
    }
}
