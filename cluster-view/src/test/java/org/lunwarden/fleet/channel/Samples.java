package org.lunwarden.fleet.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.lunwarden.fleet.alert.Notification;
import org.lunwarden.fleet.alert.Notification.Former;
import org.lunwarden.fleet.alert.Notification.Kind;
import org.lunwarden.fleet.alert.Reach;
import org.lunwarden.fleet.alert.Severity;

/** What channels are given in tests. */
final class Samples {

    static final Instant NOW = Instant.parse("2026-03-01T03:00:00.125Z");
    static final Map<String, String> LABELS = Map.of(
            "alertname", "LunwardenIncident", "incident", "i-7", "severity", "error", "fabric", "B \"east\" [1]");

    private Samples() {}

    static Notification firing() {
        return of(1, Kind.FIRING, LABELS, List.of());
    }

    static Notification resolved() {
        return of(2, Kind.RESOLVED, LABELS, List.of());
    }

    static Notification of(int number, Kind kind, Map<String, String> labels, List<Former> former) {
        return new Notification(
                "i-7",
                number,
                kind,
                "confirmed",
                NOW,
                Severity.ERROR,
                NOW.minus(Duration.ofSeconds(4)),
                kind == Kind.RESOLVED ? Optional.of(NOW.minusSeconds(1)) : Optional.empty(),
                labels,
                former,
                "error: switch 12 of fabric B is down; 18 maps on one fabric, 6 hosts concerned",
                "Who is hurt: 6 hosts, among them Zürich.\nNext: look at the power.",
                "https://san.example.com/api/v1/incidents/i-7",
                new Reach(6, List.of(), 0, 0, 18, List.of(), 0, 0));
    }
}
