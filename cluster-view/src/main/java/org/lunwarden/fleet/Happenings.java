package org.lunwarden.fleet;

import java.util.Optional;

import org.lunwarden.fleet.history.Happening;
import org.lunwarden.fleet.history.History;
import org.lunwarden.fleet.incident.Incident;

/**
 * Which events of a view go into its history, and in which words. What single nexuses do is not among them: that is told by
 * the incidents, and a failed fabric would be a thousand entries.
 */
record Happenings(History history) {

    void heard(FleetEvent event) {
        if (event.what() instanceof FleetEvent.IncidentChanged(var change, var incident)) {
            history.keep(incident);
        }
        of(event).ifPresent(history::note);
    }

    static Optional<Happening> of(FleetEvent event) {
        return switch (event.what()) {
            case FleetEvent.HostAppeared(var host) -> host(event, "host-appeared", host.value(), "is heard");
            case FleetEvent.HostSilent(var host, var lastSeen) ->
                host(event, "host-silent", host.value(), "does not report; last heard " + lastSeen);
            case FleetEvent.HostStopped(var host) ->
                host(event, "host-stopped", host.value(), "its daemon was stopped on purpose");
            case FleetEvent.HostBack(var host, var rebooted, var restarted) ->
                rebooted
                        ? host(event, "host-rebooted", host.value(), "is back after a reboot")
                        : restarted
                                ? host(
                                        event,
                                        "daemon-restarted",
                                        host.value(),
                                        "is back with another run of its daemon")
                                : host(event, "host-back", host.value(), "is heard again");
            case FleetEvent.HostForgotten(var host) ->
                host(event, "host-forgotten", host.value(), "was silent for so long that it is forgotten");
            case FleetEvent.HostDoubled(var host) ->
                host(event, "host-doubled", host.value(), "two daemons report as this host");
            case FleetEvent.IncidentChanged(var change, var incident) ->
                Optional.of(new Happening(
                        event.at(),
                        "incident-" + change,
                        Optional.empty(),
                        Optional.of(incident.id()),
                        incident.title() + ": " + lastWords(incident)));
            case FleetEvent.FailbackChanged(var failback) ->
                Optional.of(new Happening(
                        event.at(),
                        "failback",
                        Optional.empty(),
                        Optional.empty(),
                        failback.id() + " " + failback.phase().name().toLowerCase(java.util.Locale.ROOT) + ": "
                                + failback.stepsDone() + " of " + failback.steps() + " steps, "
                                + failback.mapsDone() + " of " + failback.maps() + " maps"
                                + (failback.reason().isEmpty() ? "" : "; " + failback.reason())));
            case FleetEvent.WindowChanged(var window) ->
                Optional.of(new Happening(
                        event.at(),
                        window.kind().word(),
                        Optional.empty(),
                        Optional.empty(),
                        window.id() + " from " + window.from() + " until " + window.until() + ", by " + window.by()
                                + ": " + window.reason()));
            case FleetEvent.NexusesChanged changed -> Optional.empty();
            case FleetEvent.EventsMissed missed -> Optional.empty();
        };
    }

    private static Optional<Happening> host(FleetEvent event, String kind, String host, String words) {
        return Optional.of(new Happening(event.at(), kind, Optional.of(host), Optional.empty(), words));
    }

    private static String lastWords(Incident incident) {
        return incident.timeline().isEmpty()
                ? incident.words()
                : incident.timeline().getLast().words();
    }
}
