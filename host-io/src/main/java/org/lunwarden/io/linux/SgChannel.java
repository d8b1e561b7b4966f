package org.lunwarden.io.linux;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

import jnr.ffi.Pointer;

import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;

/**
 * SCSI commands to one device through its sg node: written, awaited by the loop, read. Where there is no such node or
 * it refuses, by {@code SG_IO} through the pool, one at a time.
 */
final class SgChannel extends Channel<ScsiReply, SgChannel.Command> {

    private static final int WIDTH = 4;
    private static final int SPARES = 2;
    private static final int SG_IO = 0x2285;
    /** To the sg driver it means "any", so that no command may have it. */
    private static final int ANY_ID = -1;

    /** The kernel's own limit for a command is no shorter, so that our deadline does not start its error handling. */
    private static final int SHORTEST_KERNEL_TIMEOUT_MILLIS = 30_000;

    private final Supplier<String> sgNode;
    private final Deque<SgCommand> spares = new ArrayDeque<>();
    private final Pointer header = LibC.allocate(SgCommand.HEADER_SIZE);

    /** A command and the memory it will use. */
    static final class Command {
        private final byte[] cdb;
        private final int dataIn;
        private final byte[] dataOut;
        private final Duration deadline;
        private final SgCommand memory;
        private int id = ANY_ID;

        private Command(byte[] cdb, int dataIn, byte[] dataOut, Duration deadline, SgCommand memory) {
            this.cdb = cdb;
            this.dataIn = dataIn;
            this.dataOut = dataOut;
            this.deadline = deadline;
            this.memory = memory;
        }

        private Pointer prepare(int packId) {
            id = packId;
            var timeout = Math.clamp(deadline.toMillis(), SHORTEST_KERNEL_TIMEOUT_MILLIS, Integer.MAX_VALUE);
            return memory.prepare(cdb, dataIn, dataOut, timeout, packId);
        }
    }

    /** @param sgNode looks up the path of the device's sg node, empty when it has none; called in the pool */
    SgChannel(ProbeLoop loop, String name, CallPool.Place place, Supplier<String> sgNode) {
        super(loop, name, place);
        this.sgNode = sgNode;
    }

    /** Data go one way: {@code dataIn} is 0, or {@code dataOut} is empty. */
    void send(Pending<ScsiReply> probe, byte[] cdb, int dataIn, byte[] dataOut, Duration deadline) {
        var size = dataIn + dataOut.length;
        var spare = spares.poll();
        var memory = spare != null && spare.capacity() >= size ? spare : new SgCommand(size);
        send(probe, new Command(cdb, dataIn, dataOut, deadline, memory));
    }

    @Override
    Opened open() {
        var sg = sgNode.get();
        if (!sg.isEmpty()) {
            var opened = open(sg, LibC.O_RDWR, false);
            if (opened.fd() >= 0 || isGone(opened.errno())) {
                return opened;
            }
        }
        return open("/dev/" + name(), LibC.O_RDONLY, true);
    }

    private static Opened open(String path, int mode, boolean pooled) {
        var fd = LibC.calls().open(path, mode | LibC.O_NONBLOCK | LibC.O_CLOEXEC);
        return new Opened(fd, pooled, fd < 0 ? LibC.errno() : 0, path);
    }

    @Override
    boolean use(OpenFile opened) {
        return opened.pooled() || loop().watch(opened.fd(), () -> read(opened));
    }

    @Override
    int width(OpenFile opened) {
        return opened.pooled() ? 1 : WIDTH;
    }

    @Override
    void start(Request<ScsiReply, Command> request, OpenFile on) {
        var number = request.probe().number();
        var prepared = request.what().prepare(packId(number, this::isTaken));
        call(request, on, on.pooled() ? fd -> ioctl(fd, request, on) : fd -> write(fd, prepared, number, on));
    }

    /** The driver's name for a command has half the bits of a probe's number, so one that is taken is skipped. */
    static int packId(long number, IntPredicate taken) {
        var id = (int) number;
        while (id == ANY_ID || taken.test(id)) {
            id++;
        }
        return id;
    }

    private boolean isTaken(int id) {
        return atWork(command -> command.id == id).isPresent();
    }

    private Optional<Runnable> write(int fd, Pointer prepared, long number, OpenFile on) {
        var errno = LibC.calls().write(fd, prepared, SgCommand.HEADER_SIZE) < 0 ? LibC.errno() : 0;
        return errno == 0 ? Optional.empty() : Optional.of(() -> refuse(number, errno, "write sg of " + name(), on));
    }

    private void refuse(long number, int errno, String call, OpenFile on) {
        end(number, refused(errno, call)).ifPresent(request -> forgotten(request.what()));
        if (isGone(errno)) {
            lost(on, errno);
        }
    }

    private Optional<Runnable> ioctl(int fd, Request<ScsiReply, Command> request, OpenFile on) {
        var memory = request.what().memory;
        var errno = LibC.calls().ioctl(fd, SG_IO, memory.header()) < 0 ? LibC.errno() : 0;
        var number = request.probe().number();
        return Optional.of(() -> {
            if (errno != 0) {
                refuse(number, errno, "SG_IO to " + name(), on);
            } else {
                end(number, new Answer.Answered<>(memory.reply(memory.header())))
                        .ifPresent(answered -> forgotten(answered.what()));
            }
        });
    }

    /** Takes the answers that are there: no more than are owed, since to be told that there is none costs as much. */
    private void read(OpenFile from) {
        do {
            header.putInt(0, 'S');
            header.putInt(48, -1);
            if (LibC.calls().read(from.fd(), header, SgCommand.HEADER_SIZE) < 0) {
                var errno = LibC.errno();
                if (errno != LibC.EAGAIN && errno != LibC.EINTR) {
                    lost(from, errno);
                }
                break;
            }
            answered();
        } while (isAtWork());
        proceed();
    }

    private void answered() {
        var id = SgCommand.id(header);
        atWork(command -> command.id == id).ifPresent(request -> {
            var reply = request.what().memory.reply(header);
            end(request.probe().number(), new Answer.Answered<>(reply))
                    .ifPresent(answered -> forgotten(answered.what()));
        });
    }

    @Override
    void forgotten(Command command) {
        if (spares.size() < SPARES) {
            spares.push(command.memory);
        }
    }
}
