package org.lunwarden.fleet.resize;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.lunwarden.fleet.resize.ResizeProgress.OnHost;
import org.lunwarden.fleet.resize.ResizeProgress.Phase;
import org.lunwarden.fleet.resize.ResizeProgress.Step;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostId;

/**
 * A resize under way, and what follows from what hosts answer. First every host reads its paths anew; only when all paths
 * of all hosts work and have one size, no smaller than any map, is the first map given it; only when that one has it are the
 * others. A host that refuses, or does not answer, is asked once more how it is, so that what is told of it is true.
 *
 * @param wantedBy may be empty
 * @param sizes what hosts told last
 */
public record ResizeRun(
        String id,
        Wwid wwid,
        String wantedBy,
        Phase phase,
        long sectors,
        Map<HostId, OnHost> hosts,
        Map<HostId, HostAnswer.Sizes> sizes,
        String reason,
        Instant startedAt,
        Instant changedAt) {

    public ResizeRun {
        hosts = new TreeMap<>(hosts);
        sizes = Map.copyOf(sizes);
    }

    /** @param host whom the command is for */
    public record Order(HostId host, HostCommand command) {}

    public record Next(ResizeRun run, List<Order> orders) {}

    public static Next start(String id, ResizePlan plan, String wantedBy, Instant now) {
        var hosts = new TreeMap<HostId, OnHost>();
        var isRefused = !plan.obstacles().isEmpty();
        for (var host : plan.hosts()) {
            hosts.put(host, new OnHost(host, isRefused ? Step.NOT_RESIZED : Step.RESCANNING, 0, ""));
        }
        var run = new ResizeRun(
                id,
                plan.wwid(),
                wantedBy,
                isRefused ? Phase.REFUSED : Phase.RESCANNING,
                0,
                hosts,
                Map.of(),
                String.join("; ", plan.obstacles()),
                now,
                now);
        return new Next(
                run,
                isRefused ? List.of() : plan.hosts().stream().map(run::rescan).toList());
    }

    public ResizeProgress progress() {
        return new ResizeProgress(
                id, wwid, wantedBy, phase, sectors, List.copyOf(hosts.values()), reason, startedAt, changedAt);
    }

    /** Empty when nobody waits for that host's answer. */
    public Optional<Next> answered(HostId host, HostAnswer answer, Instant now) {
        var before = hosts.get(host);
        if (before == null || progress().isOver()) {
            return Optional.empty();
        }
        return switch (before.step()) {
            case RESCANNING -> Optional.of(rescanned(host, answer, now));
            case RESIZING -> Optional.of(resized(before, answer, now));
            case VERIFIED, RESIZED, NOT_RESIZED, UNKNOWN -> Optional.empty();
        };
    }

    private Next rescanned(HostId host, HostAnswer answer, Instant now) {
        var next = answer instanceof HostAnswer.Sizes told
                ? with(new OnHost(host, Step.VERIFIED, told.mapSectors(), ""), now)
                        .telling(host, told)
                : with(new OnHost(host, Step.NOT_RESIZED, 0, words(answer)), now);
        return next.isWaiting(Step.RESCANNING) ? new Next(next, List.of()) : next.judge(now);
    }

    /** All have answered. */
    private Next judge(Instant now) {
        var obstacle = obstacle();
        if (obstacle.isPresent()) {
            return ended(Phase.REFUSED, "no map was touched: " + obstacle.get(), now);
        }
        var size = sizes.values().iterator().next().paths().getFirst().sectors();
        var ready = new ResizeRun(id, wwid, wantedBy, Phase.RESIZING, size, hosts, sizes, "", startedAt, now);
        for (var host : ready.hosts.values()) {
            if (host.sectors() == size) {
                ready = ready.with(new OnHost(host.host(), Step.RESIZED, size, "it had that size already"), now);
            }
        }
        return ready.goOn(1, now);
    }

    private Optional<String> obstacle() {
        for (var host : hosts.values()) {
            if (host.step() != Step.VERIFIED) {
                return Optional.of("host " + host.host() + ": " + host.reason());
            }
        }
        var seen = new TreeSet<Long>();
        for (var told : new TreeMap<>(sizes).entrySet()) {
            var who = "host " + told.getKey() + ": ";
            if (told.getValue().paths().isEmpty()) {
                return Optional.of(who + "the map has no path");
            }
            for (var path : told.getValue().paths()) {
                if (!path.usable()) {
                    return Optional.of(who + "path " + path.path() + " is " + path.state());
                }
                seen.add(path.sectors());
            }
        }
        if (seen.size() > 1) {
            return Optional.of("paths have different sizes: "
                    + seen.stream().map(String::valueOf).collect(Collectors.joining(", ")) + " sectors; "
                    + differing(seen));
        }
        var size = seen.first();
        return hosts.values().stream()
                .filter(host -> host.sectors() > size)
                .findFirst()
                .map(host -> "host " + host.host() + " has a map of " + host.sectors() + " sectors, its paths have "
                        + size + ": a map that shrinks loses data");
    }

    private String differing(TreeSet<Long> seen) {
        return new TreeMap<>(sizes)
                .entrySet().stream()
                        .flatMap(told -> told.getValue().paths().stream()
                                .filter(path -> path.sectors() != seen.last())
                                .map(path ->
                                        "host " + told.getKey() + " path " + path.path() + " has " + path.sectors()))
                        .limit(5)
                        .collect(Collectors.joining(", "));
    }

    /** @param atOnce how many hosts are told now */
    private Next goOn(int atOnce, Instant now) {
        var next = this;
        var orders = new ArrayList<Order>();
        for (var host : hosts.values()) {
            if (host.step() == Step.VERIFIED && orders.size() < atOnce) {
                next = next.with(new OnHost(host.host(), Step.RESIZING, host.sectors(), ""), now);
                orders.add(new Order(host.host(), new HostCommand.Resize(wwid, sectors, by())));
            }
        }
        return orders.isEmpty() && !next.isWaiting(Step.RESIZING) ? next.ended(now) : new Next(next, orders);
    }

    private Next resized(OnHost before, HostAnswer answer, Instant now) {
        var host = before.host();
        if (answer instanceof HostAnswer.Sizes told) {
            var isThere = told.mapSectors() == sectors;
            var reason = isThere ? "" : before.reason().isEmpty() ? "the map stayed as it was" : before.reason();
            var step = isThere ? Step.RESIZED : Step.NOT_RESIZED;
            var next = with(new OnHost(host, step, told.mapSectors(), reason), now);
            return isThere ? next.goOn(Integer.MAX_VALUE, now) : next.holdBack(now);
        }
        if (before.reason().isEmpty()) {
            var asked = with(new OnHost(host, Step.RESIZING, before.sectors(), words(answer)), now);
            return new Next(asked, List.of(rescan(host)));
        }
        var silent = before.reason() + "; asked again: " + words(answer);
        return with(new OnHost(host, Step.UNKNOWN, before.sectors(), silent), now)
                .holdBack(now);
    }

    /** No further host is told. */
    private Next holdBack(Instant now) {
        var next = this;
        for (var host : hosts.values()) {
            if (host.step() == Step.VERIFIED) {
                next = next.with(
                        new OnHost(
                                host.host(), Step.NOT_RESIZED, host.sectors(), "not told, since another host failed"),
                        now);
            }
        }
        return next.isWaiting(Step.RESIZING) ? new Next(next, List.of()) : next.ended(now);
    }

    private Next ended(Instant now) {
        var there = count(Step.RESIZED);
        if (there == hosts.size()) {
            return ended(Phase.DONE, "all " + there + " maps have " + sectors + " sectors", now);
        }
        var words = there + " of " + hosts.size() + " maps have " + sectors + " sectors, " + count(Step.NOT_RESIZED)
                + " do not, of " + count(Step.UNKNOWN) + " it is not known";
        return ended(there == 0 && count(Step.UNKNOWN) == 0 ? Phase.REFUSED : Phase.PARTIAL, words, now);
    }

    private Next ended(Phase how, String why, Instant now) {
        var next = this;
        for (var host : hosts.values()) {
            if (host.step() == Step.VERIFIED || host.step() == Step.RESCANNING) {
                next = next.with(new OnHost(host.host(), Step.NOT_RESIZED, host.sectors(), host.reason()), now);
            }
        }
        return new Next(
                new ResizeRun(id, wwid, wantedBy, how, sectors, next.hosts, sizes, why, startedAt, now), List.of());
    }

    private long count(Step step) {
        return hosts.values().stream().filter(host -> host.step() == step).count();
    }

    private boolean isWaiting(Step step) {
        return count(step) > 0;
    }

    private Order rescan(HostId host) {
        return new Order(host, new HostCommand.RescanPaths(wwid, by()));
    }

    private String by() {
        return "the fleet's " + id;
    }

    private static String words(HostAnswer answer) {
        return switch (answer) {
            case HostAnswer.Refused(var reason, var epoch) -> reason;
            case HostAnswer.Unanswered(var reason) -> reason;
            default -> "it did not tell the sizes";
        };
    }

    private ResizeRun with(OnHost changed, Instant now) {
        var all = new TreeMap<>(hosts);
        all.put(changed.host(), changed);
        return new ResizeRun(id, wwid, wantedBy, phase, sectors, all, sizes, reason, startedAt, now);
    }

    private ResizeRun telling(HostId host, HostAnswer.Sizes told) {
        var all = new TreeMap<>(sizes);
        all.put(host, told);
        return new ResizeRun(id, wwid, wantedBy, phase, sectors, hosts, all, reason, startedAt, changedAt);
    }
}
