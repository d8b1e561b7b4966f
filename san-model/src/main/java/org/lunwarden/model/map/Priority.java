package org.lunwarden.model.map;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A path's priority, higher is better; {@code -1} means that none is known. */
public record Priority(@JsonValue int value) implements Comparable<Priority> {

    public static final Priority UNDEFINED = new Priority(-1);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Priority {}

    public boolean isDefined() {
        return value != -1;
    }

    @Override
    public int compareTo(Priority other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
