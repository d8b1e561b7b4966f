package org.lunwarden.conf.value;

import java.util.function.Function;

/** What the text behind a keyword came to. */
public sealed interface Value<T> {

    record Stored<T>(T value) implements Value<T> {}

    /** Taken, though not as it stands: the nearest limit, or the part that makes sense; or taken without any effect. */
    record Doubtful<T>(T value, String problem) implements Value<T> {}

    /**
     * As if the keyword had not been said, here and earlier in the section.
     *
     * @param doubt why that may not have been meant; empty where it was
     */
    record Unset<T>(String doubt) implements Value<T> {

        Unset() {
            this("");
        }
    }

    /** Refused; what held before goes on. */
    record Rejected<T>(String problem) implements Value<T> {}

    /** So dangerous to leave out that the whole file is refused. */
    record Fatal<T>(String problem) implements Value<T> {}

    default <U> Value<U> map(Function<? super T, ? extends U> change) {
        return flatMap(value -> new Stored<>(change.apply(value)));
    }

    /** What a change makes of the value; a doubt about it stays. */
    default <U> Value<U> flatMap(Function<? super T, Value<U>> change) {
        return switch (this) {
            case Stored<T>(var value) -> change.apply(value);
            case Doubtful<T>(var value, var problem) ->
                switch (change.apply(value)) {
                    case Stored<U>(var changed) -> new Doubtful<>(changed, problem);
                    case Unset<U> unset -> new Unset<>(problem);
                    case Value<U> other -> other;
                };
            case Unset<T>(var doubt) -> new Unset<>(doubt);
            case Rejected<T>(var problem) -> new Rejected<>(problem);
            case Fatal<T>(var problem) -> new Fatal<>(problem);
        };
    }
}
