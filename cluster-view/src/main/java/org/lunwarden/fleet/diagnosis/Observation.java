package org.lunwarden.fleet.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import org.lunwarden.model.Component;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.NexusRow;
import org.lunwarden.model.fleet.NexusState;

/**
 * What is known of one nexus of one host. It weighs one, however many LUNs it carries.
 *
 * @param components what it crosses; the host, the initiator port and the target port are understood where no
 *     component of their class is named
 * @param paths LUN paths whose state is known
 * @param failed how many of these failed or are marginal
 * @param changedAt when the state last changed, on the clock of the one who diagnoses
 * @param age of the host's last sign of life; beyond {@link DiagnosisSettings#silentAfter} nothing is known of it
 */
public record Observation(
        HostId host,
        Nexus nexus,
        List<Component> components,
        NexusState state,
        int paths,
        int failed,
        Instant changedAt,
        Duration age) {

    static final Comparator<Observation> ORDER =
            Comparator.comparing(Observation::host).thenComparing(Observation::nexus);

    public Observation {
        components = List.copyOf(components);
    }

    public static Observation of(HostId host, NexusRow row, Instant changedAt, Duration age) {
        var counts = row.paths();
        var failed = counts.failed() + counts.marginal();
        return new Observation(
                host, row.nexus(), row.components(), row.state(), counts.up() + failed, failed, changedAt, age);
    }

    Observation unknown() {
        return state == NexusState.UNKNOWN
                ? this
                : new Observation(host, nexus, components, NexusState.UNKNOWN, paths, failed, changedAt, age);
    }

    boolean isFailed() {
        return state == NexusState.DOWN || state == NexusState.PARTIAL;
    }

    /** Of a nexus that failed for a known reason: as if an operator had taken it down, it is no evidence for anything. */
    public Observation explained() {
        return isFailed()
                ? new Observation(host, nexus, components, NexusState.ADMIN, paths, failed, changedAt, age)
                : this;
    }

    /** Whether this is what {@link #unknown} makes of a row. */
    boolean isUnknownOf(Observation row) {
        return state == NexusState.UNKNOWN && equals(row.unknown());
    }
}
