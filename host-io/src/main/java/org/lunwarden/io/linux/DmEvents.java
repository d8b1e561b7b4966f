package org.lunwarden.io.linux;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import jnr.ffi.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.io.DeviceMapper.Event;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DevT;

/**
 * Waits for events of all dm devices in one thread: the control node is armed, polled, and the list of devices tells
 * whose event number moved. Arming comes before listing, so that nothing falls between.
 */
final class DmEvents implements Listeners.Running {

    private static final Logger log = LoggerFactory.getLogger(DmEvents.class);

    private static final String CONTROL = "/dev/mapper/control";
    private static final long DM_DEV_ARM_POLL = 0xc138fd10L;
    private static final int DM_IOCTL_SIZE = 312;
    private static final int RETRY_MILLIS = 1000;
    /** Listing takes one of so many parts of the time, whatever the number of devices: a burst of events is told by few lists. */
    private static final int SHARE = 5;

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

    private final Supplier<IoResult<List<DmNames.Entry>>> devices;
    private final Consumer<Event> to;
    private final Wakeup wakeup = new Wakeup();
    private final Pointer armRequest = LibC.allocate(DM_IOCTL_SIZE);
    private Map<DevT, DmNames.Entry> known = Map.of();
    private int control = -1;
    private boolean isListed;
    private volatile boolean stopped;

    private DmEvents(Supplier<IoResult<List<DmNames.Entry>>> devices, Consumer<Event> to) {
        this.devices = devices;
        this.to = to;
    }

    /** Events after the return of this call are told. */
    static Listeners.Running start(Supplier<IoResult<List<DmNames.Entry>>> devices, Consumer<Event> to) {
        var events = new DmEvents(devices, to);
        var armed = events.arm();
        events.isListed = true;
        events.known = events.numbers(event -> {});
        var isWhole = armed && events.isListed;
        var thread = new Thread(() -> events.run(isWhole), "dm-events");
        thread.setDaemon(true);
        thread.start();
        return events;
    }

    private void run(boolean armedAtStart) {
        var poll = new Poll();
        var armed = armedAtStart;
        while (!stopped) {
            poll.await(armed ? control : -1, wakeup, armed ? -1 : RETRY_MILLIS);
            wakeup.drain();
            if (!stopped) {
                var begun = System.nanoTime();
                armed = armAndList();
                pause(poll, System.nanoTime() - begun);
            }
        }
        if (control >= 0) {
            var unused = LibC.calls().close(control);
        }
        wakeup.close();
    }

    private void pause(Poll poll, long tookNanos) {
        var nanos = Math.min((SHARE - 1) * tookNanos, LONGEST_PAUSE.toNanos());
        if (nanos >= Duration.ofMillis(1).toNanos()) {
            poll.await(-1, wakeup, (int) Duration.ofNanos(nanos).toMillis());
        }
    }

    /** False when it must be tried again soon, since an event may have been missed. */
    private boolean armAndList() {
        try {
            var armed = arm();
            isListed = true;
            known = numbers(to);
            return armed && isListed;
        } catch (RuntimeException broke) {
            log.error("dm events go on after", broke);
            return false;
        }
    }

    private boolean arm() {
        if (control < 0) {
            control = LibC.calls().open(CONTROL, LibC.O_RDWR | LibC.O_CLOEXEC);
        }
        if (control < 0) {
            log.warn("no dm events: open {}: {}", CONTROL, LibC.reason(LibC.errno()));
            return false;
        }
        armRequest.setMemory(0, DM_IOCTL_SIZE, (byte) 0);
        armRequest.putInt(0, 4);
        armRequest.putInt(12, DM_IOCTL_SIZE);
        armRequest.putInt(16, DM_IOCTL_SIZE);
        if (LibC.calls().ioctl(control, DM_DEV_ARM_POLL, armRequest) < 0) {
            log.warn("no dm events: arm {}: {}", CONTROL, LibC.reason(LibC.errno()));
            return false;
        }
        return true;
    }

    /** The event numbers of now; those that differ from the known ones are told. */
    private Map<DevT, DmNames.Entry> numbers(Consumer<Event> moved) {
        return switch (devices.get()) {
            case IoResult.Ok<List<DmNames.Entry>>(var entries) -> {
                var now = new HashMap<DevT, DmNames.Entry>();
                for (var entry : entries) {
                    now.put(entry.device(), entry);
                    eventOf(Optional.ofNullable(known.get(entry.device())), entry)
                            .ifPresent(moved);
                }
                yield now;
            }
            case IoResult.Refused<List<DmNames.Entry>> refused -> {
                log.warn("no dm events: {}", refused);
                isListed = false;
                yield known;
            }
        };
    }

    /**
     * What is told of a device that was listed so, after it was listed as {@code before}: another device may have got its
     * number between two lists, and have reached the same event.
     */
    static Optional<Event> eventOf(Optional<DmNames.Entry> before, DmNames.Entry now) {
        var another = before.filter(known -> isAnother(known, now)).isPresent();
        var moved = before.map(DmNames.Entry::eventNumber).orElse(0L) != now.eventNumber();
        return another || moved
                ? Optional.of(new Event(now.name(), now.device(), now.eventNumber(), another || before.isEmpty()))
                : Optional.empty();
    }

    /** Without a UUID, a device that was renamed is taken for another, which costs a look. */
    private static boolean isAnother(DmNames.Entry before, DmNames.Entry now) {
        var named = before.uuid().filter(uuid -> !uuid.isEmpty()).isPresent();
        return now.eventNumber() < before.eventNumber()
                || !before.uuid().equals(now.uuid())
                || (!named && !before.name().equals(now.name()));
    }

    @Override
    public void stop() {
        stopped = true;
        wakeup.wake();
    }
}
