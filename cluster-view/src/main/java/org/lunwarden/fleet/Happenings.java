package org.lunwarden.fleet;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.lunwarden.fleet.HostEntry.Fact;
import org.lunwarden.fleet.history.Happening;
import org.lunwarden.fleet.history.History;
import org.lunwarden.fleet.history.Touched;
import org.lunwarden.fleet.history.WindowTold;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.model.Nexus;

/**
 * Which events of a view go into its history, and in which words. What single nexuses do is not among them: that is told by
 * the incidents, and a failed fabric would be a thousand entries.
 */
record Happenings(History history) {

    private static final int NAMED = 4;

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
            case FleetEvent.FirmwareChanged(var host, var port, var before, var after) ->
                host(event, "firmware-changed", host.value(), port + " runs " + after + ", before: " + before);
            case FleetEvent.PathsChanged(var host, var added, var removed) ->
                host(
                        event,
                        "paths-changed",
                        host.value(),
                        "nexuses: " + added.size() + " more, " + removed.size() + " less" + few(" + ", added)
                                + few(" - ", removed));
            case FleetEvent.Reconfigured(var host, var maps, var settings) ->
                host(event, "reconfigured", host.value(), maps + " maps: " + String.join(", ", settings));
            case FleetEvent.IncidentChanged(var change, var incident) ->
                Optional.of(new Happening(
                        event.at(),
                        "incident-" + change,
                        Optional.empty(),
                        Optional.of(incident.id()),
                        incident.title() + ": " + lastWords(incident)));
            case FleetEvent.FailbackChanged(var failback, var hosts) ->
                Optional.of(new Happening(
                        event.at(),
                        "failback",
                        Stream.concat(
                                        failback.component().map(Touched::name).stream(),
                                        hosts.stream().map(Touched::name))
                                .toList(),
                        failback.id() + by(failback.by()) + " "
                                + failback.phase().name().toLowerCase(Locale.ROOT) + ": "
                                + failback.stepsDone() + " of " + failback.steps() + " steps, "
                                + failback.mapsDone() + " of " + failback.maps() + " maps"
                                + (failback.reason().isEmpty() ? "" : "; " + failback.reason())));
            case FleetEvent.ResizeChanged(var resize) ->
                Optional.of(new Happening(
                        event.at(),
                        "resize",
                        resize.hosts().stream().map(Touched::name).toList(),
                        resize.id() + by(resize.by()) + " of " + resize.wwid() + " on "
                                + resize.hosts().size() + " hosts "
                                + resize.phase().word()
                                + (resize.reason().isEmpty() ? "" : ": " + resize.reason())));
            case FleetEvent.HostsDisagree(var dispute) ->
                host(event, "hosts-disagree", dispute.one().value(), dispute.words());
            case FleetEvent.WindowChanged(var window) -> Optional.of(WindowTold.format(window, event.at()));
            case FleetEvent.NexusesChanged changed -> Optional.empty();
            case FleetEvent.EventsMissed missed -> Optional.empty();
        };
    }

    /** The events by which a fact is told. */
    static List<FleetEvent.What> of(Fact fact) {
        return switch (fact) {
            case Fact.Appeared(var host) -> List.of(new FleetEvent.HostAppeared(host));
            case Fact.Silent(var host, var lastSeen) -> List.of(new FleetEvent.HostSilent(host, lastSeen));
            case Fact.Stopped(var host) -> List.of(new FleetEvent.HostStopped(host));
            case Fact.Doubled(var host) -> List.of(new FleetEvent.HostDoubled(host));
            case Fact.Forgotten(var host) -> List.of(new FleetEvent.HostForgotten(host));
            case Fact.Back(var host, var rebooted, var restarted) ->
                List.of(new FleetEvent.HostBack(host, rebooted, restarted));
            case Fact.FirmwareChanged(var host, var port, var before, var after, var isNewToFleet) ->
                List.of(new FleetEvent.FirmwareChanged(host, port, before, after));
            case Fact.PathsChanged(var host, var added, var removed) ->
                List.of(new FleetEvent.PathsChanged(host, added, removed));
            case Fact.Reconfigured(var host, var maps, var settings) ->
                List.of(new FleetEvent.Reconfigured(host, maps, settings));
            case Fact.NexusesChanged(var host, var changed) ->
                changed.entrySet().stream()
                        .<FleetEvent.What>map(
                                each -> new FleetEvent.NexusesChanged(host, each.getKey(), each.getValue()))
                        .toList();
            case Fact.GroupsSwitched switched -> List.of();
            case Fact.Disputed(var dispute) -> List.of(new FleetEvent.HostsDisagree(dispute));
            case Fact.Updated(var host) -> List.of();
        };
    }

    private static Optional<Happening> host(FleetEvent event, String kind, String host, String words) {
        return Optional.of(new Happening(event.at(), kind, Optional.of(host), Optional.empty(), words));
    }

    private static String by(String name) {
        return name.isEmpty() ? "" : " by " + name;
    }

    private static String few(String sign, List<Nexus> nexuses) {
        return nexuses.stream()
                        .limit(NAMED)
                        .map(nexus -> sign + nexus.initiatorPort() + "/" + nexus.targetPort())
                        .collect(Collectors.joining())
                + (nexuses.size() > NAMED ? " ..." : "");
    }

    private static String lastWords(Incident incident) {
        return incident.timeline().isEmpty()
                ? incident.words()
                : incident.timeline().getLast().words();
    }
}
