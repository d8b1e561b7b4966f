package org.lunwarden.path.checker;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.scsi.ClariionPage;
import org.lunwarden.model.scsi.ClariionPage.Binding;
import org.lunwarden.model.scsi.Decoded;
import org.lunwarden.model.scsi.Sense;
import org.lunwarden.path.exchange.Deadline;
import org.lunwarden.path.exchange.Exchange;

/**
 * The checker {@code emc_clariion}, and what it knows of the unit from checks before.
 *
 * <pre>
 * no such page                                           wild
 * initiator type, failover mode or arraycommpath wrong   down
 * something unusual is done with the unit                shaky
 * unit unbound, or not the one of the first check        down
 * owned    first block read                              up
 *          05/25/01                                      down: an inactive snapshot
 *          any other failure                             down
 * bound    of an inactive snapshot                       down
 *          of any other unit                             up
 * </pre>
 */
public final class ClariionUnit {

    private final Wwid unit;
    private final InactiveSnapshots snapshots;
    private final AtomicReference<Optional<String>> first = new AtomicReference<>(Optional.empty());

    public ClariionUnit(Wwid unit, InactiveSnapshots snapshots) {
        this.unit = unit;
        this.snapshots = snapshots;
    }

    CompletionStage<Verdict> ask(DeviceProbe probe, Deadline deadline) {
        return Page.judge(
                probe,
                ClariionPage.CODE,
                deadline,
                ClariionPage::parse,
                (page, answer) -> seen(page, answer, probe, deadline));
    }

    private CompletionStage<Verdict> seen(
            ClariionPage page, Answer<ScsiReply> answer, DeviceProbe probe, Deadline deadline) {
        var objection = objection(page, answer);
        if (objection.isPresent()) {
            return objection.get().done();
        }
        if (page.binding() == Binding.OWNED) {
            return SectorRead.send(probe, deadline).thenCompose(this::read);
        }
        return new Verdict(
                        snapshots.has(unit) ? PathState.DOWN : PathState.UP,
                        answer,
                        snapshots.has(unit) ? "inactive snapshot" : "passive path is healthy")
                .done();
    }

    private Optional<Verdict> objection(ClariionPage page, Answer<ScsiReply> answer) {
        if (!page.configured()) {
            return Optional.of(new Verdict(PathState.DOWN, answer, "path not configured for failover"));
        }
        if (!page.available()) {
            return Optional.of(new Verdict(PathState.SHAKY, answer, "unit is not available for normal operations"));
        }
        if (page.binding() == Binding.UNBOUND) {
            return Optional.of(new Verdict(PathState.DOWN, answer, "unit is unbound"));
        }
        var known = first.updateAndGet(before -> before.or(() -> Optional.of(page.wwn())));
        return known.filter(wwn -> !wwn.equals(page.wwn()))
                .map(wwn -> new Verdict(
                        PathState.DOWN, answer, "WWN of the unit changed from " + wwn + " to " + page.wwn()));
    }

    private CompletionStage<Verdict> read(Answer<ScsiReply> answer) {
        return Verdict.of("READ of the first block", answer, reply -> {
            if (Exchange.isGood(reply)) {
                snapshots.remove(unit);
                return new Verdict(PathState.UP, answer, "active path is healthy").done();
            }
            if (isInactiveSnapshot(reply)) {
                snapshots.add(unit);
                return new Verdict(PathState.DOWN, answer, "inactive snapshot").done();
            }
            return new Verdict(PathState.DOWN, answer, "READ of the first block: " + Exchange.words(reply)).done();
        });
    }

    private static boolean isInactiveSnapshot(ScsiReply reply) {
        return reply.hostStatus() == 0
                && Exchange.sense(reply) instanceof Decoded.Ok<Sense>(var sense)
                && sense.is(Sense.ILLEGAL_REQUEST, 0x25, 0x01);
    }
}
