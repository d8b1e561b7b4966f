package org.lunwarden.path;

import java.time.Duration;
import java.util.Optional;

import org.lunwarden.io.BlockDevices.Live;
import org.lunwarden.io.Disk;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.Priority;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.path.checker.Finding;
import org.lunwarden.path.checker.Identity;
import org.lunwarden.path.identity.UnitName;
import org.lunwarden.path.prio.PrioReading;

/**
 * All that is known of a path.
 *
 * @param unit what the path is held to, whatever the disk is called later; empty while it has not named itself
 * @param proof goes from open to unproven to overdue; a path in use is proven
 * @param live what sysfs said last
 * @param alua whether the priority was told by the array
 * @param told the last report that was sent
 * @param next pause before the next check
 */
record Watch(
        Wwid wwid,
        Nexus nexus,
        Disk disk,
        Optional<UnitName> unit,
        PathSettings settings,
        PathLife life,
        UnitProof proof,
        Live live,
        Priority priority,
        boolean alua,
        Optional<PathReport> told,
        Duration next) {

    static Watch begin(Disk disk, Wwid wwid, Nexus nexus, PathSettings settings, boolean adminFailed) {
        var unit = UnitName.expected(disk, wwid);
        return new Watch(
                wwid,
                nexus,
                disk,
                unit,
                settings,
                PathLife.unchecked(settings, adminFailed),
                first(unit, disk),
                live(disk),
                Priority.UNDEFINED,
                false,
                Optional.empty(),
                Spread.of(disk.device()).untilFirst(settings.pollingInterval()));
    }

    PathReport report() {
        return new PathReport(
                wwid,
                disk.name(),
                disk.device(),
                disk.hctl().orElseGet(() -> withoutScsi(disk.name())),
                nexus,
                life.state(),
                proof,
                priority,
                alua,
                live.state(),
                life.adminFailed(),
                disk.readOnly(),
                disk.sizeSectors(),
                disk.vendor(),
                disk.product(),
                disk.handler());
    }

    Spread spread() {
        return Spread.of(disk.device());
    }

    Watch after(PathLife.Step step) {
        return new Watch(
                wwid,
                nexus,
                disk,
                unit,
                settings,
                step.next(),
                lapsed(step.next()),
                live,
                priority,
                alua,
                told,
                step.check());
    }

    /** A path that goes out of use must prove itself anew; another unit stays another until it proves to be this one. */
    private UnitProof lapsed(PathLife now) {
        if (unit.isEmpty() || proof == UnitProof.ANOTHER || now.found().isUsable()) {
            return proof;
        }
        if (now.hasPolledFor(settings.checkerTimeout())) {
            return UnitProof.OVERDUE;
        }
        return proof == UnitProof.PROVEN ? UnitProof.OPEN : proof;
    }

    /** What a check learned of the unit. */
    Watch learned(Identity identity) {
        var now = switch (identity) {
            case Identity.Unasked() -> proof;
            case Identity.Confirmed() -> UnitProof.PROVEN;
            case Identity.Another another -> UnitProof.ANOTHER;
            case Identity.Unproven unproven ->
                proof == UnitProof.ANOTHER || proof == UnitProof.OVERDUE ? proof : UnitProof.UNPROVEN;
        };
        return new Watch(wwid, nexus, disk, unit, settings, life, now, live, priority, alua, told, next);
    }

    /** Whether the path must say which unit it is before a check may call it good. */
    boolean mustProve() {
        return life.isOut() || otherUnit().isPresent();
    }

    /** What a check came to, for this path: while its page names another unit, only its own word speaks for it. */
    Finding judged(Finding finding) {
        var other = otherUnit();
        return other.isEmpty() || finding.identity() instanceof Identity.Confirmed || !finding.mayBeUsed()
                ? finding
                : finding.ofAnother(other.get().name(), pageNames(other.get()));
    }

    static String pageNames(UnitName other) {
        return "its page names unit " + other.name();
    }

    /** When sysfs could not be read, the kernel tells no state. */
    Watch found(Finding finding) {
        var now = finding.live().orElseGet(() -> new Live("", live.accessState(), live.preferredPath()));
        return new Watch(wwid, nexus, disk, unit, settings, life, proof, now, priority, alua, told, next);
    }

    Watch rated(PrioReading reading, PathState sysfs) {
        var now = reading.after(priority, sysfs);
        var byArray = switch (reading) {
            case PrioReading.Read(var read, var told) -> told;
            case PrioReading.Failed(var why) -> alua;
            case PrioReading.Skipped() -> alua;
        };
        return new Watch(wwid, nexus, disk, unit, settings, life, proof, live, now, byArray, told, next);
    }

    Watch told(PathReport report) {
        return new Watch(
                wwid, nexus, disk, unit, settings, life, proof, live, priority, alua, Optional.of(report), next);
    }

    /** A priority that the old settings or the old disk gave is kept until the next check. */
    Watch with(Disk changed) {
        var held = unit.or(() -> UnitName.expected(changed, wwid));
        var other = held.flatMap(was -> was.deniedBy(changed));
        var now = other.isEmpty() || other.equals(otherUnit()) ? proof : UnitProof.ANOTHER;
        return new Watch(wwid, nexus, changed, held, settings, life, now, live(changed), priority, alua, told, next);
    }

    Watch with(PathSettings changed) {
        var shortest = changed.pollingInterval();
        var soon = spread().between(shortest.dividedBy(2), shortest);
        return new Watch(
                wwid, nexus, disk, unit, changed, life.under(changed), proof, live, priority, alua, told, soon);
    }

    /** What the disk calls itself now, when that is not the unit of the path. */
    Optional<UnitName> otherUnit() {
        return unit.flatMap(was -> was.deniedBy(disk));
    }

    /** What a check that hangs is to the checker. */
    PathState hung() {
        return settings.checker() == CheckerKind.TUR ? PathState.TIMEOUT : PathState.DOWN;
    }

    /** A check was due and not made. */
    PathLife.Observation held() {
        return new PathLife.Held(hung());
    }

    Watch withFreshProbe() {
        return new Watch(
                wwid, nexus, disk, unit, settings, life.withFreshProbe(), proof, live, priority, alua, told, next);
    }

    private static UnitProof first(Optional<UnitName> unit, Disk disk) {
        if (unit.isEmpty()) {
            return UnitProof.PROVEN;
        }
        return unit.get().deniedBy(disk).isPresent() ? UnitProof.ANOTHER : UnitProof.OPEN;
    }

    private static Live live(Disk disk) {
        return new Live(disk.state(), disk.accessState(), disk.preferredPath());
    }

    /** NVMe: controller as host, namespace as LUN; zeroes for other devices. */
    private static Hctl withoutScsi(DeviceName name) {
        var digits = name.value().replaceAll("^nvme(\\d{1,6})(?:c\\d{1,6})?n(\\d{1,6})$", "$1:0:0:$2");
        return Hctl.parse(digits).orElseGet(() -> new Hctl(0, 0, 0, 0));
    }
}
