package org.lunwarden.fleet.failback;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.lunwarden.fleet.failback.FailbackRun.Ground;
import org.lunwarden.fleet.failback.FailbackRun.HostMap;
import org.lunwarden.fleet.failback.FailbackRun.HostNexus;
import org.lunwarden.fleet.failback.FailbackRun.Next;
import org.lunwarden.fleet.failback.FailbackRun.Order;
import org.lunwarden.fleet.failback.FailbackRun.Stage;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.Epoch;
import org.lunwarden.model.fleet.HostAnswer.Move;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.NexusState;

/** Decides what follows for a run that is not over. */
final class Running {

    private final FailbackRun run;
    private final Instant now;
    private final FailbackSettings settings;

    Running(FailbackRun run, Instant now, FailbackSettings settings) {
        this.run = run;
        this.now = now;
        this.settings = settings;
    }

    static FailbackRun start(
            String id, Epoch epoch, Course course, int wave, Situation situation, FailbackSettings settings) {
        var concerned = course.hosts();
        var well = new ArrayList<HostNexus>();
        var daemons = new TreeMap<HostId, DaemonRun>();
        for (var host : situation.hosts()) {
            if (concerned.contains(host.host())) {
                host.run().ifPresent(daemon -> daemons.put(host.host(), daemon));
                host.nexuses().stream()
                        .filter(row -> row.state() == NexusState.UP)
                        .forEach(row -> well.add(new HostNexus(host.host(), row.nexus())));
            }
        }
        return begin(
                new FailbackRun(
                        id,
                        epoch,
                        course,
                        wave,
                        Round.over(Stage.DONE, situation.at()),
                        false,
                        new Ground(daemons, well, home(course, wave)),
                        ""),
                wave,
                situation.at());
    }

    /** What an earlier coordinator has done and watched is home, too. */
    private static Set<HostMap> home(Course course, int wave) {
        var home = new HashSet<HostMap>();
        course.footing().stream()
                .filter(Course.Footing::home)
                .forEach(each -> home.add(new HostMap(each.host(), each.map())));
        for (var before = 0; before < wave; before++) {
            course.wave(before).forEach((host, maps) -> maps.forEach(map -> home.add(new HostMap(host, map))));
        }
        return home;
    }

    static FailbackRun again(FailbackRun run, Epoch epoch, Instant now) {
        var higher = new FailbackRun(
                run.id(), epoch, run.course(), run.wave(), run.round(), run.paused(), run.ground(), run.reason());
        return begin(higher, run.wave(), now);
    }

    /** Waves of which all was dropped are passed over. */
    static FailbackRun begin(FailbackRun run, int wave, Instant now) {
        var number = wave;
        while (number < run.course().waves() && run.course().wave(number).isEmpty()) {
            number++;
        }
        var round = number == run.course().waves()
                ? Round.over(Stage.DONE, now)
                : Round.unsent(Stage.ASKING, 0, run.course().wave(number), now);
        return new FailbackRun(
                run.id(), run.epoch(), run.course(), number, round, run.paused(), run.ground(), run.reason());
    }

    static FailbackRun stopped(FailbackRun run, String why, Instant now) {
        return new FailbackRun(
                run.id(),
                run.epoch(),
                run.course(),
                run.wave(),
                new Round(
                        Stage.STOPPED,
                        run.round().sent(),
                        run.round().asked(),
                        run.round().steps(),
                        run.round().awaited(),
                        run.round().outcomes(),
                        run.round().refusal(),
                        now,
                        Optional.empty()),
                run.paused(),
                run.ground(),
                run.round().isOpen() ? why + Account.of(run.round()) : why);
    }

    static int placed(FailbackRun run) {
        var ended = run.course().mapsBefore(run.wave());
        return switch (run.stage()) {
            case ASKING, DONE -> ended;
            case MOVING ->
                ended + size(run.course().wave(run.wave())) - size(run.round().steps()) + told(run.round());
            case STOPPED -> ended + told(run.round());
            case WATCHING -> ended + size(run.course().wave(run.wave())) - unsettled(run.round());
        };
    }

    private static int unsettled(Round round) {
        return (int) round.outcomes().values().stream()
                .flatMap(List::stream)
                .filter(each -> each.move() == Move.UNKNOWN)
                .count();
    }

    private static int told(Round round) {
        return (int) round.outcomes().values().stream()
                .flatMap(List::stream)
                .filter(each -> each.move() == Move.SWITCHED || each.move() == Move.IN_PLACE)
                .count();
    }

    private static int size(SortedMap<HostId, List<Wwid>> steps) {
        return steps.values().stream().mapToInt(List::size).sum();
    }

