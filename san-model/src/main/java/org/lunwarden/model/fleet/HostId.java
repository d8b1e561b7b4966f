package org.lunwarden.model.fleet;

import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A host's name in the fleet, unique there. */
public record HostId(@JsonValue String value) implements Comparable<HostId> {

    private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,252}");

    /** @throws IllegalArgumentException unless 1 to 253 letters, digits, dots, dashes, underscores */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public HostId {
        if (!TEXT.matcher(value).matches()) {
            throw new IllegalArgumentException("not a host name: '" + value + "'");
        }
    }

    @Override
    public int compareTo(HostId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
