package org.lunwarden.model.fleet;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.MapTopology;

/** What a host answers to a {@link HostCommand}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "answer")
@JsonSubTypes({
    @JsonSubTypes.Type(value = HostAnswer.Accepted.class, name = "accepted"),
    @JsonSubTypes.Type(value = HostAnswer.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = HostAnswer.Unanswered.class, name = "unanswered"),
    @JsonSubTypes.Type(value = HostAnswer.Maps.class, name = "maps"),
    @JsonSubTypes.Type(value = HostAnswer.FailedBack.class, name = "failedBack"),
    @JsonSubTypes.Type(value = HostAnswer.Sizes.class, name = "sizes")
})
public sealed interface HostAnswer {

    record Accepted() implements HostAnswer {}

    /** @param epoch the highest that the host has seen, when the command's was not above it; empty otherwise */
    record Refused(String reason, Optional<Epoch> epoch) implements HostAnswer {
        public Refused(String reason) {
            this(reason, Optional.empty());
        }
    }

    /**
     * Nobody has said in time what became of the command: it may have been done, or may yet be.
     *
     * @param reason who did not answer, in words
     */
    record Unanswered(String reason) implements HostAnswer {}

    record Maps(List<MapTopology> maps) implements HostAnswer {
        public Maps {
            maps = List.copyOf(maps);
        }
    }

    /** One outcome for each map that was named, in the order of the command. */
    record FailedBack(List<Outcome> outcomes) implements HostAnswer {
        public FailedBack {
            outcomes = List.copyOf(outcomes);
        }
    }

    /**
     * How large a map and its paths are, 512-byte sectors.
     *
     * @param paths by name
     */
    record Sizes(Wwid wwid, long mapSectors, List<PathSize> paths) implements HostAnswer {
        public Sizes {
            paths = List.copyOf(paths);
        }
    }

    /** @param state of the path in the word of the listing, for example {@code ready} */
    record PathSize(String path, String state, boolean usable, long sectors) {}

    /** @param reason why it was not moved, or why nobody knows; empty otherwise */
    record Outcome(Wwid wwid, Move move, String reason) {}

    enum Move {
        /** The kernel was told to switch. */
        SWITCHED,
        /** It could be moved; only answered to {@link HostCommand.MayFailBack}. */
        READY,
        /** It was on its best group already. */
        IN_PLACE,
        /** Not moved: the map is unknown, its best group is not fit, or the kernel refused. */
        NOT_MOVED,
        /** It was told to move and has not answered in time: whether it has moved, the host's reports will show. */
        UNKNOWN
    }
}
