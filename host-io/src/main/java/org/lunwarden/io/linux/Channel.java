package org.lunwarden.io.linux;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.IoResult;

/**
 * Requests of one kind to one device: opens its file when it is needed, keeps a few requests at work and the others
 * waiting, and forgets the file when the device is gone. Everything here runs on the loop's thread but what is handed
 * to {@link #call}.
 */
abstract class Channel<T, R> {

    private static final int LONGEST_QUEUE = 16;

    private final ProbeLoop loop;
    private final String name;
    private final CallPool.Place place;
    private final Deque<Request<T, R>> queue = new ArrayDeque<>();
    private final Map<Long, Request<T, R>> atWork = new LinkedHashMap<>();
    /** Those that the pool has not done yet. */
    private final Map<Long, Call> calls = new HashMap<>();

    private Optional<OpenFile> file = Optional.empty();
    private boolean opening;
    private volatile boolean atOpen;
    private boolean closing;

    /** @param place of what hangs together with it */
    Channel(ProbeLoop loop, String name, CallPool.Place place) {
        this.loop = loop;
        this.name = name;
        this.place = place;
    }

    record Request<T, R>(Pending<T> probe, R what) {}

    private record Call(Runnable run, OpenFile on) {}

    /** @param pooled whether requests block a thread of the pool while they are at work */
    record Opened(int fd, boolean pooled, int errno, String path) {}

    /** A file is closed only when no call uses it, so that its number cannot come to mean another file. */
    static final class OpenFile {
        private final int fd;
        private final boolean pooled;
        private int users;
        private volatile boolean lost;

        private OpenFile(Opened opened) {
            fd = opened.fd();
            pooled = opened.pooled();
        }

        int fd() {
            return fd;
        }

        boolean pooled() {
            return pooled;
        }
    }

    /** Opens the device; called in the pool. */
    abstract Opened open();

    /** Takes the file into use; false when that is impossible. */
    abstract boolean use(OpenFile opened);

    /** How many requests may be at work at once. */
    abstract int width(OpenFile opened);

    /** How many requests may wait. */
    int longestQueue() {
        return LONGEST_QUEUE;
    }

    /** Starts a request. */
    abstract void start(Request<T, R> request, OpenFile on);

    /** A request will never be answered: what it holds may be used again if the kernel is done with it. */
    abstract void forgotten(R request);

    ProbeLoop loop() {
        return loop;
    }

    String name() {
        return name;
    }

    void send(Pending<T> probe, R what) {
        loop.await(probe, () -> takeBack(probe));
        if (closing) {
            forgotten(what);
            loop.end(probe, refused(LibC.ECANCELED, "probe " + name));
        } else if (queue.size() >= longestQueue()) {
            forgotten(what);
            loop.end(probe, refused(LibC.EAGAIN, "queue a probe of " + name));
        } else {
            queue.add(new Request<>(probe, what));
            pump();
        }
    }

    private void pump() {
        if (file.isEmpty()) {
            if (!queue.isEmpty() && !opening) {
                opening = true;
                loop.pool().execute(place, () -> {
                    atOpen = true;
                    var opened = open();
                    loop.execute(() -> opened(opened));
                });
            }
            return;
        }
        var open = file.get();
        while (!queue.isEmpty() && atWork.size() < width(open)) {
            var next = queue.remove();
            atWork.put(next.probe().number(), next);
            start(next, open);
        }
    }

    /** A probe whose turn never came, through no fault of the device, leaves without a trace. */
    private boolean takeBack(Pending<T> probe) {
        var queued = queue.stream().filter(each -> each.probe() == probe).findFirst();
        if ((queued.isPresent() && holdsItsQueueUp()) || !probe.takeBack()) {
            return false;
        }
        queued.ifPresent(queue::remove);
        queued.or(() -> Optional.ofNullable(atWork.remove(probe.number()))).ifPresent(taken -> forgotten(taken.what()));
        withdraw(probe.number());
        return true;
    }

    /** What a target that hangs keeps from being made does not pile up, check after check. */
    private void withdraw(long number) {
        var call = calls.get(number);
        if (call != null && loop.pool().withdraw(place, call.run())) {
            called(number, call.on(), Optional.empty());
        }
    }

    private boolean holdsItsQueueUp() {
        return atOpen || atWork.values().stream().map(Request::probe).anyMatch(Pending::isAtDevice);
    }

