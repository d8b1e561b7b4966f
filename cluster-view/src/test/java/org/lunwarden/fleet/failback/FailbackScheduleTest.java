package org.lunwarden.fleet.failback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.failback.ThreeHosts.BOOTED;
import static org.lunwarden.fleet.failback.ThreeHosts.NOW;
import static org.lunwarden.fleet.failback.ThreeHosts.SETTINGS;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.failback.FailbackRun.Order;
import org.lunwarden.fleet.failback.FailbackRun.Stage;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.Epoch;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostAnswer.Move;
import org.lunwarden.model.fleet.HostAnswer.Outcome;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;

/**
 * Random schedules, by printed seeds: messages are late, lost or out of order, paths fail, hosts fall silent, and the
 * coordinator is replaced while what it sent is still on its way, or goes on sending what it had been cleared for.
 */
class FailbackScheduleTest {

    private static final int SEEDS = 400;
    private static final Duration TICK = Duration.ofMillis(500);

    @Test
    void whateverHappensNoMapMovesTwiceNorUnderAnOldEpochNorOffItsPathsAndWhatIsUnevenIsTold() {
        var ends = new EnumMap<Stage, Integer>(Stage.class);
        var taken = 0;
        for (var seed = 0; seed < SEEDS; seed++) {
            var schedule = new Schedule(seed);

            var end = schedule.play();

            assertThat(end.isOver()).as("seed %s is over", seed).isTrue();
            assertThat(schedule.switched).as("seed %s", seed).doesNotHaveDuplicates();
            assertThat(schedule.broken).as("seed %s", seed).isEmpty();
            if (end.stage() == Stage.DONE) {
                assertThat(schedule.offBest(end.course())).as("seed %s", seed).isEmpty();
            }
            assertThat(schedule.uneven())
                    .as("seed %s: %s", seed, end.reason())
                    .allMatch(map -> end.reason().contains("map " + map));
            ends.merge(end.stage(), 1, Integer::sum);
            taken += schedule.coordinators - 1;
        }
        System.out.println(
                "failback schedules: " + SEEDS + " seeds, " + ends + ", " + taken + " coordinators replaced");
        assertThat(ends).containsKeys(Stage.DONE, Stage.STOPPED);
        assertThat(taken).isPositive();
    }

    /** An order on its way to its host, or an answer on its way back. */
    private record Mail(Instant at, Epoch epoch, Order order, Optional<HostAnswer> answer) {}

    private static final class Schedule {

        private final Random random;
        private final ThreeHosts fleet = new ThreeHosts();
        private final Map<HostId, Epoch> gates = new HashMap<>();
        private final TreeSet<String> down = new TreeSet<>();
        private final List<Mail> mail = new ArrayList<>();
        final List<String> switched = new ArrayList<>();
        final List<String> broken = new ArrayList<>();
        int coordinators = 1;
        private final int faults;

        Schedule(long seed) {
            random = new Random(seed);
            faults = random.nextInt(3) == 0 ? 0 : 300;
        }

        FailbackRun play() {
            var course = Course.of(FailbackPlan.of(Optional.empty(), fleet.at(NOW), SETTINGS), fleet.at(NOW));
            var run = FailbackRun.start("p", epoch(), course, 0, fleet.at(NOW), SETTINGS);
            var now = NOW;
            var late = Optional.<FailbackRun>empty();
            for (var tick = 0; tick < 2_000 && !run.isOver(); tick++) {
                now = now.plus(TICK);
                happen();
                run = deliver(run, now);
                if (random.nextInt(40) == 0) {
                    // what the old one was cleared for it may still send
                    late = Optional.of(run);
                    run = FailbackRun.start("p", epoch(), run.course(), run.wave(), fleet.at(now), SETTINGS);
                    coordinators++;
                }
                if (late.isPresent() && random.nextBoolean()) {
                    send(late.get(), now);
                    late = Optional.empty();
                }
                run = run.seen(fleet.at(now), SETTINGS);
                // the book is written and read before anything is sent
                run = random.nextInt(3) == 0 ? run : send(run, now);
            }
            return settle(run, now);
        }

        /** Two of each term, told apart by their coordinators. */
        private Epoch epoch() {
            return new Epoch(coordinators / 2, "v" + coordinators % 2);
        }

