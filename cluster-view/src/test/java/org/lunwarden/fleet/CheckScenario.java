package org.lunwarden.fleet;

import static org.lunwarden.fleet.diagnosis.SanPlan.component;
import static org.lunwarden.model.ComponentClass.SWITCH;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import org.lunwarden.fleet.check.CheckBudget;
import org.lunwarden.fleet.check.CheckLimits;
import org.lunwarden.fleet.check.Wish;
import org.lunwarden.fleet.diagnosis.Observation;
import org.lunwarden.fleet.diagnosis.SanPlan;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.fleet.incident.Incidents;
import org.lunwarden.model.Component;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.NexusState;

/**
 * A switch fails in a fleet whose paths are idle, so that only checks find it: how long until the incident is confirmed, with
 * and without hosts being asked to look. The diagnosis, the incidents and the budget are the product's; hosts, checks and
 * messages are simulated, with time as a number. Prints a table: {@code CheckScenario HOSTS SEEDS [FILE]}.
 */
final class CheckScenario {

    /** From the end of a check to the view: the host gathers changes for 100 to 250 ms, and a message takes some more. */
    private static final int REPORT_LEAST = 120;

    private static final int REPORT_MOST = 320;

    /** From a view's wish to the end of the check on a host. */
    private static final int ASKED = 60;

    private static final int TICK = 250;
    private static final int PATHS = 4;
    private static final Component BROKEN = component(SWITCH, "A/12");

    /**
     * What came of one run; times in ms after the failure.
     *
     * @param confirmed when the incident was, with the broken switch as its cause
     * @param mostAtAPort paths that hosts were asked to check through one port, above its rate, in any time: to be compared
     *     with its burst
     */
    record Outcome(int provisional, int confirmed, int asked, double mostAtAPort, double mostAtAHost) {}

    private record Spent(int at, int paths) {}

    private final SanPlan san;
    private final Random random;
    private final Map<Nexus, Integer> reported = new HashMap<>();
    private final FleetDiagnosis diagnosis =
            new FleetDiagnosis(FleetSettings.onLoopback("v0", Set.of(FleetRole.VIEW), 0, List.of()), Incidents.NONE);
    private final CheckBudget budget = new CheckBudget(CheckLimits.DEFAULT, Instant.EPOCH);
    private final Map<String, List<Spent>> atPorts = new HashMap<>();
    private final Map<String, List<Spent>> atHosts = new HashMap<>();

    private CheckScenario(SanPlan san, long seed) {
        this.san = san;
        this.random = new Random(seed);
    }

    /** @param interval between two checks of a path that has long been well, at which it has a phase of its own */
    static Outcome run(SanPlan san, Duration interval, boolean accelerated, long seed) {
        return new CheckScenario(san, seed).run((int) interval.toMillis(), accelerated);
    }

    private Outcome run(int interval, boolean accelerated) {
        for (var row : san.rows()) {
            if (row.crosses(BROKEN)) {
                var found = interval;
                for (var path = 0; path < PATHS; path++) {
                    found = Math.min(found, random.nextInt(interval));
                }
                reported.put(row.nexus(), found + travel());
            }
        }
        var provisional = -1;
        var asked = 0;
        for (var now = TICK; now <= 2 * interval + 60_000; now += TICK) {
            var at = at(now);
            var outcome = diagnosis.next(Optional.of(seen(now)), at);
            if (accelerated) {
                asked += ask(outcome.worthChecking(), now);
            }
            var incident = diagnosis.incidents().open().stream()
                    .filter(one -> one.first().components().contains(BROKEN))
                    .findFirst();
            provisional = provisional < 0 && incident.isPresent() ? now : provisional;
            if (incident.filter(one -> one.phase() == Incident.Phase.CONFIRMED).isPresent()) {
                return new Outcome(
                        provisional,
                        now,
                        asked,
                        most(atPorts, CheckLimits.DEFAULT.perPort()),
                        most(atHosts, CheckLimits.DEFAULT.perHost()));
            }
        }
        throw new IllegalStateException("never confirmed");
    }

