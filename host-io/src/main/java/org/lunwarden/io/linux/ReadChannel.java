package org.lunwarden.io.linux;

import java.util.Optional;
import java.util.function.IntSupplier;

import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.linux.AsyncReads.Slot;

/**
 * Reads of one device's first block past the page cache. Those of a check are asynchronous, or go through the pool where
 * that is not there. Many at once never wait on a thread: where a read would have to, it is not asked, so that samples of
 * hung devices cannot take the pool from the checks.
 */
final class ReadChannel extends Channel<Integer, Slot> {

    static final int O_DIRECT = System.getProperty("os.arch", "").equals("amd64") ? 040000 : 0200000;

    private final AsyncReads reads;
    private final IntSupplier blockSize;
    private final int width;
    private volatile int sizeAtOpen = Slot.LONGEST;

    /**
     * @param blockSize looks up the device's logical block size; called in the pool
     * @param width reads at once
     */
    ReadChannel(ProbeLoop loop, String name, CallPool.Place place, AsyncReads reads, IntSupplier blockSize, int width) {
        super(loop, name, place);
        this.reads = reads;
        this.blockSize = blockSize;
        this.width = width;
    }

    void send(Pending<Integer> probe) {
        send(probe, reads.take());
    }

    @Override
    Opened open() {
        var path = "/dev/" + name();
        if (isSample()) {
            if (!reads.isAvailable()) {
                return new Opened(-1, false, LibC.EAGAIN, path);
            }
            sizeAtOpen = blockSize();
        }
        var fd = LibC.calls().open(path, LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC | O_DIRECT);
        return new Opened(fd, !reads.isAvailable(), fd < 0 ? LibC.errno() : 0, path);
    }

    @Override
    boolean use(OpenFile opened) {
        return true;
    }

    @Override
    int width(OpenFile opened) {
        return opened.pooled() ? 1 : width;
    }

    @Override
    int longestQueue() {
        return Math.max(super.longestQueue(), width);
    }

    @Override
    void start(Request<Integer, Slot> request, OpenFile on) {
        var number = request.probe().number();
        var slot = request.what();
        if (on.pooled()) {
            call(request, on, fd -> {
                var read = LibC.calls().pread(fd, slot.buffer(), size(), 0);
                var result = read < 0 ? -LibC.errno() : read;
                return Optional.of(() -> completed(number, slot, result, on));
            });
        } else {
            call(request, on, fd -> {
                var errno = reads.submit(
                        fd, slot, size(), number, !isSample(), result -> completed(number, slot, result, on));
                return errno == 0 ? Optional.empty() : Optional.of(() -> completed(number, slot, -errno, on));
            });
        }
    }

    private boolean isSample() {
        return width > 1;
    }

    /** An array may format a unit anew, which a check has to find out; the many reads of a sample need not. */
    private int size() {
        return isSample() ? sizeAtOpen : blockSize();
    }

    private int blockSize() {
        return Math.clamp(blockSize.getAsInt(), 512, Slot.LONGEST);
    }

    private void completed(long number, Slot slot, long result, OpenFile on) {
        reads.giveBack(slot);
        if (result > 0) {
            var unused = end(number, new Answer.Answered<>((int) result));
        } else {
            // a deleted device has size 0 for those who still have it open
            var errno = result == 0 ? LibC.ENODEV : (int) -result;
            var unused = end(number, refused(errno, "read " + name()));
            if (isGone(errno)) {
                lost(on, errno);
            }
        }
        proceed();
    }

    @Override
    void forgotten(Slot slot) {
        reads.giveBack(slot);
    }
}
