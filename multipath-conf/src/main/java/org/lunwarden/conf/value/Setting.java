package org.lunwarden.conf.value;

import java.util.Optional;

/** A value that was said somewhere. */
public record Setting<T>(Keyword<T> keyword, T value, Origin origin) {

    /** Why it changes nothing, a sentence; empty when it may. */
    public Optional<String> idle() {
        return keyword.idle(value);
    }

    /** As it would stand in a file. */
    public String text() {
        return keyword.name() + " " + keyword.type().write(value);
    }
}
