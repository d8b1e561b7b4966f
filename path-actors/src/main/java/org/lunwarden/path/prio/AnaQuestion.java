package org.lunwarden.path.prio;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.NvmeReply;
import org.lunwarden.model.nvme.AdminCommand;
import org.lunwarden.model.nvme.AnaLog;
import org.lunwarden.model.nvme.ControllerIdentity;
import org.lunwarden.model.nvme.NamespaceIdentity;
import org.lunwarden.model.scsi.Decoded;
import org.lunwarden.path.exchange.Deadline;

/**
 * The prioritizer {@code ana}: the access state of the group that the namespace is in, as this path's controller reports it.
 *
 * <p>Whether a controller reports any, and of how many groups, is asked until it has answered. The group of the namespace
 * and the states are asked each time.
 */
final class AnaQuestion {

    /** The longest log that is asked for; more groups than fit are no array's. */
    private static final int LONGEST_LOG = 64 * 1024;

    /** Sends a command to the controller. */
    interface Line {
        CompletionStage<Answer<NvmeReply>> send(AdminCommand command, Duration deadline);
    }

    private final long namespace;
    private final Line line;
    private final AtomicReference<Optional<ControllerIdentity>> controller = new AtomicReference<>(Optional.empty());

    /** @param namespace its number at the controller */
    AnaQuestion(long namespace, Line line) {
        this.namespace = namespace;
        this.line = line;
    }

    /** Whether the controller reports access states; empty while it has not told. */
    Optional<Boolean> known() {
        return controller.get().map(ControllerIdentity::reportsAna);
    }

    /** Asks the controller. What it answers is {@link #known} then, and the reading says that there is none yet. */
    CompletionStage<PrioReading> detect(Deadline deadline) {
        return ask(AdminCommand.identifyController(), deadline, ControllerIdentity::parse, found -> {
            controller.set(Optional.of(found));
            return done(new PrioReading.Skipped());
        });
    }

    CompletionStage<PrioReading> read(Deadline deadline) {
        return controller
                .get()
                .map(known -> read(known, deadline))
                .orElseGet(() -> ask(AdminCommand.identifyController(), deadline, ControllerIdentity::parse, found -> {
                    controller.set(Optional.of(found));
                    return read(found, deadline);
                }));
    }

    private CompletionStage<PrioReading> read(ControllerIdentity known, Deadline deadline) {
        if (!known.reportsAna()) {
            return done(new PrioReading.Failed("the controller reports no asymmetric namespace access"));
        }
        return ask(
                AdminCommand.identifyNamespace(namespace),
                deadline,
                NamespaceIdentity::parse,
                found -> states(known.groups(), found.group(), deadline));
    }

    private CompletionStage<PrioReading> states(long groups, long group, Deadline deadline) {
        var length = (int) Math.min(AnaLog.length(groups), LONGEST_LOG);
        return ask(
                AdminCommand.anaLog(length),
                deadline,
                AnaLog::parse,
                log -> done(log.state(group)
                        .<PrioReading>map(state -> new PrioReading.Read(AnaPriority.of(state), false))
                        .orElseGet(() -> new PrioReading.Failed(
                                log.whole()
                                        ? "ANA log: no state of group " + group
                                        : "ANA log: it is cut off before group " + group))));
    }

    private <T> CompletionStage<PrioReading> ask(
            AdminCommand command,
            Deadline deadline,
            Function<List<Byte>, Decoded<T>> reader,
            Function<T, CompletionStage<PrioReading>> next) {
        var left = deadline.left();
        if (!left.isPositive()) {
            return done(new PrioReading.Failed("no time is left to ask"));
        }
        return line.send(command, left).thenCompose(answer -> switch (answer) {
            case Answer.Answered<NvmeReply>(var reply) ->
                reply.isGood()
                        ? switch (reader.apply(reply.data())) {
                            case Decoded.Ok<T>(var value) -> next.apply(value);
                            case Decoded.Invalid<T>(var fault, var offset, var problem) ->
                                done(new PrioReading.Failed(problem));
                        }
                        : done(new PrioReading.Failed("NVMe status 0x" + Integer.toHexString(reply.status())));
            case Answer.TimedOut<NvmeReply> timedOut -> done(new PrioReading.Failed("no answer in time"));
            case Answer.Refused<NvmeReply>(var errno, var call, var reason) ->
                done(new PrioReading.Failed(call + ": " + reason));
            case Answer.NotAsked<NvmeReply> notAsked -> done(new PrioReading.Skipped());
        });
    }

    private static CompletionStage<PrioReading> done(PrioReading reading) {
        return CompletableFuture.completedStage(reading);
    }
}
