package org.lunwarden.conf.value;

/** A value that was said somewhere. */
public record Setting<T>(Keyword<T> keyword, T value, Origin origin) {

    /** As it would stand in a file. */
    public String text() {
        return keyword.name() + " " + keyword.type().write(value);
    }
}
