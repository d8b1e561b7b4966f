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
     * @param daemon that reported what the plan rests on; a host refuses a step that was meant for another one, since its
     *     own may have seen a newer epoch that this one does not know
     * @param patience so long after the step arrived its answer is still waited for; what was not begun by then must not
     *     be begun
     */
    record FailBack(String plan, long epoch, DaemonRun daemon, List<Wwid> maps, Duration patience)
            implements HostCommand {

        public FailBack {
            maps = List.copyOf(maps);
        }
    }
}
