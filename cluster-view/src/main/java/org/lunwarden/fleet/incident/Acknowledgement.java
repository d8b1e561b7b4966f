package org.lunwarden.fleet.incident;

import java.time.Instant;

import org.lunwarden.fleet.wire.Wire;

/**
 * Somebody knows of an incident and takes care of it, or no longer does.
 *
 * @param incident by the id that it had then
 * @param by who says so; not empty
 * @param comment may be empty
 * @param withdrawn whether it takes back an earlier one
 */
public record Acknowledgement(String incident, String by, String comment, Instant at, boolean withdrawn)
        implements Wire {

    public static final int LONGEST_NAME = 200;
    public static final int LONGEST_COMMENT = 2000;

    /** @throws IllegalArgumentException when nobody says so, or too much is said */
    public Acknowledgement {
        if (by.isBlank() || by.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("by must say who, in 1 to " + LONGEST_NAME + " characters");
        }
        if (comment.length() > LONGEST_COMMENT) {
            throw new IllegalArgumentException("a comment has at most " + LONGEST_COMMENT + " characters");
        }
    }
}
