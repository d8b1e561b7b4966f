package org.lunwarden.conf.value;

import java.util.Optional;

/**
 * A keyword of multipath.conf(5).
 *
 * @param builtIn what holds where no configuration says anything
 * @param standing whether saying it does anything
 * @param meaning one sentence for its documentation
 */
public record Keyword<T>(String name, ValueType<T> type, Optional<T> builtIn, Standing standing, String meaning) {

    public enum Standing {
        IN_FORCE,
        /** Has an effect, which another keyword has better. */
        DEPRECATED,
        /** Is read and shown, and changes nothing. */
        INEFFECTIVE,
        /** Is read and shown, and there is nothing here that it could change. */
        POINTLESS,
        /** Is not even kept. */
        IGNORED
    }

    static <T> Keyword<T> of(String name, ValueType<T> type, String meaning) {
        return new Keyword<>(name, type, Optional.empty(), Standing.IN_FORCE, meaning);
    }

    static <T> Keyword<T> of(String name, ValueType<T> type, T builtIn, String meaning) {
        return new Keyword<>(name, type, Optional.of(builtIn), Standing.IN_FORCE, meaning);
    }

    /** A keyword of earlier releases whose value is not even looked at. */
    static Keyword<String> ignored(String name) {
        return new Keyword<>(name, Words.TEXT, Optional.empty(), Standing.IGNORED, "Has no effect any more.");
    }

    Keyword<T> standing(Standing changed) {
        return new Keyword<>(name, type, builtIn, changed, meaning);
    }

    /** Why it does nothing to say it with that value, a sentence; empty when it does something. */
    Optional<String> idle(T value) {
        return switch (standing) {
            case IN_FORCE, DEPRECATED -> Optional.empty();
            case INEFFECTIVE, IGNORED -> Optional.of(name + " has no effect any more");
            case POINTLESS ->
                Optional.of(name + " has no effect: " + meaning).filter(why -> !builtIn.equals(Optional.of(value)));
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
