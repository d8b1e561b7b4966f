package org.lunwarden.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.lunwarden.fleet.alert.AlertEntry;
import org.lunwarden.fleet.alert.Notification;
import org.lunwarden.fleet.alert.Notification.Former;
import org.lunwarden.fleet.alert.Notification.Kind;
import org.lunwarden.fleet.alert.Reach;
import org.lunwarden.fleet.alert.Severity;
import org.lunwarden.fleet.alert.Window;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;

/** What the views keep of alerts, one of each. */
final class AlertSamples {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00.125Z");

    private AlertSamples() {}

    static AlertEntry entry(long epoch, int number) {
        var told = new Notification(
                "i-7",
                number,
                Kind.RESOLVED,
                "over",
                AT,
                Severity.CRITICAL,
                AT.minusSeconds(60),
                Optional.of(AT.minusSeconds(1)),
                Map.of("incident", "i-7", "severity", "critical"),
                List.of(new Former(Map.of("incident", "i-7", "severity", "error"), AT.minusSeconds(30))),
                "resolved: switch 12 of fabric B is down",
                "It is over.",
                "https://san.example.com/api/v1/incidents/i-7",
                new Reach(6, List.of("db-17"), 1, 3, 4, List.of(new Component(ComponentClass.FABRIC, "A")), 5, 6));
        return new AlertEntry("i-7", List.of("i-6", "i-7"), epoch, 0, told, List.of(told), Map.of("hook", 1));
    }

    static Window maintenance() {
        return maintenance(AT);
    }

    static Window maintenance(Instant from) {
        return new Window(
                "m-1",
                Window.Kind.MAINTENANCE,
                List.of(),
                List.of(new Component(ComponentClass.SWITCH, "10000000000000aa/12")),
                from,
                from.plusSeconds(3600),
                "ops",
                "new firmware",
                from.minusSeconds(60));
    }
}
