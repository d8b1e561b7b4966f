package org.lunwarden.fleet;

import java.time.Duration;
import java.util.Optional;

import org.lunwarden.model.fleet.HostReport;

/** The last report of the host half. It stays while fleet systems come and go. Any thread may call. */
final class LatestReport {

    private volatile Optional<Kept> kept = Optional.empty();

    private record Kept(HostReport report, long atNanos) {}

    void put(HostReport report) {
        kept = Optional.of(new Kept(report, System.nanoTime()));
    }

    /** With the host's uptime as it is now, so that a view can tell how long ago things changed. */
    Optional<HostReport> now() {
        return kept.map(last -> new HostReport(
                last.report.host(),
                last.report.run(),
                last.report.revision(),
                last.report.uptime().plus(Duration.ofNanos(System.nanoTime() - last.atNanos)),
                last.report.version(),
                last.report.nexuses(),
                last.report.maps()));
    }
}
