package org.lunwarden.fleet.failback;

import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonValue;

import org.lunwarden.model.Nexus;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.Epoch;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostId;

/**
 * A plan on its way. For each wave all its hosts are asked first; a LUN that one of them could not move is moved by none.
 * Then all are told, and the fleet is looked at until it is seen well for a while. The first surprise stops it for good;
 * what was moved stays moved. Whoever goes on with it after another coordinator asks the hosts of the wave again, and
 * moves what they have not.
 *
 * @param id of the run, unique in the fleet; hosts see it with every step
 * @param epoch of the plan
 * @param wave number of the current wave, from 0; the number of waves when done
 * @param paused nothing new is begun; what was begun is awaited and watched
 * @param ground what must not get worse
 * @param reason why it was stopped; empty otherwise
 */
public record FailbackRun(
        String id, Epoch epoch, Course course, int wave, Round round, boolean paused, Ground ground, String reason) {

    public enum Stage {
        /** The hosts of the wave are asked whether they could move their maps. */
        ASKING("asking"),
        /** They are told to. */
        MOVING("moving"),
        /** All have; the fleet must be seen well. */
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

    /**
     * What the first look showed, of all hosts that have a LUN of the plan.
     *
     * @param daemons a host refuses a step that was meant for a daemon before its own
     * @param well nexuses that were up
     * @param home maps that were on their best group, and those that came there since
     */
    record Ground(SortedMap<HostId, DaemonRun> daemons, List<HostNexus> well, Set<HostMap> home) {
        Ground {
            daemons = Collections.unmodifiableSortedMap(new TreeMap<>(daemons));
            well = List.copyOf(well);
            home = Set.copyOf(home);
        }

        Ground and(Set<HostMap> come) {
            if (home.containsAll(come)) {
                return this;
            }
            var all = new HashSet<>(home);
            all.addAll(come);
            return new Ground(daemons, well, all);
        }
    }

    record HostMap(HostId host, Wwid map) {}

    record HostNexus(HostId host, Nexus nexus) {}

    /** A command to send now. */
    public record Order(HostId host, HostCommand.OfFailback command) {}

    /** @param orders to be sent, in any order; their answers come back through {@link #answered} */
    public record Next(FailbackRun run, List<Order> orders) {
        public Next {
            orders = List.copyOf(orders);
        }
    }

    /** @param wave to begin with; those before were done by an earlier coordinator */
    public static FailbackRun start(
            String id, Epoch epoch, Course course, int wave, Situation situation, FailbackSettings settings) {
        return Running.start(id, epoch, course, wave, situation, settings);
    }

    /** Goes on under a higher epoch: the hosts of the wave are asked anew. */
    public FailbackRun under(Epoch higher, Instant now) {
        return isOver() ? this : Running.again(this, higher, now);
    }

    /** Whether hosts are to be told something; not before it is on the disks of most of the seeds. */
    public boolean hasToSend(Instant now) {
        return !isOver() && !paused && !round.sent() && !now.isBefore(round.due());
    }

    /** The orders, if it {@link #hasToSend}; what came between is seen first. */
    public Next send(Situation situation, FailbackSettings settings) {
        return hasToSend(situation.at()) ? new Running(this, situation.at(), settings).send(situation) : same();
    }

    /** A host answered. Answers that nobody waits for change nothing. */
    public FailbackRun answered(HostId host, HostAnswer answer, Instant now, FailbackSettings settings) {
        return isOver() ? this : new Answers(this, now, settings).answered(host, answer);
    }

    /** The fleet as it is now, or time passed: call on every change and at least every second. */
    public FailbackRun seen(Situation situation, FailbackSettings settings) {
        return isOver() ? this : new Running(this, situation.at(), settings).seen(situation);
    }

    /** What hosts said long ago is no ground to move: they are asked again before they are told. */
    public FailbackRun paused(boolean newPaused) {
        var other = new FailbackRun(id, epoch, course, wave, round, newPaused, ground, reason);
        return paused && !newPaused && stage() == Stage.MOVING && !round.sent()
                ? Running.begin(other, wave, round.due())
                : other;
    }

    /** Stops it from outside; of hosts that have not answered it is told that they may yet move what they were told to. */
    public FailbackRun stopped(String why, Instant now) {
        return isOver() ? this : Running.stopped(this, why, now);
    }

    public Stage stage() {
        return round.stage();
    }

    /** Maps that are on their best group since their wave, as far as the hosts have said. */
    public int placed() {
        return Running.placed(this);
    }

    /** Hosts that the current stage concerns. */
    public int told() {
        return round.steps().size();
    }

    /** Whether the same hosts are at the same. */
    public boolean isWhere(FailbackRun other) {
        return epoch.equals(other.epoch)
                && wave == other.wave
                && stage() == other.stage()
                && round.steps().equals(other.round.steps());
    }

    public boolean isOver() {
        return stage() == Stage.DONE || stage() == Stage.STOPPED;
    }

    FailbackRun with(Round next) {
        return new FailbackRun(id, epoch, course, wave, next, paused, ground, reason);
    }

    FailbackRun with(Ground next) {
        return new FailbackRun(id, epoch, course, wave, round, paused, next, reason);
    }

    FailbackRun with(Course next) {
        return new FailbackRun(id, epoch, next, wave, round, paused, ground, reason);
    }

    private Next same() {
        return new Next(this, List.of());
    }
}