        /** What is on its way arrives in the end, and is late then. */
        private FailbackRun settle(FailbackRun run, Instant end) {
            return deliver(run, end.plusSeconds(600));
        }

        private FailbackRun send(FailbackRun run, Instant now) {
            var next = run.send(fleet.at(now), SETTINGS);
            for (var order : next.orders()) {
                post(new Mail(after(now), run.epoch(), order, Optional.empty()));
            }
            return next.run();
        }

        private Instant after(Instant now) {
            return now.plusMillis(random.nextInt(10) == 0 ? random.nextInt(60_000) : random.nextInt(900));
        }

        private void post(Mail letter) {
            if (random.nextInt(60) > 0) {
                mail.add(letter);
            }
        }

        private FailbackRun deliver(FailbackRun current, Instant now) {
            var run = current;
            for (var letter : List.copyOf(mail)) {
                if (letter.at().isAfter(now)) {
                    continue;
                }
                mail.remove(letter);
                if (letter.answer().isEmpty()) {
                    var answer = carryOut(letter.order(), now);
                    post(new Mail(after(now), letter.epoch(), letter.order(), Optional.of(answer)));
                } else if (letter.epoch().equals(run.epoch())) {
                    run = run.answered(letter.order().host(), letter.answer().get(), now, SETTINGS);
                }
            }
            return run;
        }

        /** As a host does. */
        private HostAnswer carryOut(Order order, Instant now) {
            var command = order.command();
            var seen = gates.getOrDefault(order.host(), Epoch.NONE);
            if (command.epoch().isOlderThan(seen)) {
                return new HostAnswer.Refused("older", Optional.of(seen));
            }
            if (Duration.between(BOOTED, now).compareTo(command.notAfter()) > 0) {
                return new HostAnswer.Refused("ended");
            }
            gates.put(order.host(), command.epoch());
            var outcomes = new ArrayList<Outcome>();
            for (var map : command.maps()) {
                outcomes.add(carryOut(order.host(), map, command));
            }
            return new HostAnswer.FailedBack(outcomes);
        }

        private Outcome carryOut(HostId host, Wwid wwid, HostCommand.OfFailback command) {
            var map = fleet.hosts().stream()
                    .filter(each -> each.host().equals(host))
                    .flatMap(each -> each.maps().stream())
                    .filter(each -> each.wwid().equals(wwid))
                    .findFirst();
            if (map.filter(MapSummary::isOffBestGroup).isEmpty()) {
                return new Outcome(wwid, Move.IN_PLACE, "");
            }
            if (down.contains(host.value())) {
                return new Outcome(wwid, Move.NOT_MOVED, "no path of its best group is usable");
            }
            if (command instanceof HostCommand.MayFailBack) {
                return new Outcome(wwid, Move.READY, "");
            }
            if (command.epoch().isOlderThan(gates.getOrDefault(host, Epoch.NONE))) {
                broken.add(host + " moved " + wwid + " under an old epoch");
            }
            switched.add(host + " " + wwid);
            fleet.map(host.value(), wwid, each -> ThreeHosts.offBest(each, false));
            return new Outcome(wwid, Move.SWITCHED, "");
        }

        private void happen() {
            var host = "h" + (1 + random.nextInt(3));
            if (faults > 0 && random.nextInt(faults) == 0) {
                down.add(host);
                fleet.down(host, "a" + host.substring(1));
            } else if (faults > 0 && random.nextInt(faults) == 0) {
                fleet.silent(host);
            }
        }

        List<String> offBest(Course course) {
            return fleet.hosts().stream()
                    .flatMap(host -> host.maps().stream()
                            .filter(map ->
                                    map.isOffBestGroup() && !course.dropped().containsKey(map.wwid()))
                            .map(map -> host.host() + " " + map.wwid()))
                    .toList();
        }

        /** The LUN that all share, when some hosts have moved it and others have not. */
        List<Wwid> uneven() {
            var off = fleet.hosts().stream()
                    .flatMap(host -> host.maps().stream())
                    .filter(map -> map.wwid().equals(ThreeHosts.SHARED) && map.isOffBestGroup())
                    .count();
            return off == 0 || off == fleet.hosts().size() ? List.of() : List.of(ThreeHosts.SHARED);
        }
    }
}
