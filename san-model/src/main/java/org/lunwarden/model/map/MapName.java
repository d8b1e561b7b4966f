package org.lunwarden.model.map;

/** What a map is to be called. Names are those of dm devices: 1 to 127 characters without a slash or a blank. */
public sealed interface MapName {

    /** Longest name of a dm device ({@code DM_NAME_LEN} less the terminator, Linux uapi/linux/dm-ioctl.h). */
    int MAX_LENGTH = 127;

    /** Whether a map can be called so: 1 to 127 characters, no slash, blank or control character, no dot name. */
    static boolean canBe(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && text.chars().noneMatch(c -> c <= ' ' || c == '/' || c == 0x7f)
                && !text.equals(".")
                && !text.equals("..");
    }

    /** Nobody has said yet: no map is made, and one that the kernel has keeps its name. */
    record Unsaid() implements MapName {}

    /** It cannot be found out now: a new map is called so, one that the kernel has keeps its name. */
    record OfNewMap(String name) implements MapName {}

    record Wanted(String name) implements MapName {}
}