    private int ask(List<Component> suspects, int now) {
        var wishes = new ArrayList<Wish>();
        for (var row : san.rows()) {
            var isUp = reported.getOrDefault(row.nexus(), Integer.MAX_VALUE) > now;
            if (isUp && suspects.stream().anyMatch(row::crosses)) {
                wishes.add(new Wish(row.host(), row.nexus(), PATHS));
            }
        }
        var granted = budget.grant(wishes, at(now));
        for (var wish : granted) {
            atPorts.computeIfAbsent(wish.nexus().targetPort(), any -> new ArrayList<>())
                    .add(new Spent(now, wish.paths()));
            atHosts.computeIfAbsent(wish.host().value(), any -> new ArrayList<>())
                    .add(new Spent(now, wish.paths()));
            reported.computeIfPresent(wish.nexus(), (nexus, before) -> Math.min(before, now + ASKED + travel()));
        }
        return granted.size();
    }

    private int travel() {
        return REPORT_LEAST + random.nextInt(REPORT_MOST - REPORT_LEAST);
    }

    private Collection<Observation> seen(int now) {
        var rows = new ArrayList<Observation>(san.rows().size());
        for (var row : san.rows()) {
            var since = reported.getOrDefault(row.nexus(), Integer.MAX_VALUE);
            var isDown = since <= now;
            rows.add(new Observation(
                    new HostId(row.host().value()),
                    row.nexus(),
                    row.components(),
                    isDown ? NexusState.DOWN : NexusState.UP,
                    PATHS,
                    isDown ? PATHS : 0,
                    isDown ? at(since - REPORT_LEAST) : SanPlan.START,
                    Duration.ZERO));
        }
        return rows;
    }

    private static Instant at(int millis) {
        return SanPlan.START.plusSeconds(3600).plusMillis(millis);
    }

    /** The greatest excess over the rate in any span of time. */
    private static double most(Map<String, List<Spent>> whom, double rate) {
        var most = 0.0;
        for (var all : whom.values()) {
            for (var from = 0; from < all.size(); from++) {
                var sum = 0;
                for (var to = from; to < all.size(); to++) {
                    sum += all.get(to).paths();
                    most = Math.max(
                            most, sum - rate * (all.get(to).at() - all.get(from).at()) / 1000);
                }
            }
        }
        return most;
    }

    public static void main(String[] arguments) throws IOException {
        var hosts = Integer.parseInt(arguments[0]);
        var seeds = Integer.parseInt(arguments[1]);
        var san = SanPlan.coreEdge(hosts, 8, 8, 2);
        var text = new StringBuilder();
        text.append(
                ("%d hosts, %d nexuses of %d idle paths each; switch A/12 fails; %d seeds. Budget: port %.0f/s, burst %.0f;"
                                + " host %.0f/s, burst %.0f.%n")
                        .formatted(
                                hosts,
                                san.rows().size(),
                                PATHS,
                                seeds,
                                CheckLimits.DEFAULT.perPort(),
                                CheckLimits.DEFAULT.portBurst(),
                                CheckLimits.DEFAULT.perHost(),
                                CheckLimits.DEFAULT.hostBurst()));
        text.append("polling_interval  between checks  hosts asked   provisional p50/max   confirmed p50/max"
                + "   nexuses asked   port: most over rate   host\n");
        for (var polling : List.of(5, 20)) {
            for (var accelerated : List.of(false, true)) {
                // a path that stays well is checked ever more rarely: max_polling_interval is four times
                // polling_interval
                var outcomes = new ArrayList<Outcome>();
                for (var seed = 1; seed <= seeds; seed++) {
                    outcomes.add(run(san, Duration.ofSeconds(4L * polling), accelerated, seed));
                }
                text.append(line(polling, accelerated, outcomes));
            }
        }
        System.out.print(text);
        if (arguments.length > 2) {
            Files.writeString(Path.of(arguments[2]), text);
        }
    }

    private static String line(int polling, boolean accelerated, List<Outcome> outcomes) {
        var provisional = outcomes.stream().map(Outcome::provisional).sorted().toList();
        var confirmed = outcomes.stream().map(Outcome::confirmed).sorted().toList();
        return String.format(
                Locale.ROOT,
                "%10d s      %8d s      %-10s %9.2f / %5.2f s   %8.2f / %5.2f s   %10d   %15.0f %15.0f%n",
                polling,
                4 * polling,
                accelerated ? "yes" : "no",
                provisional.get(provisional.size() / 2) / 1000.0,
                provisional.getLast() / 1000.0,
                confirmed.get(confirmed.size() / 2) / 1000.0,
                confirmed.getLast() / 1000.0,
                outcomes.stream().mapToInt(Outcome::asked).max().orElse(0),
                outcomes.stream().mapToDouble(Outcome::mostAtAPort).max().orElse(0),
                outcomes.stream().mapToDouble(Outcome::mostAtAHost).max().orElse(0));
    }
}
