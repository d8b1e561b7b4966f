package org.lunwarden.fleet.failback;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.lunwarden.fleet.failback.FailbackPlan.LeftOut;
import org.lunwarden.fleet.failback.FailbackPlan.Step;
import org.lunwarden.fleet.failback.FailbackPlan.Wave;
import org.lunwarden.fleet.failback.Precheck.Holder;
import org.lunwarden.model.Component;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;

/** Works a plan out: LUN by LUN, with all hosts that have it. */
final class Planning {

    /** A LUN, the hosts that have to move it, sorted, and the controllers that it goes to. */
    private record Move(Wwid map, List<HostId> hosts, Set<Component> controllers) {}

    private final Optional<Component> component;
    private final Situation situation;
    private final FailbackSettings settings;
    private final Precheck precheck;

    Planning(Optional<Component> component, Situation situation, FailbackSettings settings) {
        this.component = component;
        this.situation = situation;
        this.settings = settings;
        this.precheck = new Precheck(situation, settings);
    }

    FailbackPlan plan() {
        var moves = new ArrayList<Move>();
        var leftOut = new ArrayList<LeftOut>();
        var planned = 0;
        for (var lun : precheck.holders().entrySet()) {
            var map = lun.getKey();
            if (lun.getValue().stream().noneMatch(this::isToMove)) {
                continue;
            }
            // who is off it moves with the others, also where it prefers another way there than the component
            var hosts = lun.getValue().stream()
                    .filter(holder -> holder.map().isOffBestGroup())
                    .map(Holder::id)
                    .toList();
            // also where it is in place it is watched, and written down
            var watched = lun.getValue().size();
            var full = planned > 0 && planned + watched > settings.most();
            var obstacle = precheck.obstacle(map)
                    .or(() -> full
                            ? Optional.of(
                                    "a plan moves and watches " + settings.most() + " maps; the next one may move it")
                            : Optional.empty());
            if (obstacle.isPresent()) {
                hosts.forEach(host -> leftOut.add(new LeftOut(host, map, obstacle.get())));
            } else {
                planned += watched;
                moves.add(new Move(map, hosts, precheck.controllers(map)));
            }
        }
        var waves = waves(moves);
        return new FailbackPlan(
                FailbackPlan.fingerprint(component, waves),
                component,
                waves,
                leftOut,
                situation.at(),
                situation.at().plus(settings.expiry()));
    }

    private boolean isToMove(Holder holder) {
        return holder.map().isOffBestGroup()
                && (component.isEmpty()
                        || precheck.preferred(holder).stream()
                                .anyMatch(row -> row.components().contains(component.get())));
    }

    /** The first wave is one LUN, the one that touches the fewest hosts. */
    private List<Wave> waves(List<Move> moves) {
        if (moves.isEmpty()) {
            return List.of();
        }
        var canary = moves.stream()
                .min(Comparator.comparingInt((Move move) -> move.hosts().size()).thenComparing(Move::map))
                .orElseThrow();
        var most = Math.max(1, (int) Math.ceil(settings.waveShare() * moves.size()));
        var waves = new ArrayList<Wave>();
        waves.add(wave(List.of(canary)));
        var current = new ArrayList<Move>();
        for (var move : moves.stream().filter(each -> !each.equals(canary)).toList()) {
            if (current.size() == most || !fits(current, move)) {
                waves.add(wave(current));
                current.clear();
            }
            current.add(move);
        }
        if (!current.isEmpty()) {
            waves.add(wave(current));
        }
        return waves;
    }

    /** A controller takes a LUN over once, however many hosts use it. */
    private boolean fits(List<Move> current, Move move) {
        Map<Component, Integer> ofController = new HashMap<>();
        Map<HostId, Integer> ofHost = new HashMap<>();
        for (var each : current) {
            each.controllers().forEach(controller -> ofController.merge(controller, 1, Integer::sum));
            each.hosts().forEach(host -> ofHost.merge(host, 1, Integer::sum));
        }
        return current.isEmpty()
                || (move.controllers().stream()
                                .allMatch(one -> ofController.getOrDefault(one, 0) < settings.perController())
                        && move.hosts().stream().allMatch(host -> ofHost.getOrDefault(host, 0) < settings.perHost()));
    }

    private static Wave wave(List<Move> moves) {
        var byHost = new TreeMap<HostId, List<Wwid>>();
        for (var move : moves) {
            for (var host : move.hosts()) {
                byHost.computeIfAbsent(host, one -> new ArrayList<>()).add(move.map());
            }
        }
        return new Wave(byHost.entrySet().stream()
                .map(entry -> new Step(entry.getKey(), entry.getValue()))
                .toList());
    }
}
