package org.lunwarden.io.linux;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.function.ObjLongConsumer;

import jnr.ffi.Pointer;

/**
 * Reads past the page cache by the kernel's asynchronous I/O, whose completions come to the loop by an eventfd. A
 * buffer belongs to the kernel from its submission to its completion, however late that is. Everything runs on the
 * loop's thread but {@link #submit}. Source: Linux {@code include/uapi/linux/aio_abi.h}.
 */
final class AsyncReads {

    /** Numbers of the system calls on this machine. */
    private record Numbers(int setup, int destroy, int submit, int events) {}

    private static final Numbers NUMBERS = System.getProperty("os.arch", "").equals("amd64")
            ? new Numbers(206, 207, 209, 208)
            : new Numbers(0, 1, 2, 4);

    /** Reads at the devices at once. */
    static final int DEPTH = 4096;

    private static final int RWF_NOWAIT = 0x8;
    private static final int BATCH = 64;
    private static final int EVENT_SIZE = 32;

    /** Closed while reads of theirs hung. The kernel will write into their memory, so it must not become garbage. */
    private static final Set<AsyncReads> LEFT = new HashSet<>();

    private final Wakeup completions = new Wakeup();
    private final Map<Long, LongConsumer> waiting = new ConcurrentHashMap<>();
    private final Deque<Slot> free = new ArrayDeque<>();
    private final Pointer events = LibC.allocate(BATCH * EVENT_SIZE);
    private final ProbeLoop loop;
    private final long context;
    private boolean closed;

    /** Memory of one read: the request, its address, and an aligned block. */
    static final class Slot {
        static final int LONGEST = 4096;

        private final Pointer request = LibC.allocate(64);
        private final Pointer requests = LibC.allocate(8);
        private final Pointer memory = LibC.allocate(2 * LONGEST);

        private long block() {
            return (memory.address() + LONGEST - 1) & -LONGEST;
        }

        Pointer buffer() {
            return memory.slice(block() - memory.address(), LONGEST);
        }
    }

    AsyncReads(ProbeLoop loop) {
        this.loop = loop;
        endLeft();
        var made = LibC.allocate(8);
        var isThere = LibC.calls().syscall(NUMBERS.setup(), DEPTH, made.address(), 0, 0, 0) == 0;
        context = isThere && loop.watch(completions.fd(), this::reap) ? made.getLong(0) : 0;
    }

    /** Whether this kernel has asynchronous I/O, and some left for us. */
    boolean isAvailable() {
        return context != 0;
    }

    Slot take() {
        var spare = free.poll();
        return spare == null ? new Slot() : spare;
    }

    void giveBack(Slot slot) {
        free.push(slot);
    }

    /**
     * Starts a read from the device's start; the error number, 0 for none. In the pool: it may wait for the device.
     *
     * @param patient waits for room in the device's queue; else the read ends with {@code EAGAIN}, as it does where the
     *     kernel cannot do without waiting
     * @param result hears on the loop's thread of a read that was started: bytes read, or a negative error number
     */
    int submit(int fd, Slot slot, int bytes, long number, boolean patient, LongConsumer result) {
        var request = slot.request;
        request.setMemory(0, 64, (byte) 0);
        request.putLong(0, number);
        request.putInt(20, fd);
        request.putInt(12, patient ? 0 : RWF_NOWAIT);
        request.putLong(24, slot.block());
        request.putLong(32, bytes);
        request.putInt(56, 1);
        request.putInt(60, completions.fd());
        slot.requests.putLong(0, request.address());
        synchronized (this) {
            if (closed) {
                return LibC.ECANCELED;
            }
            waiting.put(number, result);
        }
        if (LibC.calls().syscall(NUMBERS.submit(), context, 1, slot.requests.address(), 0, 0) == 1) {
            return 0;
        }
        var errno = LibC.errno();
        waiting.remove(number);
        return !patient && (errno == LibC.EOPNOTSUPP || errno == LibC.EINVAL) ? LibC.EAGAIN : errno;
    }

    private void reap() {
        completions.drain();
        takeAll(LongConsumer::accept);
    }

    private void takeAll(ObjLongConsumer<LongConsumer> hearing) {
        long count;
        do {
            count = LibC.calls().syscall(NUMBERS.events(), context, 0, BATCH, events.address(), 0);
            for (long i = 0; i < count; i++) {
                var result = waiting.remove(events.getLong(i * EVENT_SIZE));
                if (result != null) {
                    hearing.accept(result, events.getLong(i * EVENT_SIZE + 16));
                }
            }
        } while (count == BATCH);
    }

    /**
     * Takes no more reads and gives the kernel's context back: the kernel has not many for a whole machine. It would
     * wait for reads that hang; then a later opening or closing gives it back, or the end of the process.
     */
    void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        loop.unwatch(completions.fd());
        synchronized (LEFT) {
            LEFT.add(this);
        }
        endLeft();
    }

    private static void endLeft() {
        synchronized (LEFT) {
            LEFT.removeIf(AsyncReads::end);
        }
    }

    /** False while a read hangs. */
    private boolean end() {
        if (context != 0) {
            takeAll((nobody, result) -> {});
            if (!waiting.isEmpty()) {
                return false;
            }
            var unused = LibC.calls().syscall(NUMBERS.destroy(), context, 0, 0, 0, 0);
        }
        completions.close();
        return true;
    }
}
