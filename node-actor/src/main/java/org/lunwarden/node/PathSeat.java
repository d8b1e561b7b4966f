package org.lunwarden.node;

import java.util.Comparator;

import org.lunwarden.io.Disk;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.Priority;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.node.topology.NexusFacts;
import org.lunwarden.path.identity.TargetIdentity;
import org.lunwarden.path.identity.UnitName;

/** A disk that was taken: the path it is, of which map, through which nexus. */
record PathSeat(Disk disk, Wwid wwid, NexusFacts facts) {

    /** The order of paths that are seen at once; a path that comes later stands behind them. */
    static final Comparator<PathSeat> DISCOVERY = Comparator.comparing(
                    (PathSeat seat) -> seat.disk().address())
            .thenComparing(seat -> seat.disk().device());

    /** Whether the actor that watches the other can go on with this one. */
    boolean isSamePathAs(PathSeat other) {
        return wwid.equals(other.wwid)
                && disk.device().equals(other.disk.device())
                && disk.hctl().equals(other.disk.hctl())
                && (facts.nexus().equals(other.facts.nexus()) || !facts.whole());
    }

    /** The same path after another look; its nexus stays what the kernel said when it told all. */
    PathSeat lookedAtAgain(PathSeat now) {
        return now.facts.nexus().equals(facts.nexus()) ? now : new PathSeat(now.disk, wwid, facts);
    }

    /** Says that the path is there and will be checked. One whose page names another unit is down until then. */
    PathReport announcement(boolean adminFailed) {
        var unit = UnitName.unasked(disk, wwid);
        return new PathReport(
                wwid,
                disk.name(),
                disk.device(),
                disk.address(),
                facts.nexus(),
                unit == UnitProof.ANOTHER ? PathState.DOWN : PathState.UNCHECKED,
                unit,
                Priority.UNDEFINED,
                false,
                disk.state(),
                adminFailed,
                disk.readOnly(),
                disk.sizeSectors(),
                disk.vendor(),
                disk.product(),
                disk.handler(),
                TargetIdentity.of(disk));
    }
}
