package org.lunwarden.path;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.model.nvme.AdminCommand;

/** Gives the answers it was told to give, the last one again and again, and writes down what it was asked. */
public final class ScriptedProbe implements DeviceProbe {

    private static final ScsiReply GOOD = new ScsiReply(0, 0, 0, List.of(), List.of());

    private final Queue<Answer<ScsiReply>> answers = new ArrayDeque<>();
    private final List<Integer> asked = new ArrayList<>();
    private final List<String> given = new ArrayList<>();
    private final Queue<Answer<NvmeReply>> adminAnswers = new ArrayDeque<>();
    private final List<AdminCommand> askedAdmin = new ArrayList<>();
    private CompletionStage<Answer<Integer>> read = CompletableFuture.completedStage(new Answer.Answered<>(4096));

    public static Answer<ScsiReply> good() {
        return new Answer.Answered<>(GOOD);
    }

    public static Answer<ScsiReply> good(String data) {
        return new Answer.Answered<>(new ScsiReply(0, 0, 0, List.of(), Disks.bytes(data)));
    }

    public static Answer<ScsiReply> status(int status, int host) {
        return new Answer.Answered<>(new ScsiReply(status, host, 0, List.of(), List.of()));
    }

    public static Answer<ScsiReply> sense(String sense) {
        return new Answer.Answered<>(new ScsiReply(2, 0, 8, Disks.bytes(sense), List.of()));
    }

    public static Answer<ScsiReply> refused(int errno) {
        return new Answer.Refused<>(errno, "write /dev/sg1", "errno " + errno);
    }

    public static Answer<ScsiReply> notAsked() {
        return new Answer.NotAsked<>("no thread was free");
    }

    public ScriptedProbe answers(Answer<ScsiReply> answer) {
        answers.add(answer);
        return this;
    }

    public ScriptedProbe reads(Answer<Integer> answer) {
        read = CompletableFuture.completedStage(answer);
        return this;
    }

    /** Reads have not ended and never will. */
    public ScriptedProbe readsForEver() {
        read = new CompletableFuture<>();
        return this;
    }

    /** First bytes of the commands, in order. */
    public List<Integer> asked() {
        return List.copyOf(asked);
    }

    @Override
    public CompletionStage<Answer<ScsiReply>> command(byte[] cdb, int dataIn, Duration deadline) {
        asked.add(cdb[0] & 0xff);
        var next = answers.size() > 1 ? answers.remove() : answers.element();
        return CompletableFuture.completedStage(next);
    }

    @Override
    public CompletionStage<Answer<ScsiReply>> command(byte[] cdb, byte[] dataOut, Duration deadline) {
        given.add(HexFormat.of().formatHex(dataOut));
        return command(cdb, 0, deadline);
    }

    /** What came with the commands that had data, in order. */
    public List<String> given() {
        return List.copyOf(given);
    }

    public ScriptedProbe answersAdmin(Answer<NvmeReply> answer) {
        adminAnswers.add(answer);
        return this;
    }

    /** The admin commands, in order. */
    public List<AdminCommand> askedAdmin() {
        return List.copyOf(askedAdmin);
    }

    @Override
    public CompletionStage<Answer<NvmeReply>> admin(AdminCommand command, Duration deadline) {
        askedAdmin.add(command);
        return CompletableFuture.completedStage(
                adminAnswers.size() > 1 ? adminAnswers.remove() : adminAnswers.element());
    }

    @Override
    public CompletionStage<Answer<Integer>> readFirstBlock(Duration deadline) {
        return read;
    }

    @Override
    public void close() {}
}
