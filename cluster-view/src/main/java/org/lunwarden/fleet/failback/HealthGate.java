package org.lunwarden.fleet.failback;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.lunwarden.fleet.failback.FailbackRun.HostMap;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusState;

/** What a run may not go on after: all that was up when it began is still up, and nothing new is wrong. */
final class HealthGate {

    private final FailbackRun run;
    private final Situation situation;
    private final Map<HostId, HostState> hosts = new HashMap<>();
    private final Map<HostId, Map<Wwid, MapSummary>> maps = new HashMap<>();

    HealthGate(FailbackRun run, Situation situation) {
        this.run = run;
        this.situation = situation;
        situation.hosts().forEach(host -> hosts.put(host.host(), host));
    }

    /** The first reason to stop, in words. */
    Optional<String> surprise() {
        return expiry().or(this::dispute)
                .or(this::newIncident)
                .or(this::silence)
                .or(this::restart)
                .or(this::loss)
                .or(this::thinner)
                .or(this::away);
    }

    /** The first map of the waves so far that is not on its best group, in words. */
    Optional<String> astray() {
        for (var wave = 0; wave <= run.wave(); wave++) {
            for (var step : run.course().wave(wave).entrySet()) {
                for (var wwid : step.getValue()) {
                    if (!isHome(step.getKey(), wwid)) {
                        return Optional.of("map " + wwid + " of host " + step.getKey() + " is not on its best group");
                    }
                }
            }
        }
        return Optional.empty();
    }

    boolean isHome(HostId host, Wwid wwid) {
        return map(host, wwid).filter(Course::isHome).isPresent();
    }

    /** Maps of the steps so far that are on their best group. */
    Set<HostMap> home() {
        var home = new HashSet<HostMap>();
        for (var wave = 0; wave <= run.wave(); wave++) {
            run.course()
                    .wave(wave)
                    .forEach((host, wwids) -> wwids.stream()
                            .filter(wwid -> isHome(host, wwid))
                            .forEach(wwid -> home.add(new HostMap(host, wwid))));
        }
        return home;
    }

    /** LUNs of the current wave that some hosts have moved and others have not, an earlier coordinator's doing; in words. */
    String uneven() {
        var home = new TreeMap<Wwid, List<HostId>>();
        var away = new TreeMap<Wwid, List<HostId>>();
        run.course()
                .wave(run.wave())
                .forEach((host, wwids) -> wwids.forEach(wwid -> map(host, wwid)
                        .ifPresent(map -> (map.isOffBestGroup() ? away : home)
                                .computeIfAbsent(wwid, any -> new ArrayList<>())
                                .add(host))));
        home.keySet().retainAll(away.keySet());
        var text = new StringBuilder();
        home.forEach((wwid, hosts) -> text.append("; map " + wwid + " is on its best group on " + joined(hosts)
                + ", not on " + joined(away.getOrDefault(wwid, List.of()))));
        return text.toString();
    }

    private static String joined(List<HostId> hosts) {
        return String.join(" ", hosts.stream().map(HostId::value).toList());
    }

    private Optional<String> expiry() {
        var end = run.course().plan().expiresAt();
        return situation.at().isBefore(end) ? Optional.empty() : Optional.of("the plan expired at " + end);
    }

    private Optional<String> dispute() {
        var planned = run.course().plan().maps();
        return situation.disputes().stream()
                .filter(dispute -> planned.contains(dispute.map()))
                .findFirst()
                .map(Dispute::words);
    }

    private Optional<String> newIncident() {
        var concerned = run.course().hosts();
        return situation.incidents().stream()
                .filter(incident -> incident.isOpen()
                        && run.course().incidents().stream().noneMatch(incident::isKnownAs)
                        && incident.hosts().stream().anyMatch(concerned::contains))
                .findFirst()
                .map(incident -> "incident " + incident.id() + ": " + incident.title());
    }

    private Optional<String> silence() {
        return run.course().hosts().stream()
                .filter(host -> Optional.ofNullable(hosts.get(host))
                        .filter(HostState::reporting)
                        .isEmpty())
                .findFirst()
                .map(host -> "host " + host + " is silent");
    }

    private Optional<String> restart() {
        return run.ground().daemons().entrySet().stream()
                .filter(begun -> Optional.ofNullable(hosts.get(begun.getKey()))
                        .flatMap(HostState::run)
                        .filter(begun.getValue()::equals)
                        .isEmpty())
                .findFirst()
                .map(begun -> "the daemon of host " + begun.getKey() + " was restarted");
    }

    private Optional<String> loss() {
        var states = new HashMap<HostId, Map<Nexus, NexusState>>();
        for (var well : run.ground().well()) {
            var ofHost = states.computeIfAbsent(well.host(), this::statesOf);
            var state = ofHost.getOrDefault(well.nexus(), NexusState.UNKNOWN);
            if (state != NexusState.UP) {
                return Optional.of("nexus " + well.nexus() + " of host " + well.host() + " is " + state.word());
            }
        }
        return Optional.empty();
    }

    private Map<Nexus, NexusState> statesOf(HostId host) {
        var states = new HashMap<Nexus, NexusState>();
        Optional.ofNullable(hosts.get(host))
                .ifPresent(known -> known.nexuses().forEach(row -> states.put(row.nexus(), row.state())));
        return states;
    }

    /** Also what was lost while no coordinator was there. */
    private Optional<String> thinner() {
        for (var before : run.course().footing()) {
            var usable = map(before.host(), before.map())
                    .map(MapSummary::usablePaths)
                    .orElse(0);
            if (usable < before.usable()) {
                return Optional.of("map " + before.map() + " of host " + before.host() + " has " + usable
                        + " usable paths, and had " + before.usable());
            }
        }
        return Optional.empty();
    }

    /** What was where it belongs stays there; that no path of its best group is usable for a while is not that it left. */
    private Optional<String> away() {
        return run.ground().home().stream()
                .filter(each -> map(each.host(), each.map())
                        .filter(MapSummary::isOffBestGroup)
                        .isPresent())
                .min(Comparator.comparing(HostMap::host).thenComparing(HostMap::map))
                .map(each ->
                        "map " + each.map() + " of host " + each.host() + " was on its best group, and left it again");
    }

    private Optional<MapSummary> map(HostId host, Wwid wwid) {
        return Optional.ofNullable(maps.computeIfAbsent(host, any -> Course.maps(Optional.ofNullable(hosts.get(host))))
                .get(wwid));
    }
}
