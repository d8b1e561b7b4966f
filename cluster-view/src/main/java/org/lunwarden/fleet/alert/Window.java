package org.lunwarden.fleet.alert;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonValue;

import org.lunwarden.fleet.wire.Wire;
import org.lunwarden.model.Component;

/**
 * A time in which something is quiet. A silence keeps what matches it from being told; maintenance explains failures
 * through what is worked on, so that no incident comes of them, and everything else goes on being told.
 *
 * @param incidents ids; only a silence has some
 * @param components what is silenced or worked on; a host is a component, too
 * @param until later than {@code from}
 * @param by who wants it
 * @param reason why
 */
public record Window(
        String id,
        Kind kind,
        List<String> incidents,
        List<Component> components,
        Instant from,
        Instant until,
        String by,
        String reason,
        Instant createdAt)
        implements Wire {

    private static final int LONGEST_TEXT = 500;
    private static final int MOST = 200;

    public enum Kind {
        SILENCE("silence"),
        MAINTENANCE("maintenance");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        @JsonValue
        public String word() {
            return word;
        }
    }

    /** @throws IllegalArgumentException when it would concern nothing, ends before it begins, or nobody answers for it */
    public Window {
        incidents = List.copyOf(incidents);
        components = List.copyOf(components);
        if (incidents.isEmpty() && components.isEmpty()) {
            throw new IllegalArgumentException("a " + kind.word + " needs something that it is about");
        }
        if (kind == Kind.MAINTENANCE && !incidents.isEmpty()) {
            throw new IllegalArgumentException("maintenance is of components; an incident can be silenced");
        }
        if (incidents.size() + components.size() > MOST) {
            throw new IllegalArgumentException("no more than " + MOST + " components and incidents");
        }
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("it must end after it begins");
        }
        if (by.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException("who wants it, and why, must be said");
        }
        if (by.length() > LONGEST_TEXT || reason.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("who and why must not be longer than " + LONGEST_TEXT + " characters");
        }
    }

    public boolean isActive(Instant now) {
        return !now.isBefore(from) && now.isBefore(until);
    }

    /** The same, over at that time; one that has not begun by then never holds. */
    public Window endedAt(Instant now) {
        var begins = now.isAfter(from) ? from : now.minusMillis(1);
        return new Window(id, kind, incidents, components, begins, now, by, reason, createdAt);
    }
}
