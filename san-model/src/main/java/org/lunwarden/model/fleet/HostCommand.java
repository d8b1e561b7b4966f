package org.lunwarden.model.fleet;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import org.lunwarden.model.Nexus;
import org.lunwarden.model.Wwid;

/** What the fleet may ask of a host. The host may refuse; it never obeys blindly. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
    @JsonSubTypes.Type(value = HostCommand.CheckNexuses.class, name = "check"),
    @JsonSubTypes.Type(value = HostCommand.DescribeMaps.class, name = "describe"),
    @JsonSubTypes.Type(value = HostCommand.FailBack.class, name = "failback"),
    @JsonSubTypes.Type(value = HostCommand.MayFailBack.class, name = "mayFailback"),
    @JsonSubTypes.Type(value = HostCommand.RescanPaths.class, name = "rescan"),
    @JsonSubTypes.Type(value = HostCommand.Resize.class, name = "resize")
})
public sealed interface HostCommand {

    /** Check all paths of these nexuses now. Answer: {@link HostAnswer.Accepted}. */
    record CheckNexuses(List<Nexus> nexuses) implements HostCommand {
        public CheckNexuses {
            nexuses = List.copyOf(nexuses);
        }
    }

    /** Tell maps in full; all of them when none is named. Answer: {@link HostAnswer.Maps}. */
    record DescribeMaps(Optional<Wwid> wwid) implements HostCommand {}

    /**
     * Have the kernel ask the array anew how large the paths of a map are. Answer: {@link HostAnswer.Sizes}.
     *
     * @param by who wants it, for the audit trail
     */
    record RescanPaths(Wwid wwid, String by) implements HostCommand {}

    /**
     * Give a map the size that all its paths have. Answer: {@link HostAnswer.Sizes} as it is then.
     *
     * @param sectors the size that every path must have, 512-byte sectors; with any other the host refuses
     * @param by who wants it, for the audit trail
     */
    record Resize(Wwid wwid, long sectors, String by) implements HostCommand {}

    /** Longer than a host takes for a {@link RescanPaths} or a {@link Resize}; it answers before. */
    Duration RESIZE_PATIENCE = Duration.ofSeconds(24);

    /**
     * A map, and where it goes. All hosts that share a LUN are told the same ports: each by itself would choose what is best
     * at its own moment.
     *
     * @param targetPorts that the map may use afterwards, sorted; a host whose best group uses another one refuses
     */
    record Way(Wwid map, List<String> targetPorts) {
        public Way {
            targetPorts = List.copyOf(targetPorts);
        }
    }

    /** A step of a coordinated failback. */
    sealed interface OfFailback extends HostCommand permits MayFailBack, FailBack {
        /** Id of the failback. */
        String plan();

        /**
         * Of the plan, of which no other has the same; a host refuses what is of an older epoch than it has seen, and what
         * is of the same epoch under another plan.
         */
        Epoch epoch();

        /**
         * The one that reported what the plan rests on; a host refuses what was meant for another one, since its own may
         * have seen a newer epoch that this one does not know.
         */
        DaemonRun daemon();

        /** One for each map. */
        List<Way> ways();

        default List<Wwid> maps() {
            return ways().stream().map(Way::map).toList();
        }

        /**
         * The host's uptime after which it must not begin: by its own clock, so that nobody's clock has to agree with
         * another's, however long this was on its way.
         */
        Duration notAfter();

        /** So long after it arrived its answer is still waited for; what was not begun by then must not be begun. */
        Duration patience();
    }

    /**
     * Tell which maps could be moved to their best group now, and from now on heed nothing of an older epoch. Moves nothing.
     * Answer: {@link HostAnswer.FailedBack}.
     */
    record MayFailBack(String plan, Epoch epoch, DaemonRun daemon, List<Way> ways, Duration notAfter, Duration patience)
            implements OfFailback {

        /** One of a view too old to name ways asks for nothing. */
        public MayFailBack {
            ways = ways == null ? List.of() : List.copyOf(ways);
        }
    }

    /** Move maps to their best group. Answer: {@link HostAnswer.FailedBack}. */
    record FailBack(String plan, Epoch epoch, DaemonRun daemon, List<Way> ways, Duration notAfter, Duration patience)
            implements OfFailback {

        /** One of a view too old to say when it ends has ended, and one that names no way moves nothing. */
        public FailBack {
            ways = ways == null ? List.of() : List.copyOf(ways);
            notAfter = notAfter == null ? Duration.ZERO : notAfter;
        }
    }
}
