package org.lunwarden.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

import org.lunwarden.io.CallThreads;
import org.lunwarden.io.DiskControl;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DevT;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostAnswer.PathSize;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.UnitProof;

/**
 * A host's part in giving a LUN's maps another size: has the kernel ask for the size of each path, and gives the map the
 * size that the fleet expects, when every path has it and works. Whether the map may be loaded so is decided as for an
 * operator of this host.
 */
final class Resizing {

    /** For all of it; less than the fleet waits. */
    static final Duration PATIENCE = Duration.ofSeconds(22);

    private static final Duration STEP = Duration.ofSeconds(5);
    /** Longer than an act may take to begin: what was given up must not be begun any more. */
    private static final Duration ACT = Duration.ofSeconds(9);

    private static final int MOST_RESCANS = 32;

    private final DiskControl control;
    /** A disk that hangs keeps whoever asks for its size: these threads do nothing else. */
    private final Executor rescans = new CallThreads("rescan", MOST_RESCANS);

    private final Set<DevT> underWay = ConcurrentHashMap.newKeySet();
    private final FreshSizes sizes;
    private final ActorRef<PathRegistry.Command> registry;
    private final Scheduler scheduler;

    Resizing(DiskControl control, FreshSizes sizes, ActorRef<PathRegistry.Command> registry, Scheduler scheduler) {
        this.control = control;
        this.sizes = sizes;
        this.registry = registry;
        this.scheduler = scheduler;
    }

    /** {@link HostAnswer.Sizes}, or why they are not known. Never fails. */
    CompletionStage<HostAnswer> rescan(Wwid wwid, String by) {
        return map(wwid)
                .thenCompose(map -> map.map(known -> rescan(known, by))
                        .orElseGet(() -> CompletableFuture.completedFuture(Optional.of("no map " + wwid))))
                .thenCompose(obstacle -> obstacle.map(Resizing::refused).orElseGet(() -> freshSizes(wwid)))
                .exceptionally(late -> new HostAnswer.Refused("its paths did not answer in time"));
    }

    /** {@link HostAnswer.Sizes} as they are then, or why the map is not of that size. Never fails. */
    CompletionStage<HostAnswer> resize(Wwid wwid, long sectors, String by) {
        return freshSizes(wwid)
                .thenCompose(answer -> answer instanceof HostAnswer.Sizes now
                        ? resize(now, sectors, by)
                        : CompletableFuture.completedFuture(answer))
                .whenComplete((answer, broke) -> {
                    if (answer instanceof HostAnswer.Refused(var reason, var epoch)) {
                        Audit.map(wwid, "no resize to " + sectors + " sectors for " + by + ": " + reason);
                    }
                })
                .exceptionally(late -> new HostAnswer.Refused("the map did not answer in time"));
    }

    private CompletionStage<HostAnswer> resize(HostAnswer.Sizes now, long sectors, String by) {
        var obstacle = obstacle(now, sectors);
        if (obstacle.isPresent()) {
            return refused(obstacle.get());
        }
        if (now.mapSectors() == sectors) {
            return CompletableFuture.completedFuture(now);
        }
        return AskPattern.<PathRegistry.Command, Optional<String>>ask(
                        registry, replyTo -> new PathRegistry.Resize(now.wwid(), sectors, by, replyTo), ACT, scheduler)
                .thenCompose(reason -> reason.map(Resizing::refused).orElseGet(() -> sizes(now.wwid())))
                .thenApply(
                        answer -> answer instanceof HostAnswer.Sizes(var wwid, var size, var paths) && size != sectors
                                ? new HostAnswer.Refused("the map has " + size + " sectors")
                                : answer);
    }

