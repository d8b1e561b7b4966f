package org.lunwarden.path.checker;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.io.AuditTrail;
import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.scsi.Cdb;
import org.lunwarden.model.scsi.ControlModePage;
import org.lunwarden.model.scsi.Decoded;
import org.lunwarden.path.exchange.Deadline;
import org.lunwarden.path.exchange.Exchange;

/**
 * What the checker {@code rdac} begins with, once for a path: TAS is set in the control mode page, where it can be changed
 * and is not set, so that the array tells this host of its commands that another host had aborted.
 *
 * <p>Nothing waits for it, and nothing follows from its failure but a line in the log.
 */
public final class TaskAbortedStatus {

    private static final Logger LOG = LoggerFactory.getLogger(TaskAbortedStatus.class);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CURRENT = 0;
    private static final int CHANGEABLE = 1;

    private final Wwid unit;
    private final DeviceName disk;
    private final DeviceProbe probe;
    private final AtomicBoolean begun = new AtomicBoolean();

    private sealed interface Outcome {

        record AsItIs(String why) implements Outcome {}

        record Set() implements Outcome {}

        record Failed(String why) implements Outcome {}

        /** For lack of something of this process: the array may be asked again. */
        record NotAsked() implements Outcome {}
    }

    public TaskAbortedStatus(Wwid unit, DeviceName disk, DeviceProbe probe) {
        this.unit = unit;
        this.disk = disk;
        this.probe = probe;
    }

    /** Returns at once. To be called when the path has answered, each time. */
    public void begin() {
        if (begun.compareAndSet(false, true)) {
            var deadline = Deadline.in(PATIENCE);
            var unused = page(
                            CHANGEABLE,
                            deadline,
                            mask -> mask.taskAbortedStatus()
                                    ? page(CURRENT, deadline, page -> set(page, deadline))
                                    : done(new Outcome.AsItIs("the array keeps it as it is")))
                    .thenAccept(this::tell);
        }
    }

    private CompletionStage<Outcome> page(
            int control, Deadline deadline, Function<ControlModePage, CompletionStage<Outcome>> next) {
        var allocation = ControlModePage.ALLOCATION;
        return Exchange.send(
                        probe, Cdb.modeSense(ControlModePage.CODE, control, allocation), allocation, deadline.left())
                .thenCompose(answer -> of("MODE SENSE", answer, reply -> switch (ControlModePage.parse(reply.data())) {
                    case Decoded.Ok<ControlModePage>(var page) -> next.apply(page);
                    case Decoded.Invalid<ControlModePage>(var fault, var offset, var problem) ->
                        done(new Outcome.Failed("MODE SENSE: " + problem));
                }));
    }

    private CompletionStage<Outcome> set(ControlModePage page, Deadline deadline) {
        if (page.taskAbortedStatus()) {
            return done(new Outcome.AsItIs("it is set"));
        }
        var parameters = page.withTaskAbortedStatus().parameters();
        return Exchange.send(probe, Cdb.modeSelect(parameters.length), parameters, deadline.left())
                .thenCompose(answer -> of("MODE SELECT", answer, reply -> done(new Outcome.Set())));
    }

    private static CompletionStage<Outcome> of(
            String command, Answer<ScsiReply> answer, Function<ScsiReply, CompletionStage<Outcome>> next) {
        return switch (answer) {
            case Answer.Answered<ScsiReply>(var reply) ->
                Exchange.hasData(reply)
                        ? next.apply(reply)
                        : done(new Outcome.Failed(command + ": " + Exchange.words(reply)));
            case Answer.TimedOut<ScsiReply> timedOut -> done(new Outcome.Failed(command + ": no answer in time"));
            case Answer.Refused<ScsiReply>(var errno, var call, var reason) ->
                done(new Outcome.Failed(call + ": " + reason));
            case Answer.NotAsked<ScsiReply> notAsked -> done(new Outcome.NotAsked());
        };
    }

    private static CompletionStage<Outcome> done(Outcome outcome) {
        return CompletableFuture.completedStage(outcome);
    }

    private void tell(Outcome outcome) {
        switch (outcome) {
            case Outcome.AsItIs(var why) -> LOG.debug("{} {}: TAS not touched, {}", unit, disk, why);
            case Outcome.Set() -> AuditTrail.note(unit, disk + ": TAS set in its control mode page");
            case Outcome.Failed(var why) -> LOG.info("{} {}: TAS not set ({})", unit, disk, why);
            case Outcome.NotAsked() -> begun.set(false);
        }
    }
}
