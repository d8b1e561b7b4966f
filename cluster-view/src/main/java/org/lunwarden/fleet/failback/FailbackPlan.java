package org.lunwarden.fleet.failback;

import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.model.Component;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;

/**
 * Which maps go back to their best group, in which order; a dry run is a plan that nobody runs.
 *
 * @param component only maps that prefer nexuses through it; empty: all maps
 * @param waves one after the other; a LUN is in one wave with all hosts that have to move it. The first moves one LUN.
 * @param leftOut what is off its best group and yet not moved, sorted by LUN and host
 */
public record FailbackPlan(Optional<Component> component, List<Wave> waves, List<LeftOut> leftOut) {

    /** Steps that are taken at the same time, sorted by host. */
    public record Wave(List<Step> steps) {
        public Wave {
            steps = List.copyOf(steps);
        }
    }

    /** What one host is asked in one wave; maps sorted. */
    public record Step(HostId host, List<Wwid> maps) {
        public Step {
            maps = List.copyOf(maps);
        }
    }

    /** @param reason in words */
    public record LeftOut(HostId host, Wwid map, String reason) {}

    public FailbackPlan {
        waves = List.copyOf(waves);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Plans, and checks before: what is shared moves on all hosts or on none, and nothing moves near an open incident.
     *
     * @param component empty: all maps that are off their best group
     */
    public static FailbackPlan of(
            Optional<Component> component,
            Collection<HostState> hosts,
            Collection<Incident> incidents,
            FailbackSettings settings) {
        return new Planning(component, hosts, incidents, settings).plan();
    }

    /** Hosts that have a step, sorted. */
    public NavigableSet<HostId> hosts() {
        var hosts = new TreeSet<HostId>();
        waves.forEach(wave -> wave.steps().forEach(step -> hosts.add(step.host())));
        return hosts;
    }

    public boolean isEmpty() {
        return waves.isEmpty();
    }
}