    private void opened(Opened opened) {
        opening = false;
        atOpen = false;
        if (opened.fd() < 0) {
            // a device without a node is a device that is gone
            refuseQueue(opened.errno() == LibC.ENOENT ? LibC.ENODEV : opened.errno(), "open " + opened.path());
        } else {
            var open = new OpenFile(opened);
            file = Optional.of(open);
            if (!use(open)) {
                refuseQueue(LibC.EAGAIN, "watch " + opened.path());
                lose(open);
            }
        }
        pump();
        closeWhenIdle();
    }

    private void refuseQueue(int errno, String call) {
        for (var one = queue.poll(); one != null; one = queue.poll()) {
            forgotten(one.what());
            loop.end(one.probe(), refused(errno, call));
        }
    }

    /** Hands a request to the device in the pool, unless it is taken back before, and then does something on the loop. */
    final void call(Request<T, R> request, OpenFile on, CallOnFile work) {
        var number = request.probe().number();
        Runnable run = () -> {
            if (!request.probe().hand()) {
                loop.execute(() -> called(number, on, Optional.empty()));
                return;
            }
            var then = work.run(on.fd());
            if (then.isPresent()) {
                loop.execute(() -> called(number, on, then));
            } else {
                loop.executeLater(() -> called(number, on, then));
                // no answer of a device that is closed wakes the loop
                if (on.lost) {
                    loop.execute(() -> {});
                }
            }
        };
        loop.pool().execute(place, run);
        on.users++;
        calls.put(number, new Call(run, on));
    }

    private void called(long number, OpenFile on, Optional<Runnable> then) {
        calls.remove(number);
        on.users--;
        closeIfUnused(on);
        then.ifPresent(Runnable::run);
        pump();
        closeWhenIdle();
    }

    /** A blocking call; gives what is to be done with its result, nothing where an answer of the device will follow. */
    interface CallOnFile {
        Optional<Runnable> run(int fd);
    }

    /** Ends the request of that number, unless it has been forgotten; the request when it was still at work. */
    final Optional<Request<T, R>> end(long number, Answer<T> with) {
        var ended = Optional.ofNullable(atWork.remove(number));
        ended.ifPresent(request -> loop.end(request.probe(), with));
        return ended;
    }

    final boolean isAtWork() {
        return !atWork.isEmpty();
    }

    final Optional<Request<T, R>> atWork(Predicate<R> like) {
        return atWork.values().stream().filter(each -> like.test(each.what())).findFirst();
    }

    /** After requests have ended. */
    final void proceed() {
        pump();
        closeWhenIdle();
    }

    /** The file is of no more use: its requests are refused, the next one opens the device anew. */
    final void lost(OpenFile open, int errno) {
        if (file.filter(open::equals).isPresent()) {
            for (var number : List.copyOf(atWork.keySet())) {
                var unused = end(number, refused(errno, "probe " + name));
            }
            lose(open);
        }
    }

    private void lose(OpenFile open) {
        file = Optional.empty();
        open.lost = true;
        loop.unwatch(open.fd);
        closeIfUnused(open);
    }

    private void closeIfUnused(OpenFile open) {
        if (open.lost && open.users == 0) {
            loop.pool().execute(place, () -> LibC.calls().close(open.fd));
        }
    }

    static boolean isGone(int errno) {
        return errno == LibC.ENODEV || errno == LibC.ENXIO;
    }

    /** Takes no more requests; closes the file when those it has are answered or timed out. */
    void close() {
        closing = true;
        for (var each : unanswered()) {
            each.probe().stage().whenComplete((answer, none) -> loop.execute(this::closeWhenIdle));
        }
        closeWhenIdle();
    }

    /** Refuses all requests and closes the file. */
    void abort() {
        closing = true;
        refuseQueue(LibC.ECANCELED, "probe " + name);
        file.ifPresent(open -> lost(open, LibC.ECANCELED));
    }

    private List<Request<T, R>> unanswered() {
        var all = new ArrayList<Request<T, R>>(queue);
        all.addAll(atWork.values());
        all.removeIf(each -> each.probe().isOverdue());
        return all;
    }

    private void closeWhenIdle() {
        if (closing && unanswered().isEmpty()) {
            queue.forEach(each -> forgotten(each.what()));
            loop.abandon(queue.size() + atWork.size());
            queue.clear();
            atWork.clear();
            file.ifPresent(this::lose);
        }
    }

    boolean isPooled() {
        return file.filter(OpenFile::pooled).isPresent();
    }

    static <T> Answer<T> refused(int errno, String call) {
        return IoResult.Refused.isOurs(errno)
                ? new Answer.NotAsked<>(call + ": " + LibC.reason(errno))
                : new Answer.Refused<>(errno, call, LibC.reason(errno));
    }
}
