package org.lunwarden.fleet.resize;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;

import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;

/**
 * How far a resize is.
 *
 * @param by who wanted it; may be empty
 * @param sectors the size that all paths were found to have, 512-byte sectors; 0 before
 * @param hosts sorted
 * @param reason why it ended as it did; empty while it runs
 */
public record ResizeProgress(
        String id,
        Wwid wwid,
        String by,
        Phase phase,
        long sectors,
        List<OnHost> hosts,
        String reason,
        Instant startedAt,
        Instant changedAt) {

    public enum Phase {
        /** Every host has its kernel ask for the size of each path. */
        RESCANNING("rescanning"),
        /** All paths of all hosts have one size: the maps are given it, one first, then the others. */
        RESIZING("resizing"),
        /** All maps have the size, verified. */
        DONE("done"),
        /** No map was touched. */
        REFUSED("refused"),
        /** Some maps have the new size, others have not, or it is not known. */
        PARTIAL("partial");

        private final String word;

        Phase(String word) {
            this.word = word;
        }

        @JsonValue
        public String word() {
            return word;
        }
    }

    public enum Step {
        /** Its paths are read anew. */
        RESCANNING("rescanning"),
        /** All its paths have one size and work. */
        VERIFIED("verified"),
        RESIZING("resizing"),
        /** Its map has the size, by its own word. */
        RESIZED("resized"),
        /** Its map is as it was, by its own word or since it was never told. */
        NOT_RESIZED("notResized"),
        /** It was told, and does not say what became of it. */
        UNKNOWN("unknown");

        private final String word;

        Step(String word) {
            this.word = word;
        }

        @JsonValue
        public String word() {
            return word;
        }
    }

    /**
     * @param sectors of the map as last told; 0 before
     * @param reason what speaks against it, or went wrong; empty otherwise
     */
    public record OnHost(HostId host, Step step, long sectors, String reason) {}

    public ResizeProgress {
        hosts = List.copyOf(hosts);
    }

    @JsonProperty("over")
    public boolean isOver() {
        return phase != Phase.RESCANNING && phase != Phase.RESIZING;
    }
}
