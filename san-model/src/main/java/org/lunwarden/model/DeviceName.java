package org.lunwarden.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A block device's kernel name, the last part of its sysfs path: {@code sdb}, {@code dm-3}, {@code nvme0n1}. */
public record DeviceName(@JsonValue String value) implements Comparable<DeviceName> {

    /** @throws IllegalArgumentException when empty, a dot name, or with a slash, a blank or a control character */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public DeviceName {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a kernel device name: '" + value + "'");
        }
    }

    public static boolean isValid(String text) {
        return !text.isEmpty()
                && !text.equals(".")
                && !text.equals("..")
                && text.chars().noneMatch(c -> c <= ' ' || c == '/' || c == 0x7f);
    }

    /** Shorter names first, so that {@code sdz} stands before {@code sdaa}, as the kernel counts. */
    @Override
    public int compareTo(DeviceName other) {
        var byLength = Integer.compare(value.length(), other.value.length());
        return byLength != 0 ? byLength : value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
