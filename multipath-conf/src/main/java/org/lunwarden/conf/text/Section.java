package org.lunwarden.conf.text;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The sections of multipath.conf(5), each in the one section it may stand in. */
public enum Section {
    /** A file itself; it has no values of its own, only sections. */
    FILE(""),
    DEFAULTS("defaults"),
    BLACKLIST("blacklist"),
    BLACKLIST_EXCEPTIONS("blacklist_exceptions"),
    DEVICES("devices"),
    OVERRIDES("overrides"),
    MULTIPATHS("multipaths"),
    /** Vendor and product of devices to exclude or to include again. */
    LISTED_DEVICE("device"),
    DEVICE("device"),
    PROTOCOL("protocol"),
    MULTIPATH("multipath");

    private final String word;

    Section(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    private List<Section> parents() {
        return switch (this) {
            case FILE -> List.of();
            case DEFAULTS, BLACKLIST, BLACKLIST_EXCEPTIONS, DEVICES, OVERRIDES, MULTIPATHS -> List.of(FILE);
            case LISTED_DEVICE -> List.of(BLACKLIST, BLACKLIST_EXCEPTIONS);
            case DEVICE -> List.of(DEVICES);
            case PROTOCOL -> List.of(OVERRIDES);
            case MULTIPATH -> List.of(MULTIPATHS);
        };
    }

    /** The section that this word opens here. */
    Optional<Section> opens(String keyword) {
        return Arrays.stream(values())
                .filter(section -> section.parents().contains(this) && section.word.equals(keyword))
                .findFirst();
    }

    static boolean isWord(String keyword) {
        return Arrays.stream(values()).anyMatch(section -> section != FILE && section.word.equals(keyword));
    }

    /** Top-level sections are expected once in a file; those in them are lists. */
    boolean repeats() {
        return !parents().contains(FILE);
    }

    /** For a reader: {@code section devices/device}, {@code section defaults}. */
    public String described() {
        return switch (this) {
            case FILE -> "the file";
            case LISTED_DEVICE -> "section blacklist/device";
            case DEVICE, PROTOCOL, MULTIPATH -> "section " + parents().getFirst().word + "/" + word;
            default -> "section " + word;
        };
    }
}
