package org.lunwarden.io.simulated;

import java.time.Duration;

import org.lunwarden.io.IoResult;
import org.lunwarden.io.Subscription;

/** An application at work on a dm device, and how its I/O fares. */
public final class SimulatedIo implements Subscription {

    /**
     * How the I/O fared so far.
     *
     * @param completed ended well
     * @param errors ended with an error
     * @param slowest the longest that any I/O took that ended well
     */
    public record Count(long issued, long completed, long errors, Duration slowest) {

        /** I/O that has not ended: on its way, or queued since no path is left. */
        public long waiting() {
            return issued - completed - errors;
        }
    }

    private final SimulatedSan san;
    private final SimulatedDeviceMapper mapper;
    private final MapDevice device;
    private final Duration interval;
    private Count count = new Count(0, 0, 0, Duration.ZERO);
    private boolean closed;

    private SimulatedIo(SimulatedSan san, SimulatedDeviceMapper mapper, MapDevice device, Duration interval) {
        this.san = san;
        this.mapper = mapper;
        this.device = device;
        this.interval = interval;
    }

    static IoResult<SimulatedIo> start(SimulatedSan san, SimulatedDeviceMapper mapper, String map, Duration interval) {
        return mapper.open(map).then(device -> {
            var io = new SimulatedIo(san, mapper, device, interval);
            san.time.after(Duration.ZERO, io::issue);
            return new IoResult.Ok<>(io);
        });
    }

    public Count count() {
        synchronized (san.lock) {
            return count;
        }
    }

    /** Issues no more and closes the device; what is on its way is still counted. */
    @Override
    public void close() {
        synchronized (san.lock) {
            if (!closed) {
                closed = true;
                mapper.close(device);
            }
        }
    }

    private void issue() {
        synchronized (san.lock) {
            if (closed) {
                return;
            }
            count = new Count(count.issued() + 1, count.completed(), count.errors(), count.slowest());
            var issuedAt = san.time.now();
            mapper.submit(device, result -> ended(issuedAt, result));
            san.time.after(interval, this::issue);
        }
    }

    private void ended(Duration issuedAt, IoResult<Integer> result) {
        synchronized (san.lock) {
            var took = san.time.now().minus(issuedAt);
            count = switch (result) {
                case IoResult.Ok<Integer> ok ->
                    new Count(
                            count.issued(),
                            count.completed() + 1,
                            count.errors(),
                            took.compareTo(count.slowest()) > 0 ? took : count.slowest());
                case IoResult.Refused<Integer> refused ->
                    new Count(count.issued(), count.completed(), count.errors() + 1, count.slowest());
            };
        }
    }
}
