package org.lunwarden.fleet;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import org.lunwarden.fleet.alert.Window;
import org.lunwarden.fleet.failback.Dispute;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.fleet.resize.ResizeAct;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.NexusState;

/**
 * Something that a view noticed.
 *
 * @param id {@code <view>-<run>-<number>}: counts up by one within the run of one view
 */
public record FleetEvent(String id, Instant at, What what) {

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = HostAppeared.class, name = "host-appeared"),
        @JsonSubTypes.Type(value = HostSilent.class, name = "host-silent"),
        @JsonSubTypes.Type(value = HostStopped.class, name = "host-stopped"),
        @JsonSubTypes.Type(value = HostBack.class, name = "host-back"),
        @JsonSubTypes.Type(value = HostForgotten.class, name = "host-forgotten"),
        @JsonSubTypes.Type(value = HostDoubled.class, name = "host-doubled"),
        @JsonSubTypes.Type(value = FirmwareChanged.class, name = "firmware-changed"),
        @JsonSubTypes.Type(value = PathsChanged.class, name = "paths-changed"),
        @JsonSubTypes.Type(value = Reconfigured.class, name = "reconfigured"),
        @JsonSubTypes.Type(value = NexusesChanged.class, name = "nexuses-changed"),
        @JsonSubTypes.Type(value = IncidentChanged.class, name = "incident-changed"),
        @JsonSubTypes.Type(value = HostsDisagree.class, name = "hosts-disagree"),
        @JsonSubTypes.Type(value = FailbackChanged.class, name = "failback-changed"),
        @JsonSubTypes.Type(value = WindowChanged.class, name = "window-changed"),
        @JsonSubTypes.Type(value = ResizeChanged.class, name = "resize-changed"),
        @JsonSubTypes.Type(value = EventsMissed.class, name = "events-missed")
    })
    public sealed interface What {}

    public record HostAppeared(HostId host) implements What {}

    public record HostSilent(HostId host, Instant lastSeen) implements What {}

    public record HostStopped(HostId host) implements What {}

    /** @param daemonRestarted whether another run of the daemon reports; always when {@code rebooted} */
    public record HostBack(HostId host, boolean rebooted, boolean daemonRestarted) implements What {}

    /** It was silent for so long that it is no longer counted. */
    public record HostForgotten(HostId host) implements What {}

    /** Two daemons report as this host, by turns: what is held of it is that of one or the other. */
    public record HostDoubled(HostId host) implements What {}

    /** Another driver or firmware runs an adapter. */
    public record FirmwareChanged(HostId host, String initiatorPort, String before, String after) implements What {}

    /** Nexuses that a host was given or lost. */
    public record PathsChanged(HostId host, List<Nexus> added, List<Nexus> removed) implements What {
        public PathsChanged {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
        }
    }

    /** @param settings keywords of multipath.conf(5) that differ on so many maps */
    public record Reconfigured(HostId host, int maps, List<String> settings) implements What {
        public Reconfigured {
            settings = List.copyOf(settings);
        }
    }

    /** Nexuses of one host that entered a state together. */
    public record NexusesChanged(HostId host, NexusState state, List<Nexus> nexuses) implements What {
        public NexusesChanged {
            nexuses = List.copyOf(nexuses);
        }
    }

    /** @param change in a few words, for example {@code confirmed} */
    public record IncidentChanged(String change, Incident incident) implements What {}

    /** @param hosts that have a part in it, as far as it was planned when this view heard of it */
    public record FailbackChanged(FailbackProgress failback, List<HostId> hosts) implements What {
        public FailbackChanged {
            hosts = List.copyOf(hosts);
        }
    }

    /** A resize began, went on or ended; told on all views by the one that was asked for it. */
    public record ResizeChanged(ResizeAct resize) implements What {}

    /** Two hosts take a LUN from each other; told once, while it lasts. */
    public record HostsDisagree(Dispute dispute) implements What {}

    /** Somebody silenced something, planned maintenance, or ended either; heard on the view that was asked. */
    public record WindowChanged(Window window) implements What {}

    /** Events between the one that was asked for and the next one are no longer known: look at the whole fleet again. */
    public record EventsMissed() implements What {}
}
