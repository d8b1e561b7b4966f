package org.lunwarden.fleet.failback;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import org.lunwarden.fleet.failback.FailbackRun.HostNexus;
import org.lunwarden.fleet.failback.FailbackRun.Next;
import org.lunwarden.fleet.failback.FailbackRun.Order;
import org.lunwarden.fleet.failback.FailbackRun.Stage;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;
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

    static Next start(
            String id,
            long epoch,
            FailbackPlan plan,
            Collection<HostState> hosts,
            Collection<Incident> incidents,
            Instant now,
            FailbackSettings settings) {
        var concerned = plan.hosts();
        var well = hosts.stream()
                .filter(host -> concerned.contains(host.host()))
                .flatMap(host -> host.nexuses().stream()
                        .filter(row -> row.state() == NexusState.UP)
                        .map(row -> new HostNexus(host.host(), row.nexus())))
                .toList();
        var daemons = new TreeMap<HostId, DaemonRun>();
        hosts.stream()
                .filter(host -> concerned.contains(host.host()))
                .forEach(host -> host.run().ifPresent(daemon -> daemons.put(host.host(), daemon)));
        var open = incidents.stream().filter(Incident::isOpen).map(Incident::id).toList();
        var run = new FailbackRun(
                id,
                epoch,
                plan,
                Stage.WATCHING,
                -1,
                Collections.emptyNavigableSet(),
                now,
                Optional.empty(),
                daemons,
                well,
                open,
                0,
                "");
        return new Running(run, now, settings).nextWave();
    }

    private Next nextWave() {
        var number = run.wave() + 1;
        if (number == run.plan().waves().size()) {
            return only(at(Stage.DONE, number, Collections.emptyNavigableSet(), now, Optional.empty(), run.moved()));
        }
        var steps = run.plan().waves().get(number).steps();
        var orders = new ArrayList<Order>();
        for (var step : steps) {
            var daemon = Optional.ofNullable(run.daemons().get(step.host()));
            if (daemon.isEmpty()) {
                return stop("host " + step.host() + " has not reported");
            }
            orders.add(new Order(
                    step.host(),
                    new HostCommand.FailBack(run.id(), run.epoch(), daemon.get(), step.maps(), settings.patience())));
        }
        var awaited = new TreeSet<HostId>();
        steps.forEach(step -> awaited.add(step.host()));
        var due = now.plus(settings.answerWithin());
        return new Next(at(Stage.MOVING, number, awaited, due, Optional.empty(), run.moved()), orders);
    }

    Next answered(HostId host, HostAnswer answer) {
        if (run.stage() != Stage.MOVING || !run.awaited().contains(host)) {
            return only(run);
        }
        return switch (answer) {
            case HostAnswer.FailedBack(var outcomes) -> answered(host, outcomes);
            case HostAnswer.Refused(var reason, var epoch) -> stop("host " + host + " refused: " + reason);
            case HostAnswer.Accepted accepted -> stop("host " + host + " did not say what became of its maps");
            case HostAnswer.Maps maps -> stop("host " + host + " did not say what became of its maps");
            case HostAnswer.Sizes sizes -> stop("host " + host + " did not say what became of its maps");
        };
    }

    private Next answered(HostId host, List<HostAnswer.Outcome> outcomes) {
        var step = run.plan().waves().get(run.wave()).steps().stream()
                .filter(one -> one.host().equals(host))
                .findFirst()
                .orElseThrow();
        var byMap = new HashMap<Wwid, HostAnswer.Outcome>();
        outcomes.forEach(outcome -> byMap.put(outcome.wwid(), outcome));
        var switched = 0;
        for (var map : step.maps()) {
            var outcome = Optional.ofNullable(byMap.get(map));
            if (outcome.isEmpty()) {
                return stop("host " + host + " did not say what became of map " + map);
            }
            switch (outcome.get().move()) {
                case SWITCHED -> switched++;
                case IN_PLACE -> {}
                case NOT_MOVED -> {
                    return stop("host " + host + " did not move map " + map + ": "
                            + outcome.get().reason());
                }
            }
        }
        var awaited = new TreeSet<>(run.awaited());
        awaited.remove(host);
        var moved = run.moved() + switched;
        return only(
                awaited.isEmpty()
                        ? at(
                                Stage.WATCHING,
                                run.wave(),
                                awaited,
                                now.plus(settings.settleWithin()),
                                Optional.empty(),
                                moved)
                        : at(Stage.MOVING, run.wave(), awaited, run.due(), Optional.empty(), moved));
    }

    Next seen(Collection<HostState> hosts, Collection<Incident> incidents) {
        var byHost = new HashMap<HostId, HostState>();
        hosts.forEach(host -> byHost.put(host.host(), host));
        var surprise = newIncident(incidents)
                .or(() -> silence(byHost))
                .or(() -> restart(byHost))
                .or(() -> loss(byHost));
        if (surprise.isPresent()) {
            return stop(surprise.get());
        }
        return switch (run.stage()) {
            case MOVING -> now.isBefore(run.due()) ? only(run) : stop("no answer from host " + joined(run.awaited()));
            case WATCHING -> watched(byHost);
            case DONE, STOPPED -> only(run);
        };
    }

    private Next watched(Map<HostId, HostState> byHost) {
        var astray = astray(byHost);
        if (astray.isPresent()) {
            return now.isBefore(run.due())
                    ? only(at(Stage.WATCHING, run.wave(), run.awaited(), run.due(), Optional.empty(), run.moved()))
                    : stop(astray.get());
        }
        var since = run.wellSince().orElse(now);
        return Duration.between(since, now).compareTo(settings.calm()) >= 0
                ? nextWave()
                : only(at(Stage.WATCHING, run.wave(), run.awaited(), run.due(), Optional.of(since), run.moved()));
    }

    /** The first map of the waves so far that is not on its best group, in words. */
    private Optional<String> astray(Map<HostId, HostState> byHost) {
        for (var wave : run.plan().waves().subList(0, run.wave() + 1)) {
            for (var step : wave.steps()) {
                var maps = new HashMap<Wwid, MapSummary>();
                Optional.ofNullable(byHost.get(step.host()))
                        .ifPresent(host -> host.maps().forEach(map -> maps.put(map.wwid(), map)));
                for (var wwid : step.maps()) {
                    var map = Optional.ofNullable(maps.get(wwid));
                    if (map.isEmpty() || map.get().bestGroup() == 0 || map.get().isOffBestGroup()) {
                        return Optional.of("map " + wwid + " of host " + step.host() + " is not on its best group");
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> newIncident(Collection<Incident> incidents) {
        var concerned = run.plan().hosts();
        return incidents.stream()
                .filter(incident -> incident.isOpen()
                        && run.incidentsAtStart().stream().noneMatch(incident::isKnownAs)
                        && incident.hosts().stream().anyMatch(concerned::contains))
                .findFirst()
                .map(incident -> "incident " + incident.id() + ": " + incident.title());
    }

    private Optional<String> silence(Map<HostId, HostState> byHost) {
        return run.plan().hosts().stream()
                .filter(host -> Optional.ofNullable(byHost.get(host))
                        .filter(HostState::reporting)
                        .isEmpty())
                .findFirst()
                .map(host -> "host " + host + " is silent");
    }

    private Optional<String> restart(Map<HostId, HostState> byHost) {
        return run.daemons().entrySet().stream()
                .filter(begun -> Optional.ofNullable(byHost.get(begun.getKey()))
                        .flatMap(HostState::run)
                        .filter(begun.getValue()::equals)
                        .isEmpty())
                .findFirst()
                .map(begun -> "the daemon of host " + begun.getKey() + " was restarted");
    }

    private Optional<String> loss(Map<HostId, HostState> byHost) {
        var states = new HashMap<HostId, Map<Nexus, NexusState>>();
        for (var well : run.wellAtStart()) {
            var ofHost = states.computeIfAbsent(well.host(), host -> statesOf(byHost, host));
            var state = ofHost.getOrDefault(well.nexus(), NexusState.UNKNOWN);
            if (state != NexusState.UP) {
                return Optional.of("nexus " + well.nexus() + " of host " + well.host() + " is " + state.word());
            }
        }
        return Optional.empty();
    }

    private static Map<Nexus, NexusState> statesOf(Map<HostId, HostState> byHost, HostId host) {
        var states = new HashMap<Nexus, NexusState>();
        Optional.ofNullable(byHost.get(host))
                .ifPresent(known -> known.nexuses().forEach(row -> states.put(row.nexus(), row.state())));
        return states;
    }

    private static String joined(NavigableSet<HostId> hosts) {
        return String.join(", ", hosts.stream().map(HostId::value).toList());
    }

    private Next stop(String why) {
        return only(run.stopped(why));
    }

    private static Next only(FailbackRun run) {
        return new Next(run, List.of());
    }

    private FailbackRun at(
            Stage stage, int wave, NavigableSet<HostId> awaited, Instant due, Optional<Instant> wellSince, int moved) {
        return new FailbackRun(
                run.id(),
                run.epoch(),
                run.plan(),
                stage,
                wave,
                awaited,
                due,
                wellSince,
                run.daemons(),
                run.wellAtStart(),
                run.incidentsAtStart(),
                moved,
                "");
    }
}
