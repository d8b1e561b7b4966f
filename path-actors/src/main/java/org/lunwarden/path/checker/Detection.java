package org.lunwarden.path.checker;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.model.scsi.Cdb;
import org.lunwarden.model.scsi.Decoded;
import org.lunwarden.model.scsi.StandardInquiry;
import org.lunwarden.model.scsi.SupportedPages;
import org.lunwarden.model.scsi.VolumeAccessPage;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.path.exchange.Deadline;
import org.lunwarden.path.exchange.Exchange;

/**
 * Which checker a SCSI disk asks for by what it tells of itself ({@code detect_checker}): {@code rdac} where it has the
 * page that this one reads, else {@code tur} where it has target port groups, else the one of the settings. It is asked
 * until it has answered.
 */
final class Detection {

    private static final int INQUIRY_LENGTH = 36;

    private final DeviceProbe probe;
    private final AtomicReference<Optional<Known>> known = new AtomicReference<>(Optional.empty());

    /** What was found where the settings say so. */
    private record Known(CheckerKind configured, CheckerKind detected) {}

    sealed interface Outcome {
        record Chosen(CheckerKind kind) implements Outcome {}

        record NoAnswer(Answer.TimedOut<ScsiReply> answer) implements Outcome {}
    }

    Detection(DeviceProbe probe) {
        this.probe = probe;
    }

    CompletionStage<Outcome> of(CheckerKind configured, Deadline deadline) {
        var before = known.get().filter(found -> found.configured() == configured);
        if (before.isPresent()) {
            return chosen(before.get().detected());
        }
        // an array that is known to have the page need not list it
        return configured == CheckerKind.RDAC ? owner(configured, deadline) : pages(configured, deadline);
    }

    private CompletionStage<Outcome> pages(CheckerKind configured, Deadline deadline) {
        return ask(
                Cdb.inquiryPage(SupportedPages.CODE, Page.ALLOCATION),
                Page.ALLOCATION,
                deadline,
                configured,
                data -> hasPage(data) ? owner(configured, deadline) : groups(configured, deadline));
    }

    private CompletionStage<Outcome> owner(CheckerKind configured, Deadline deadline) {
        return ask(
                Cdb.inquiryPage(VolumeAccessPage.CODE, Page.ALLOCATION),
                Page.ALLOCATION,
                deadline,
                configured,
                data -> isSigned(data) ? found(configured, CheckerKind.RDAC) : groups(configured, deadline));
    }

    private CompletionStage<Outcome> groups(CheckerKind configured, Deadline deadline) {
        if (configured == CheckerKind.TUR) {
            return found(configured, configured);
        }
        return ask(
                Cdb.inquiry(INQUIRY_LENGTH),
                INQUIRY_LENGTH,
                deadline,
                configured,
                data -> found(configured, hasGroups(data) ? CheckerKind.TUR : configured));
    }

    /** What fails on its way says nothing: the settings hold for this check. */
    private CompletionStage<Outcome> ask(
            byte[] cdb,
            int allocation,
            Deadline deadline,
            CheckerKind configured,
            Function<List<Byte>, CompletionStage<Outcome>> next) {
        return Exchange.send(probe, cdb, allocation, deadline.left()).thenCompose(answer -> switch (answer) {
            case Answer.Answered<ScsiReply>(var reply) when Exchange.hasData(reply) -> next.apply(reply.data());
            case Answer.Answered<ScsiReply>(var reply) when Page.isUnsupported(reply) -> next.apply(List.of());
            case Answer.TimedOut<ScsiReply> silent ->
                CompletableFuture.<Outcome>completedStage(new Outcome.NoAnswer(silent));
            case Answer.Answered<ScsiReply> failed -> chosen(configured);
            case Answer.Refused<ScsiReply> refused -> chosen(configured);
            case Answer.NotAsked<ScsiReply> notAsked -> chosen(configured);
        });
    }

    private CompletionStage<Outcome> found(CheckerKind configured, CheckerKind detected) {
        known.set(Optional.of(new Known(configured, detected)));
        return chosen(detected);
    }

    private static CompletionStage<Outcome> chosen(CheckerKind kind) {
        return CompletableFuture.completedStage(new Outcome.Chosen(kind));
    }

    private static boolean hasPage(List<Byte> data) {
        return SupportedPages.parse(data) instanceof Decoded.Ok<SupportedPages>(var pages)
                && pages.has(VolumeAccessPage.CODE);
    }

    private static boolean isSigned(List<Byte> data) {
        return VolumeAccessPage.parse(data) instanceof Decoded.Ok<VolumeAccessPage>(var page) && page.signed();
    }

    private static boolean hasGroups(List<Byte> data) {
        return StandardInquiry.parse(data) instanceof Decoded.Ok<StandardInquiry>(var inquiry)
                && inquiry.hasTargetPortGroups();
    }
}
