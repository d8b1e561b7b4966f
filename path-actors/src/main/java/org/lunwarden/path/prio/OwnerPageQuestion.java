package org.lunwarden.path.prio;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.model.scsi.Cdb;
import org.lunwarden.model.scsi.Decoded;
import org.lunwarden.model.scsi.Sense;
import org.lunwarden.model.scsi.SupportedPages;
import org.lunwarden.model.scsi.VolumeAccessPage;
import org.lunwarden.path.exchange.Exchange;

/** Whether a disk lists the page of RDAC arrays among those that it has. It is asked until it has answered. */
final class OwnerPageQuestion {

    private static final int ALLOCATION = 252;

    private final Line line;
    private final AtomicReference<Optional<Boolean>> known;

    /** Sends a command to the device. */
    interface Line {
        CompletionStage<Answer<ScsiReply>> send(byte[] cdb, int dataIn, Duration deadline);
    }

    /** @param known without being asked: an array that has the page need not list it */
    OwnerPageQuestion(Line line, Optional<Boolean> known) {
        this.line = line;
        this.known = new AtomicReference<>(known);
    }

    /** Empty while the disk has not told. */
    Optional<Boolean> known() {
        return known.get();
    }

    /** @return why it is still not known; empty when it is */
    CompletionStage<Optional<PrioReading>> ask(Duration deadline) {
        return line.send(Cdb.inquiryPage(SupportedPages.CODE, ALLOCATION), ALLOCATION, deadline)
                .thenApply(answer -> switch (answer) {
                    case Answer.Answered<ScsiReply>(var reply) when Exchange.hasData(reply) -> learned(lists(reply));
                    case Answer.Answered<ScsiReply>(var reply) when isRejected(reply) -> learned(false);
                    case Answer.Answered<ScsiReply>(var reply) -> failed(Exchange.words(reply));
                    case Answer.TimedOut<ScsiReply> timedOut -> failed("no answer in time");
                    case Answer.Refused<ScsiReply>(var errno, var call, var reason) -> failed(call + ": " + reason);
                    case Answer.NotAsked<ScsiReply> notAsked -> Optional.of(new PrioReading.Skipped());
                });
    }

    private Optional<PrioReading> learned(boolean has) {
        known.set(Optional.of(has));
        return Optional.empty();
    }

    private static Optional<PrioReading> failed(String why) {
        return Optional.of(new PrioReading.Failed("INQUIRY of the pages: " + why));
    }

    private static boolean lists(ScsiReply reply) {
        return SupportedPages.parse(reply.data()) instanceof Decoded.Ok<SupportedPages>(var pages)
                && pages.has(VolumeAccessPage.CODE);
    }

    private static boolean isRejected(ScsiReply reply) {
        return reply.hostStatus() == 0
                && Exchange.sense(reply) instanceof Decoded.Ok<Sense>(var sense)
                && !sense.deferred()
                && sense.key() == Sense.ILLEGAL_REQUEST;
    }
}
