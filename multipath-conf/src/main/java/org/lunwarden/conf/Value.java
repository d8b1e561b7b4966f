package org.lunwarden.conf;

import java.util.function.Function;

/** What a keyword's text came to. */
sealed interface Value<T> {

    record Stored<T>(T value) implements Value<T> {}

    /** Out of range: the nearest limit is taken, and said. */
    record Capped<T>(T value, String problem) implements Value<T> {}

    /** As if the keyword were not there. */
    record Unset<T>() implements Value<T> {}

    /** Refused; what held before goes on. */
    record Rejected<T>(String problem) implements Value<T> {}

    default <U> Value<U> map(Function<? super T, ? extends U> change) {
        return switch (this) {
            case Stored<T>(var value) -> new Stored<>(change.apply(value));
            case Capped<T>(var value, var problem) -> new Capped<>(change.apply(value), problem);
            case Unset<T>() -> new Unset<>();
            case Rejected<T>(var problem) -> new Rejected<>(problem);
        };
    }
}
