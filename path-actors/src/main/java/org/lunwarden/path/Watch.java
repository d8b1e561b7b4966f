package org.lunwarden.path;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

import org.lunwarden.io.BlockDevices.Live;
import org.lunwarden.io.Disk;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.Priority;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.path.checker.Checker;
import org.lunwarden.path.checker.Finding;
import org.lunwarden.path.checker.Identity;
import org.lunwarden.path.identity.TargetIdentity;
import org.lunwarden.path.identity.UnitName;
import org.lunwarden.path.marginal.Marginality;
import org.lunwarden.path.prio.PrioReading;
import org.lunwarden.path.purge.Quarantine;

/**
 * All that is known of a path.
 *
 * @param marginality what counts against it beside its last check
 * @param unit what the path is held to, whatever the disk is called later; empty while it has not named itself
 * @param otherUnit what the disk calls itself now, when that is not the unit of the path
 * @param proof goes from open to unproven to overdue; a path in use is proven
 * @param spoken its disk has told which unit it is, this or another, so that the kernel's page does not speak for it
 * @param live what sysfs said last
 * @param alua whether the priority was told by the array
 * @param means by what it was checked and rated
 * @param told the last report that was sent
 * @param next pause before the next check
 * @param word what was seen last
 */
record Watch(
        Wwid wwid,
        Nexus nexus,
        Disk disk,
        Optional<UnitName> unit,
        Optional<UnitName> otherUnit,
        PathSettings settings,
        PathLife life,
        Marginality marginality,
        Quarantine quarantine,
        UnitProof proof,
        boolean spoken,
        Live live,
        Priority priority,
        boolean alua,
        Means means,
        Optional<PathReport> told,
        Duration next,
        PathAccount.Word word) {

    static Watch begin(Disk disk, Wwid wwid, Nexus nexus, PathSettings settings, boolean adminFailed, Duration now) {
        var unit = UnitName.expected(disk, wwid);
        return new Watch(
                wwid,
                nexus,
                disk,
                unit,
                unit.flatMap(is -> is.deniedBy(disk)),
                settings,
                PathLife.unchecked(settings, adminFailed, now),
                Marginality.under(settings.precautions().shaky()),
                Quarantine.NONE,
                UnitName.unasked(disk, wwid),
                false,
                live(disk),
                Priority.UNDEFINED,
                false,
                Means.NONE,
                Optional.empty(),
                Spread.of(disk.device()).untilFirst(settings.pollingInterval()),
                PathAccount.Word.none(now));
    }

    PathReport report() {
        return new PathReport(
                wwid,
                disk.name(),
                disk.device(),
                disk.address(),
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
                disk.handler(),
                TargetIdentity.of(disk)
                        .marginal(marginality.isMarginal()
                                && settings.precautions().marginalGroups()));
    }

    Spread spread() {
        return Spread.of(disk.device());
    }

    /** Nothing has been asked of it yet. */
    boolean isNew() {
        return life.state() == PathState.UNCHECKED;
    }

    /** After a check that came out of turn: as a rule others had theirs at the same moment. */
    Watch inTurn(Duration now) {
        return life.undecidedSince().isPresent() ? this : but(draft -> draft.next = spread().soon(now, life.pause()));
    }

    Watch observe(PathLife.Observation observation, Duration now) {
        var judged = marginality;
        for (var event : MarginalEvents.of(observation, life.found())) {
            judged = judged.after(event, now);
        }
        var step = life.heldBack(holdsBack(judged)).observe(observation, settings, spread(), now);
        return with(step.next(), step.check(), now).with(judged).with(quarantined(observation, now));
    }

    /** Something other than a check tells whether it can be relied on. One that is trusted again must prove itself first. */
    Watch observe(Marginality.Event event, Duration now) {
        return under(marginality.after(event, now), now);
    }

    private Watch under(Marginality judged, Duration now) {
        var released = life.heldBack() && !holdsBack(judged);
        var held = with(judged).with(life.heldBack(holdsBack(judged)), next, now);
        return released ? held.observe(new PathLife.Doubted(), now) : held;
    }

    private boolean holdsBack(Marginality judged) {
        return judged.found().isMarginal() && !settings.precautions().marginalGroups();
    }

    private Quarantine quarantined(PathLife.Observation observation, Duration now) {
        return switch (observation) {
            case PathLife.Checked(var observed) -> quarantine.after(observed, settings, now);
            case PathLife.Overdue(var observed) -> quarantine.after(observed, settings, now);
            case PathLife.Held held -> quarantine;
            case PathLife.AnsweredLate() -> quarantine;
            case PathLife.Doubted() -> quarantine;
            case PathLife.FailedByKernel() -> quarantine;
            case PathLife.Denied() -> quarantine;
            case PathLife.FailedByAdmin() -> quarantine;
            case PathLife.ReinstatedByAdmin() -> quarantine;
        };
    }

    private Watch with(Quarantine changed) {
        return but(draft -> draft.quarantine = changed);
    }

    private Watch with(Marginality judged) {
        return but(draft -> draft.marginality = judged);
    }

    /** The same path later: its proof may be overdue. */
    Watch at(Duration now) {
        return with(life, next, now);
    }

    private Watch with(PathLife changed, Duration check, Duration now) {
        return but(draft -> {
            draft.life = changed;
            draft.proof = lapsed(changed, now);
            draft.next = check;
        });
    }

    /**
     * A path that goes out of use must prove itself anew; another unit stays another until it proves to be this one. One
     * that has no name to prove is waited for no longer than any other.
     */
    private UnitProof lapsed(PathLife then, Duration now) {
        if (proof == UnitProof.ANOTHER || then.found().isUsable()) {
            return proof;
        }
        if (then.isUndecidedFor(Examination.deadline(settings), now)) {
            return UnitProof.OVERDUE;
        }
        if (unit.isEmpty()) {
            return UnitProof.PROVEN;
        }
        return proof == UnitProof.PROVEN ? UnitProof.OPEN : proof;
    }

    /** When its proof will be overdue unless a check decides before. */
    Optional<Duration> overdueAt() {
        var mayLapse = proof != UnitProof.ANOTHER
                && proof != UnitProof.OVERDUE
                && !life.found().isUsable();
        return life.undecidedSince().filter(since -> mayLapse).map(since -> since.plus(Examination.deadline(settings)));
    }

    /** What a check learned of the unit. */
    Watch learned(Identity identity) {
        var now = switch (identity) {
            case Identity.Unasked() -> proof;
            case Identity.Confirmed() -> UnitProof.PROVEN;
            case Identity.Vouched vouched -> UnitProof.PROVEN;
            case Identity.Another another -> UnitProof.ANOTHER;
            case Identity.Unproven unproven ->
                proof == UnitProof.ANOTHER || proof == UnitProof.OVERDUE ? proof : UnitProof.UNPROVEN;
        };
        var itself = (identity instanceof Identity.Confirmed && unit.isPresent())
                || (identity instanceof Identity.Another(var name, var byItself) && byItself);
        return but(draft -> {
            draft.proof = now;
            draft.spoken = spoken || itself;
        });
    }

    /** What the path must show before a check may call it good. */
    Checker.Proof wantedProof() {
        if (!mustProve()) {
            return Checker.Proof.NONE;
        }
        return spoken ? Checker.Proof.ITS_WORD : Checker.Proof.ITS_WORD_OR_PAGE;
    }

    boolean mustProve() {
        return life.isOut() || otherUnit.isPresent();
    }

    /** What a check came to, for this path: while its page names another unit, only its own word speaks for it. */
    Finding judged(Finding finding) {
        var other = otherUnit;
        return other.isEmpty() || finding.identity() instanceof Identity.Confirmed || !finding.mayBeUsed()
                ? finding
                : finding.ofAnother(other.get().name(), false, pageNames(other.get()));
    }

    static String pageNames(UnitName other) {
        return "its page names unit " + other.name();
    }

    /** When sysfs could not be read, the kernel tells no state. */
    Watch found(Finding finding) {
        var now = finding.live().orElseGet(() -> new Live("", live.accessState(), live.preferredPath()));
        return but(draft -> {
            draft.live = now;
            draft.means = means.after(finding);
        });
    }

    Watch rated(PrioReading reading, PathState sysfs) {
        var now = reading.after(priority, sysfs);
        var byArray = switch (reading) {
            case PrioReading.Read(var read, var told) -> told;
            case PrioReading.Failed(var why) -> alua;
            case PrioReading.Skipped() -> alua;
        };
        return but(draft -> {
            draft.priority = now;
            draft.alua = byArray;
        });
    }

    /** @param prioritizer empty when nothing was asked that is known */
    Watch ratedBy(Optional<Means.Rated> prioritizer) {
        return but(draft -> draft.means = means.ratedBy(prioritizer));
    }

    /** @param before what the path was */
    Watch said(String why, Watch before, Duration now) {
        var since = life.state() == before.life().state() ? word.since() : now;
        return but(draft -> draft.word = new PathAccount.Word(why, now, since));
    }

    Watch told(PathReport report) {
        return but(draft -> draft.told = Optional.of(report));
    }

    /** A priority that the old settings or the old disk gave is kept until the next check. */
    Watch with(Disk changed) {
        var held = unit.or(() -> UnitName.expected(changed, wwid));
        var other = held.flatMap(was -> was.deniedBy(changed));
        var now = other.isEmpty() || other.equals(otherUnit) ? proof : UnitProof.ANOTHER;
        return but(draft -> {
            draft.disk = changed;
            draft.unit = held;
            draft.otherUnit = other;
            draft.proof = now;
            draft.live = live(changed);
        });
    }

    Watch with(PathSettings changed, Duration now) {
        var shortest = changed.pollingInterval();
        var soon = spread().between(shortest.dividedBy(2), shortest);
        return but(draft -> {
                    draft.settings = changed;
                    draft.means = Means.NONE;
                    draft.life = life.under(changed);
                    draft.next = soon;
                })
                .under(marginality.ruledBy(changed.precautions().shaky()), now);
    }

    Watch withFreshProbe(Duration now) {
        return but(draft -> {
            draft.life = life.withFreshProbe();
            draft.marginality = marginality.after(new Marginality.SampleLost(), now);
        });
    }

    private static Live live(Disk disk) {
        return new Live(disk.state(), disk.accessState(), disk.preferredPath());
    }

    /** The same path but for that. */
    private Watch but(Consumer<WatchDraft> change) {
        var draft = new WatchDraft(this);
        change.accept(draft);
        return draft.watch();
    }
}
