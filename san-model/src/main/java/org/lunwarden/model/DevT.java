package org.lunwarden.model;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A block device number, written {@code 8:16}. */
public record DevT(int major, int minor) implements Comparable<DevT> {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9}):(\\d{1,9})");
    private static final Comparator<DevT> ORDER =
            Comparator.comparingInt(DevT::major).thenComparingInt(DevT::minor);

    /** Reads {@code major:minor}, both decimal; empty for anything else. */
    public static Optional<DevT> parse(String text) {
        var match = TEXT.matcher(text);
        return match.matches()
                ? Optional.of(new DevT(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2))))
                : Optional.empty();
    }

    @JsonCreator
    static DevT fromJson(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not major:minor: " + text));
    }

    /** As a record's own, which a compiler of the first tier does not look into: it is asked for most of all. */
    @Override
    public boolean equals(Object other) {
        return other instanceof DevT(var otherMajor, var otherMinor) && major == otherMajor && minor == otherMinor;
    }

    @Override
    public int hashCode() {
        return 31 * major + minor;
    }

    @Override
    public int compareTo(DevT other) {
        return ORDER.compare(this, other);
    }

    @Override
    @JsonValue
    public String toString() {
        return major + ":" + minor;
    }
}
