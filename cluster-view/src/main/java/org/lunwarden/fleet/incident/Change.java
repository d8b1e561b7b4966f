package org.lunwarden.fleet.incident;

import com.fasterxml.jackson.annotation.JsonValue;

/** Something that happened to an incident, and the incident as it is after it. */
public record Change(Kind kind, Incident incident) {

    public enum Kind {
        /** It appeared, provisionally. */
        OPENED("opened"),
        /** More nexuses belong to it. */
        GREW("grew"),
        /** The same incident has another, better cause. */
        SHARPENED("sharpened"),
        /** The views agreed on another id for it. */
        RENAMED("renamed"),
        CONFIRMED("confirmed"),
        /** Members come back. */
        RESOLVING("resolving"),
        /** Members that were back failed again. */
        RELAPSED("relapsed"),
        RESOLVED("resolved"),
        /** It was resolved, and its cause failed again soon after. */
        REOPENED("reopened"),
        /** A part of it turned out to have a cause of its own, and is another incident from here on. */
        SPLIT("split"),
        /** Somebody takes care of it. */
        ACKNOWLEDGED("acknowledged"),
        /** Whoever took care of it no longer does. */
        UNACKNOWLEDGED("unacknowledged"),
        /** It turned out to be part of another incident, and is closed. */
        MERGED("merged");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        @JsonValue
        public String word() {
            return word;
        }
    }
}
