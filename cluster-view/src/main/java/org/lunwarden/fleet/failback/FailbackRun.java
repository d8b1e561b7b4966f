package org.lunwarden.fleet.failback;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonValue;

import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostId;

/**
 * A plan on its way: one wave is sent, all its hosts answer, the fleet is looked at until it is seen well for a while,
 * then the next wave. The first surprise stops it for good; what was moved stays moved.
 *
 * @param id of the run, unique in the fleet; hosts see it with every step
 * @param epoch of the plan
 * @param wave number of the current wave, from 0; the number of waves when done
 * @param awaited hosts of the wave that have not answered
 * @param due when the current stage must be over
 * @param wellSince since when the wave was seen well; empty while it was not
 * @param daemons of the plan's hosts when it began: a host refuses a step that was meant for a daemon before its own
 * @param wellAtStart nexuses of the plan's hosts that were up when it began: none of them may be lost
 * @param incidentsAtStart ids of incidents that were open when it began
 * @param moved maps that hosts switched so far, a shared one counted on each
 * @param reason why it was stopped; empty otherwise
 */
public record FailbackRun(
        String id,
        long epoch,
        FailbackPlan plan,
        Stage stage,
        int wave,
        NavigableSet<HostId> awaited,
        Instant due,
        Optional<Instant> wellSince,
        SortedMap<HostId, DaemonRun> daemons,
        List<HostNexus> wellAtStart,
        List<String> incidentsAtStart,
        int moved,
        String reason) {

    public enum Stage {
        /** Steps of the wave are sent; not all hosts have answered. */
        MOVING("moving"),
        /** All hosts have answered; the fleet must be seen well. */
        WATCHING("watching"),
        DONE("done"),
        STOPPED("stopped");

        private final String word;

        Stage(String word) {
            this.word = word;
        }

        @JsonValue
        public String word() {
            return word;
        }
    }

    public record HostNexus(HostId host, Nexus nexus) {}

    /** A command to send now. */
    public record Order(HostId host, HostCommand.FailBack command) {}

    /** @param orders to be sent, in any order; their answers come back through {@link #answered} */
    public record Next(FailbackRun run, List<Order> orders) {
        public Next {
            orders = List.copyOf(orders);
        }
    }

    public FailbackRun {
        daemons = Collections.unmodifiableSortedMap(new TreeMap<>(daemons));
        wellAtStart = List.copyOf(wellAtStart);
        incidentsAtStart = List.copyOf(incidentsAtStart);
    }

    /** Begins with the first wave; an empty plan is done at once. */
    public static Next start(
            String id,
            long epoch,
            FailbackPlan plan,
            Collection<HostState> hosts,
            Collection<Incident> incidents,
            Instant now,
            FailbackSettings settings) {
        return Running.start(id, epoch, plan, hosts, incidents, now, settings);
    }

    /** A host answered the step of the current wave. Answers that nobody waits for change nothing. */
    public Next answered(HostId host, HostAnswer answer, Instant now, FailbackSettings settings) {
        return isOver() ? same() : new Running(this, now, settings).answered(host, answer);
    }

    /** The fleet as it is now, or time passed: call on every change and at least every second. */
    public Next seen(
            Collection<HostState> hosts, Collection<Incident> incidents, Instant now, FailbackSettings settings) {
        return isOver() ? same() : new Running(this, now, settings).seen(hosts, incidents);
    }

    /** Stops it from outside, for example since somebody asked for it or another coordinator took over. */
    public FailbackRun stopped(String why) {
        return isOver()
                ? this
                : new FailbackRun(
                        id,
                        epoch,
                        plan,
                        Stage.STOPPED,
                        wave,
                        awaited,
                        due,
                        wellSince,
                        daemons,
                        wellAtStart,
                        incidentsAtStart,
                        moved,
                        why);
    }

    public boolean isOver() {
        return stage == Stage.DONE || stage == Stage.STOPPED;
    }

    private Next same() {
        return new Next(this, List.of());
    }
}
