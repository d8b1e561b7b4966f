package org.lunwarden.path.checker;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.NvmeReply;
import org.lunwarden.model.nvme.AdminCommand;
import org.lunwarden.model.nvme.NamespaceDescriptors;
import org.lunwarden.model.scsi.Decoded;
import org.lunwarden.path.exchange.Deadline;

/**
 * Asks an NVMe controller how the namespace behind a path names itself: for its identification descriptors, and where the
 * controller has none, being older, or a list that breaks off, for the names in the identity of the namespace.
 *
 * @param namespace its number at the controller
 */
record NamespaceQuestion(long namespace, DeviceProbe probe, Deadline deadline) {

    private static final int INVALID_FIELD = 0x02;
    private static final int CODE_AND_TYPE = 0x7ff;

    /** {@code EPERM, EACCES, ENOTTY, ENOSYS, EOPNOTSUPP}: the kernel passes no command of ours to such a device. */
    private static final Set<Integer> TAKES_NO_COMMAND = Set.of(1, 13, 25, 38, 95);

    /** What the controller says of the namespace's name. */
    sealed interface Said {

        /** @param all at least one, the best first */
        record Names(List<String> all) implements Said {}

        /**
         * Its list breaks off, after which it may have had further names.
         *
         * @param some at least one: those before the fault, and those in the identity
         */
        record Part(List<String> some) implements Said {}

        /** It has no name to tell, or no way to be asked for it. */
        record Nothing(String why) implements Said {}

        /** The question failed on its way. */
        record Failed(String why) implements Said {}

        record Silence(Answer.TimedOut<NvmeReply> answer) implements Said {}

        /** The controller cannot be reached. */
        record Unreachable(String why) implements Said {}
    }

    CompletionStage<Said> ask() {
        return send(AdminCommand.namespaceDescriptors(namespace)).thenCompose(answer -> {
            if (!(answer instanceof Answer.Answered<NvmeReply>(var reply))) {
                return CompletableFuture.completedStage(said(answer, NamespaceDescriptors::parse));
            }
            if ((reply.status() & CODE_AND_TYPE) == INVALID_FIELD) {
                return askIdentity();
            }
            if (reply.isGood() && NamespaceDescriptors.parse(reply.data()) instanceof Decoded.Invalid<?>) {
                var heard = NamespaceDescriptors.beforeFault(reply.data()).names();
                return askIdentity().thenApply(said -> and(heard, said));
            }
            return CompletableFuture.completedStage(said(answer, NamespaceDescriptors::parse));
        });
    }

    private CompletionStage<Said> askIdentity() {
        return send(AdminCommand.identifyNamespace(namespace))
                .thenApply(identity -> said(identity, NamespaceDescriptors::parseIdentity));
    }

    private static Said and(List<String> heard, Said ofIdentity) {
        return switch (ofIdentity) {
            case Said.Names(var names) ->
                new Said.Part(
                        Stream.concat(heard.stream(), names.stream()).distinct().toList());
            case Said.Nothing nothing when !heard.isEmpty() -> new Said.Part(heard);
            default -> ofIdentity;
        };
    }

    private CompletionStage<Answer<NvmeReply>> send(AdminCommand command) {
        var left = deadline.left();
        return left.isPositive()
                ? probe.admin(command, left)
                : CompletableFuture.completedStage(new Answer.NotAsked<>("no time is left to ask which unit it is"));
    }

    private interface Reader {
        Decoded<NamespaceDescriptors> read(List<Byte> data);
    }

    private static Said said(Answer<NvmeReply> answer, Reader reader) {
        return switch (answer) {
            case Answer.Answered<NvmeReply>(var reply) ->
                reply.isGood()
                        ? said(reader.read(reply.data()))
                        : new Said.Failed("Identify: NVMe status 0x" + Integer.toHexString(reply.status()));
            case Answer.TimedOut<NvmeReply> silent -> new Said.Silence(silent);
            case Answer.Refused<NvmeReply>(var errno, var call, var reason) ->
                TAKES_NO_COMMAND.contains(errno)
                        ? new Said.Nothing(call + ": " + reason)
                        : new Said.Unreachable(call + ": " + reason);
            case Answer.NotAsked<NvmeReply>(var reason) -> new Said.Failed("Identify: " + reason);
        };
    }

    private static Said said(Decoded<NamespaceDescriptors> read) {
        return switch (read) {
            case Decoded.Ok<NamespaceDescriptors>(var descriptors) ->
                descriptors.names().isEmpty()
                        ? new Said.Nothing("it does not say which unit it is")
                        : new Said.Names(descriptors.names());
            case Decoded.Invalid<NamespaceDescriptors>(var fault, var offset, var problem) ->
                new Said.Nothing("Identify: " + problem);
        };
    }
}