    Next send(Situation situation) {
        var round = run.round();
        if (round.stage() == Stage.MOVING) {
            if (now.isAfter(round.due().plus(settings.answerWithin()))) {
                return new Next(begin(run, run.wave(), now), List.of());
            }
            var unfit = unfit(situation);
            if (!unfit.isEmpty()) {
                var half = halfMoved(situation, unfit.keySet());
                if (!half.isEmpty()) {
                    return new Next(stop(Answers.first(unfit) + half), List.of());
                }
                var fit = run.with(run.course().dropping(unfit));
                var answers = new Answers(fit, now, settings);
                return new Next(answers.moving(fit, Answers.without(round.steps(), unfit.keySet())), List.of());
            }
        }
        var hosts = new HashMap<HostId, HostState>();
        situation.hosts().forEach(host -> hosts.put(host.host(), host));
        var precheck = new Precheck(situation, settings);
        var orders = new ArrayList<Order>();
        for (var step : round.steps().entrySet()) {
            var daemon = Optional.ofNullable(run.ground().daemons().get(step.getKey()));
            var host = Optional.ofNullable(hosts.get(step.getKey()));
            if (daemon.isEmpty() || host.isEmpty()) {
                return new Next(stop("host " + step.getKey() + " has not reported"), List.of());
            }
            var ways = step.getValue().stream()
                    .map(map -> new HostCommand.Way(map, precheck.targetPorts(map)))
                    .toList();
            orders.add(new Order(step.getKey(), command(round.stage(), daemon.get(), ways, notAfter(host.get()))));
        }
        return new Next(run.with(round.sent(now.plus(settings.answerWithin()))), orders);
    }

    /** Of LUNs that must not be moved now those that some hosts of the wave have moved already, in words. */
    private String halfMoved(Situation situation, Set<Wwid> unfit) {
        var gate = new HealthGate(run, situation);
        var text = new StringBuilder();
        for (var wwid : unfit) {
            var hosts = run.course().wave(run.wave()).entrySet().stream()
                    .filter(step -> step.getValue().contains(wwid))
                    .map(Map.Entry::getKey)
                    .toList();
            // those that said that it was in place are not told to move it
            var moved = hosts.stream()
                    .filter(host ->
                            !run.round().steps().getOrDefault(host, List.of()).contains(wwid)
                                    || gate.isHome(host, wwid))
                    .toList();
            if (!moved.isEmpty() && moved.size() < hosts.size()) {
                text.append("; map " + wwid + " moved on " + words(moved) + ", not on "
                        + words(hosts.stream()
                                .filter(host -> !moved.contains(host))
                                .toList()));
            }
        }
        return text.toString();
    }

    private static String words(List<HostId> hosts) {
        return String.join(" ", hosts.stream().map(HostId::value).toList());
    }

    private HostCommand.OfFailback command(
            Stage stage, DaemonRun daemon, List<HostCommand.Way> ways, Duration notAfter) {
        return stage == Stage.ASKING
                ? new HostCommand.MayFailBack(run.id(), run.epoch(), daemon, ways, notAfter, settings.patience())
                : new HostCommand.FailBack(run.id(), run.epoch(), daemon, ways, notAfter, settings.patience());
    }

    /** By the host's own clock. */
    private Duration notAfter(HostState host) {
        var left = Duration.between(now, run.course().plan().expiresAt());
        return host.uptime(now).plus(left.compareTo(settings.patience()) < 0 ? left : settings.patience());
    }

    /** LUNs that something has come in the way of since the plan was made. */
    private SortedMap<Wwid, String> unfit(Situation situation) {
        var precheck = new Precheck(situation, settings);
        var planned = run.course().wave(run.wave());
        var unfit = new TreeMap<Wwid, String>();
        run.round().steps().values().stream()
                .flatMap(List::stream)
                .distinct()
                .forEach(map -> precheck.holdersOf(map).stream()
                        .filter(holder -> holder.map().isOffBestGroup()
                                && !planned.getOrDefault(holder.id(), List.of()).contains(map))
                        .findFirst()
                        .map(holder -> "host " + holder.id() + " is off its best group, too, and not in the plan")
                        .or(() -> precheck.obstacle(map))
                        .ifPresent(why -> unfit.put(map, why)));
        return unfit;
    }

    FailbackRun seen(Situation situation) {
        var gate = new HealthGate(run, situation);
        var surprise = gate.surprise();
        if (surprise.isPresent()) {
            // of those that are on their way their hosts' answers tell more than their reports
            return stop(surprise.get() + (run.round().isOpen() ? "" : gate.uneven()));
        }
        return switch (run.stage()) {
            case ASKING ->
                isOverdue() ? stop("no answer from host " + joined(run.round().awaited()) + gate.uneven()) : run;
            case MOVING -> isOverdue() ? new Answers(run, now, settings).unanswered() : run;
            case WATCHING -> watched(gate);
            case DONE, STOPPED -> run;
        };
    }

    private boolean isOverdue() {
        return run.round().sent() && !now.isBefore(run.round().due());
    }

    private FailbackRun watched(HealthGate gate) {
        var settled = run.with(run.round().settled(gate::isHome));
        return new Running(settled.with(settled.ground().and(gate.home())), now, settings).calm(gate);
    }

    private FailbackRun calm(HealthGate gate) {
        var round = run.round();
        var astray = gate.astray();
        if (astray.isPresent()) {
            return now.isBefore(round.due())
                    ? run.with(round.watching(round.due(), Optional.empty()))
                    : stop(astray.get() + (round.isOpen() ? "" : gate.uneven()));
        }
        var since = round.wellSince().orElse(now);
        return !run.paused() && Duration.between(since, now).compareTo(settings.calmAfter(run.wave())) >= 0
                ? begin(run, run.wave() + 1, now)
                : run.with(round.watching(round.due(), Optional.of(since)));
    }

    private static String joined(NavigableSet<HostId> hosts) {
        return String.join(", ", hosts.stream().map(HostId::value).toList());
    }

    private FailbackRun stop(String why) {
        return stopped(run, why, now);
    }
}
