package org.lunwarden.map;

import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.GroupingFacts;
import org.lunwarden.model.map.HardwareHandler;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.Priority;
import org.lunwarden.model.map.UnitProof;

/** Path reports for tests: path {@code n} is {@code sd<n>}, {@code 8:16*n}, on SCSI host {@code n}. */
public final class Reports {

    public static final Wwid WWID = new Wwid("3600a0980");
    public static final long SECTORS = 2048;

    private Reports() {}

    public static PathReport path(int n, PathState state, int priority) {
        return new PathReport(
                WWID,
                new DeviceName("sd" + n),
                device(n),
                new Hctl(n, 0, 0, 0),
                new Nexus("scsi-host-" + n, "target"),
                state,
                state.isUsable() ? UnitProof.PROVEN : UnitProof.OPEN,
                new Priority(priority),
                false,
                "running",
                false,
                false,
                SECTORS,
                "ACME",
                "Disk",
                HardwareHandler.NONE,
                GroupingFacts.NONE);
    }

    public static PathReport on(PathReport path, String initiatorPort) {
        return new PathReport(
                path.wwid(),
                path.name(),
                path.device(),
                path.hctl(),
                new Nexus(initiatorPort, "target"),
                path.state(),
                path.unit(),
                path.priority(),
                path.aluaPriority(),
                path.deviceState(),
                path.adminFailed(),
                path.readOnly(),
                path.sizeSectors(),
                path.vendor(),
                path.product(),
                path.handler(),
                path.grouping());
    }

    static PathReport of(DevT device, PathReport path) {
        return new PathReport(
                path.wwid(),
                path.name(),
                device,
                path.hctl(),
                path.nexus(),
                path.state(),
                path.unit(),
                path.priority(),
                path.aluaPriority(),
                path.deviceState(),
                path.adminFailed(),
                path.readOnly(),
                path.sizeSectors(),
                path.vendor(),
                path.product(),
                path.handler(),
                path.grouping());
    }

    public static PathReport sized(PathReport path, long sectors) {
        return new PathReport(
                path.wwid(),
                path.name(),
                path.device(),
                path.hctl(),
                path.nexus(),
                path.state(),
                path.unit(),
                path.priority(),
                path.aluaPriority(),
                path.deviceState(),
                path.adminFailed(),
                path.readOnly(),
                sectors,
                path.vendor(),
                path.product(),
                path.handler(),
                path.grouping());
    }

    public static PathReport offline(PathReport path) {
        return new PathReport(
                path.wwid(),
                path.name(),
                path.device(),
                path.hctl(),
                path.nexus(),
                PathState.DOWN,
                path.unit(),
                path.priority(),
                path.aluaPriority(),
                "offline",
                path.adminFailed(),
                path.readOnly(),
                path.sizeSectors(),
                path.vendor(),
                path.product(),
                path.handler(),
                path.grouping());
    }

    public static PathReport as(PathReport path, UnitProof unit) {
        return new PathReport(
                path.wwid(),
                path.name(),
                path.device(),
                path.hctl(),
                path.nexus(),
                path.state(),
                unit,
                path.priority(),
                path.aluaPriority(),
                path.deviceState(),
                path.adminFailed(),
                path.readOnly(),
                path.sizeSectors(),
                path.vendor(),
                path.product(),
                path.handler(),
                path.grouping());
    }

    public static PathReport adminFailed(PathReport path) {
        return new PathReport(
                path.wwid(),
                path.name(),
                path.device(),
                path.hctl(),
                path.nexus(),
                path.state(),
                path.unit(),
                path.priority(),
                path.aluaPriority(),
                path.deviceState(),
                true,
                path.readOnly(),
                path.sizeSectors(),
                path.vendor(),
                path.product(),
                path.handler(),
                path.grouping());
    }

    public static PathReport handledBy(PathReport path, HardwareHandler handler) {
        return new PathReport(
                path.wwid(),
                path.name(),
                path.device(),
                path.hctl(),
                path.nexus(),
                path.state(),
                path.unit(),
                path.priority(),
                path.aluaPriority(),
                path.deviceState(),
                path.adminFailed(),
                path.readOnly(),
                path.sizeSectors(),
                path.vendor(),
                path.product(),
                handler,
                path.grouping());
    }

    /** @param told whether the array told its priority */
    public static PathReport grouped(PathReport path, GroupingFacts grouping, boolean told) {
        return new PathReport(
                path.wwid(),
                path.name(),
                path.device(),
                path.hctl(),
                path.nexus(),
                path.state(),
                path.unit(),
                path.priority(),
                told,
                path.deviceState(),
                path.adminFailed(),
                path.readOnly(),
                path.sizeSectors(),
                path.vendor(),
                path.product(),
                path.handler(),
                grouping);
    }

    public static DevT device(int n) {
        return new DevT(8, 16 * n);
    }
}
