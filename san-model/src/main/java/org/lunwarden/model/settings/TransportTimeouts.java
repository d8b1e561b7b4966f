package org.lunwarden.model.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * How patient the transport under a path is to be; empty where nobody says anything.
 *
 * @param fastIoFail after the loss of a port its I/O fails after so many seconds, or off
 * @param devLoss after the loss of a port its devices are removed
 * @param ehDeadline error handling that takes more seconds ends with a reset of the adapter, or off
 * @param maxRetries of a failed command, or off for the kernel's own number
 * @param noPathRetry of the path's map: its devices must not go before its I/O does
 * @param pollingInterval which {@code noPathRetry} counts
 */
public record TransportTimeouts(
        Optional<OffOr> fastIoFail,
        Optional<Duration> devLoss,
        Optional<OffOr> ehDeadline,
        Optional<OffOr> maxRetries,
        NoPathRetry noPathRetry,
        Duration pollingInterval) {

    /** Where nothing is said of it. */
    public static final OffOr STANDARD_FAST_IO_FAIL = new OffOr.Number(5);

    public static final TransportTimeouts UNSET = new TransportTimeouts(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new NoPathRetry.Fail(),
            Duration.ofSeconds(5));
}
