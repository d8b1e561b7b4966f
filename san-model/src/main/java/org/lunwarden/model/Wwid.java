package org.lunwarden.model;

import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The world-wide identifier of a logical unit, as udev's {@code ID_SERIAL} or VPD page 0x83 gives it, for example
 * {@code 3600a098038302d414b2b4d4453474f62}.
 *
 * <p>It becomes part of device names and file names, so a slash, a blank or a control character is refused: a
 * device must not choose where we write.
 */
public record Wwid(@JsonValue String value) implements Comparable<Wwid> {

    /** The longest WWID: the kernel's limit of a dm UUID (129 bytes) less the prefix {@code mpath-}. */
    public static final int MAX_LENGTH = 122;

    private static final String MAP_PREFIX = "mpath-";

    /** @throws IllegalArgumentException when {@link #isValid} says no */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Wwid {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a WWID: '" + value + "'");
        }
    }

    /** Whether the text can be a WWID: 1 to 122 printable ASCII characters, none of them a blank or a slash. */
    public static boolean isValid(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '/')
                && !text.equals(".")
                && !text.equals("..");
    }

    /** The WWID whose multipath map has that dm UUID, {@code mpath-3600…}; empty for any other dm device. */
    public static Optional<Wwid> ofMap(String uuid) {
        return Optional.of(uuid)
                .filter(map -> map.startsWith(MAP_PREFIX))
                .map(map -> map.substring(MAP_PREFIX.length()))
                .filter(Wwid::isValid)
                .map(Wwid::new);
    }

    @Override
    public int compareTo(Wwid other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
