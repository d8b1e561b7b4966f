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
    @JsonSubTypes.Type(value = HostCommand.FailBack.class, name = "failback")
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
     * Move maps to their best group. Answer: {@link HostAnswer.FailedBack}.
     *
     * @param epoch of the plan, of which no other has the same; a host refuses a step of an older epoch than it has seen,
     *     and one of the same epoch under another plan
     * @param patience so long after the step arrived its answer is still waited for; what was not begun by then must not
     *     be begun
     */
    record FailBack(String plan, long epoch, List<Wwid> maps, Duration patience) implements HostCommand {

        /** Of whoever names none. */
        public static final Duration USUAL_PATIENCE = Duration.ofSeconds(10);

        public FailBack {
            maps = List.copyOf(maps);
        }

        public FailBack(String plan, long epoch, List<Wwid> maps) {
            this(plan, epoch, maps, USUAL_PATIENCE);
        }
    }
}
