package org.lunwarden.model;

import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A block device's kernel name, the last part of its sysfs path: {@code sdb}, {@code dm-3}, {@code nvme0n1}. */
public record DeviceName(@JsonValue String value) implements Comparable<DeviceName> {

    /** {@code DISK_NAME_LEN} of the kernel's {@code linux/blkdev.h}, without the end of a string of C. */
    public static final int LONGEST = 31;

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

    /**
     * The last part of the path of a device node or of a folder in sysfs, blanks at its end left out; empty when that is no
     * name.
     *
     * @param longest in characters
     */
    public static Optional<DeviceName> ofPath(String path, int longest) {
        var name = path.substring(path.lastIndexOf('/') + 1).stripTrailing();
        return isValid(name) && name.length() <= longest ? Optional.of(new DeviceName(name)) : Optional.empty();
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
