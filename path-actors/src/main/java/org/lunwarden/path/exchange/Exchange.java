package org.lunwarden.path.exchange;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.model.scsi.Decoded;
import org.lunwarden.model.scsi.Sense;

/**
 * Sends a command again while the answer says nothing of it: on UNIT ATTENTION, on sense data of an earlier command, and,
 * unless told otherwise, on an error of the host adapter that may pass. At most {@link #ATTEMPTS} times unless told fewer,
 * all within one deadline.
 */
public final class Exchange {

    public static final int ATTEMPTS = 5;

    public static final int GOOD = 0x00;
    public static final int CHECK_CONDITION = 0x02;
    public static final int RESERVATION_CONFLICT = 0x18;

    /** {@code DID_OK, DID_NO_CONNECT, DID_BAD_TARGET, DID_ABORT, DID_TRANSPORT_FAILFAST}: asking again is no use. */
    private static final Set<Integer> FINAL_HOST_CODES = Set.of(0x00, 0x01, 0x04, 0x05, 0x0f);

    private final Command command;
    private final int attempts;
    private final Predicate<ScsiReply> again;
    private final LongSupplier nanoTime;
    private final long end;

    /** Sends it once. */
    private interface Command {
        CompletionStage<Answer<ScsiReply>> send(Duration deadline);
    }

    private Exchange(Command command, int attempts, Predicate<ScsiReply> again, LongSupplier nanoTime, long end) {
        this.command = command;
        this.attempts = attempts;
        this.again = again;
        this.nanoTime = nanoTime;
        this.end = end;
    }

    /** The last answer. @see DeviceProbe#command */
    public static CompletionStage<Answer<ScsiReply>> send(
            DeviceProbe probe, byte[] cdb, int dataIn, Duration deadline) {
        return send(probe, cdb, dataIn, deadline, ATTEMPTS, System::nanoTime);
    }

    /**
     * Takes an error of the host adapter as the answer.
     *
     * @param attempts how often it is sent at most
     */
    public static CompletionStage<Answer<ScsiReply>> onAttention(
            DeviceProbe probe, byte[] cdb, int dataIn, Duration deadline, int attempts) {
        return send(
                left -> probe.command(cdb, dataIn, left),
                deadline,
                attempts,
                Exchange::deviceSaysNothing,
                System::nanoTime);
    }

    static CompletionStage<Answer<ScsiReply>> send(
            DeviceProbe probe, byte[] cdb, int dataIn, Duration deadline, int attempts, LongSupplier nanoTime) {
        return send(left -> probe.command(cdb, dataIn, left), deadline, attempts, Exchange::saysNothing, nanoTime);
    }

    /** The last answer to a command with data. @see DeviceProbe#command */
    public static CompletionStage<Answer<ScsiReply>> send(
            DeviceProbe probe, byte[] cdb, byte[] dataOut, Duration deadline) {
        return send(
                left -> probe.command(cdb, dataOut, left), deadline, ATTEMPTS, Exchange::saysNothing, System::nanoTime);
    }

    private static CompletionStage<Answer<ScsiReply>> send(
            Command command, Duration deadline, int attempts, Predicate<ScsiReply> again, LongSupplier nanoTime) {
        if (!deadline.isPositive()) {
            return CompletableFuture.completedStage(new Answer.NotAsked<>("no time is left to ask"));
        }
        return new Exchange(command, attempts, again, nanoTime, nanoTime.getAsLong() + deadline.toNanos())
                .attempt(1, deadline);
    }

    private CompletionStage<Answer<ScsiReply>> attempt(int attempt, Duration left) {
        return command.send(left).thenCompose(answer -> {
            if (attempt == attempts
                    || !(answer instanceof Answer.Answered<ScsiReply>(var reply))
                    || !again.test(reply)) {
                return CompletableFuture.completedStage(answer);
            }
            var still = Duration.ofNanos(end - nanoTime.getAsLong());
            return still.isPositive() ? attempt(attempt + 1, still) : CompletableFuture.completedStage(answer);
        });
    }

    /** The sense data of a CHECK CONDITION. */
    public static Decoded<Sense> sense(ScsiReply reply) {
        return reply.status() == CHECK_CONDITION
                ? Sense.parse(reply.sense())
                : new Decoded.Invalid<>(Decoded.Fault.NOTHING_USABLE, 0, "no CHECK CONDITION");
    }

    /** Carried out without a remark. */
    public static boolean isGood(ScsiReply reply) {
        return reply.status() == GOOD && reply.hostStatus() == 0 && reply.driverStatus() == 0;
    }

    /** Carried out, so that what the device sent is there: a recovered error comes with the data. */
    public static boolean hasData(ScsiReply reply) {
        return isGood(reply)
                || (reply.hostStatus() == 0
                        && sense(reply) instanceof Decoded.Ok<Sense>(var sense)
                        && !sense.deferred()
                        && sense.key() == Sense.RECOVERED_ERROR);
    }

    /** For the log: what the device said. */
    public static String words(ScsiReply reply) {
        return switch (sense(reply)) {
            case Decoded.Ok<Sense>(var sense) -> "sense " + sense;
            case Decoded.Invalid<Sense> none ->
                "status " + reply.status() + ", host " + reply.hostStatus() + ", driver " + reply.driverStatus();
        };
    }

    private static boolean saysNothing(ScsiReply reply) {
        return !FINAL_HOST_CODES.contains(reply.hostStatus()) || deviceSaysNothing(reply);
    }

    private static boolean deviceSaysNothing(ScsiReply reply) {
        return sense(reply) instanceof Decoded.Ok<Sense>(var sense)
                && (sense.deferred() || sense.key() == Sense.UNIT_ATTENTION);
    }
}