    /** Pure. */
    static Optional<String> obstacle(HostAnswer.Sizes now, long sectors) {
        if (now.paths().isEmpty()) {
            return Optional.of("the map has no path");
        }
        if (sectors < now.mapSectors()) {
            return Optional.of("the map is larger: it has " + now.mapSectors() + " sectors");
        }
        return now.paths().stream()
                .filter(path -> !path.usable())
                .findFirst()
                .map(path -> "path " + path.path() + " is " + path.state())
                .or(() -> now.paths().stream()
                        .filter(path -> path.sectors() != sectors)
                        .findFirst()
                        .map(path -> "path " + path.path() + " has " + path.sectors() + " sectors"));
    }

    /** Why not all of its paths were read anew; empty when they were. */
    private CompletionStage<Optional<String>> rescan(MapTopology map, String by) {
        Audit.map(map.wwid(), "rescan of its paths, asked for by " + by);
        CompletionStage<Optional<String>> all = CompletableFuture.completedFuture(Optional.empty());
        for (var group : map.groups()) {
            for (var path : group.paths()) {
                all = all.thenCombine(rescan(path), (before, next) -> before.or(() -> next));
            }
        }
        return all;
    }

    /** Why the path was not read anew. One that hangs is asked once, however often a resize is tried. */
    private CompletionStage<Optional<String>> rescan(MapTopology.Path path) {
        if (!underWay.add(path.device())) {
            return CompletableFuture.completedFuture(
                    Optional.of("path " + path.name() + " has not answered an earlier rescan"));
        }
        return CompletableFuture.supplyAsync(() -> control.reread(path.name(), path.device()), rescans)
                .whenComplete((done, broke) -> underWay.remove(path.device()))
                .thenApply(done -> done instanceof IoResult.Refused<?> refusal
                        ? Optional.of("path " + path.name() + " is not read anew: " + refusal)
                        : Optional.<String>empty())
                .completeOnTimeout(
                        Optional.of("path " + path.name() + " is not read in time"),
                        STEP.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private CompletionStage<HostAnswer> freshSizes(Wwid wwid) {
        return sizes.read(wwid)
                .thenCompose(obstacle -> obstacle.map(Resizing::refused).orElseGet(() -> sizes(wwid)));
    }

    /** A path of the table that nobody tells of counts as unknown. */
    private CompletionStage<HostAnswer> sizes(Wwid wwid) {
        return AskPattern.<PathRegistry.Command, List<PathReport>>ask(
                        registry, replyTo -> new PathRegistry.GetPaths(wwid, replyTo), STEP, scheduler)
                .thenCombine(
                        map(wwid),
                        (paths, map) -> map.<HostAnswer>map(known -> sizes(known, paths))
                                .orElseGet(() -> new HostAnswer.Refused("no map " + wwid)));
    }

    /** Pure. */
    static HostAnswer.Sizes sizes(MapTopology map, List<PathReport> paths) {
        var told = paths.stream().map(PathReport::device).collect(Collectors.toSet());
        var all = new ArrayList<PathSize>();
        for (var path : paths) {
            var isProven = path.unit() != UnitProof.ANOTHER && !path.adminFailed();
            all.add(new PathSize(
                    path.name().value(),
                    path.state().label(),
                    path.state().isUsable() && isProven,
                    path.sizeSectors()));
        }
        map.groups().stream()
                .flatMap(group -> group.paths().stream())
                .filter(path -> !told.contains(path.device()))
                .forEach(path -> all.add(new PathSize(path.name().value(), "unknown", false, 0)));
        all.sort(Comparator.comparing(PathSize::path));
        return new HostAnswer.Sizes(map.wwid(), map.sizeSectors(), all);
    }

    private CompletionStage<Optional<MapTopology>> map(Wwid wwid) {
        return AskPattern.<PathRegistry.Command, HostAnswer>ask(
                        registry, replyTo -> new PathRegistry.Describe(Optional.of(wwid), replyTo), STEP, scheduler)
                .thenApply(answer -> answer instanceof HostAnswer.Maps(var maps)
                        ? maps.stream().findFirst()
                        : Optional.empty());
    }

    private static CompletionStage<HostAnswer> refused(String reason) {
        return CompletableFuture.completedFuture(new HostAnswer.Refused(reason));
    }
}
