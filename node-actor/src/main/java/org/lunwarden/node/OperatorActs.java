package org.lunwarden.node;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Stream;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

import org.lunwarden.io.HostClock;
import org.lunwarden.map.MapActor;
import org.lunwarden.map.MapAnswer;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.node.command.AdminCommand.Act;
import org.lunwarden.node.command.AdminCommand.MapAct;
import org.lunwarden.node.command.AdminCommand.OnAllMaps;
import org.lunwarden.node.command.AdminCommand.OnMap;
import org.lunwarden.node.command.AdminCommand.OnPath;
import org.lunwarden.node.command.AdminCommand.PathAct;
import org.lunwarden.node.command.AdminCommand.SwitchGroup;
import org.lunwarden.node.site.Site;
import org.lunwarden.node.why.Subject;
import org.lunwarden.path.PathActor;

/**
 * Tells the actors of paths and maps what an operator wants done, and who he is to the audit trail. An answer is the reason
 * for which it is not done; empty when the actor has taken it in, and does it.
 */
final class OperatorActs {

    private static final Duration PATIENCE = Duration.ofSeconds(4);
    /** An act that begins later than this is not waited for any more. */
    private static final Duration BEGIN_WITHIN = Duration.ofSeconds(3);

    /** As many maps as there are. */
    private static final Duration ALL_BEGIN_WITHIN = Duration.ofMinutes(10);

    private static final String NOT_FOUND = "device not found";

    private final PathTable paths;
    private final MapTable maps;
    private final Site site;
    private final OperatorWords words;
    private final HostClock clock;
    private final Executor next;
    private final Scheduler scheduler;

    /** @param next runs what follows an answer where the tables may be used */
    OperatorActs(
            PathTable paths,
            MapTable maps,
            Site site,
            OperatorWords words,
            HostClock clock,
            Executor next,
            Scheduler scheduler) {
        this.paths = paths;
        this.maps = maps;
        this.site = site;
        this.words = words;
        this.clock = clock;
        this.next = next;
        this.scheduler = scheduler;
    }

    /** @param by the operator's name */
    CompletionStage<Optional<String>> act(Act wanted, String by) {
        return switch (wanted) {
            case OnPath(var act, var subject) ->
                paths.find(subject).map(path -> onPath(act, path, by)).orElseGet(() -> refused(NOT_FOUND));
            case OnMap(var act, var subject) ->
                map(subject).map(wwid -> onMap(act, wwid, by)).orElseGet(() -> refused(NOT_FOUND));
            case OnAllMaps(var act) ->
                first(maps.present().keySet().stream()
                        .map(wwid -> onMap(act, wwid, by))
                        .toList());
            case SwitchGroup(var subject, var group) ->
                map(subject).map(wwid -> switchGroup(wwid, group, by)).orElseGet(() -> refused(NOT_FOUND));
        };
    }

    private CompletionStage<Optional<String>> onPath(PathAct act, PathEntry path, String by) {
        if (act == PathAct.SET_MARGINAL && !hasMarginalGroups(path)) {
            return refused("marginal_pathgroups is off");
        }
        Audit.path(path.last(), act.word() + ", asked for by " + by);
        path.actor()
                .tell(
                        switch (act) {
                            case FAIL -> new PathActor.AdminFail();
                            case REINSTATE -> new PathActor.AdminReinstate();
                            case SET_MARGINAL -> {
                                words.marginal(path.last(), true);
                                yield new PathActor.SetMarginal();
                            }
                            case UNSET_MARGINAL -> {
                                words.marginal(path.last(), false);
                                yield new PathActor.UnsetMarginal();
                            }
                        });
        // it answers one message after the other
        return AskPattern.<PathActor.Command, PathReport>ask(
                        path.actor(), PathActor.GetReport::new, PATIENCE, scheduler)
                .handle((report, late) -> late == null ? Optional.empty() : late("the path"));
    }

    private boolean hasMarginalGroups(PathEntry path) {
        return site.path(path.seat().disk(), path.seat().wwid()).precautions().marginalGroups();
    }

    private CompletionStage<Optional<String>> onMap(MapAct act, Wwid wwid, String by) {
        return switch (act) {
            case UNSET_MARGINAL ->
                first(paths.of(wwid).stream()
                        .map(path -> onPath(PathAct.UNSET_MARGINAL, path, by))
                        .toList());
            case DISABLE_QUEUEING -> load(act, wwid, replyTo -> new MapActor.DisableQueueing(beginBy(), replyTo), by);
            case RESTORE_QUEUEING -> load(act, wwid, replyTo -> new MapActor.RestoreQueueing(beginBy(), replyTo), by);
            case RESET_STATS -> load(act, wwid, MapActor.ResetCounters::new, by);
            case RESIZE -> resize(wwid, Optional.empty(), by);
            case RELOAD -> load(act, wwid, replyTo -> new MapActor.ForceReload(beginBy(), replyTo), by);
        };
    }

    /** @param sectors the only size that will do; empty: the one that all paths have */
    CompletionStage<Optional<String>> resize(Wwid wwid, Optional<Long> sectors, String by) {
        return sizesToldOf(wwid)
                .thenComposeAsync(
                        told -> load(
                                MapAct.RESIZE, wwid, replyTo -> new MapActor.Resize(sectors, beginBy(), replyTo), by),
                        next);
    }

    /** The maps may be many: nobody waits for them. */
    void loadAll(String by) {
        var beginBy = clock.uptime().plus(ALL_BEGIN_WITHIN);
        for (var wwid : maps.present().keySet()) {
            load(MapAct.RELOAD, wwid, replyTo -> new MapActor.ForceReload(beginBy, replyTo), by, ALL_BEGIN_WITHIN);
        }
    }

    /** Ends when the actors of a map's paths have told of all that they were told before. */
    private CompletionStage<Optional<String>> sizesToldOf(Wwid wwid) {
        return pathsOf(wwid).thenApply(told -> Optional.empty());
    }

    /** What the actors of a map's paths say of them, without those that do not answer in time. */
    CompletionStage<List<PathReport>> pathsOf(Wwid wwid) {
        CompletionStage<List<PathReport>> all = CompletableFuture.completedFuture(List.of());
        for (var path : paths.of(wwid)) {
            var told = AskPattern.<PathActor.Command, PathReport>ask(
                            path.actor(), PathActor.GetReport::new, PATIENCE, scheduler)
                    .handle((report, late) -> late == null ? Stream.of(report) : Stream.<PathReport>empty());
            all = all.thenCombine(
                    told, (before, next) -> Stream.concat(before.stream(), next).toList());
        }
        return all;
    }

    private CompletionStage<Optional<String>> load(
            MapAct act, Wwid wwid, Function<ActorRef<MapAnswer>, MapActor.Command> command, String by) {
        return load(act, wwid, command, by, PATIENCE);
    }

    private CompletionStage<Optional<String>> load(
            MapAct act,
            Wwid wwid,
            Function<ActorRef<MapAnswer>, MapActor.Command> command,
            String by,
            Duration patience) {
        Audit.map(wwid, act.word() + ", asked for by " + by);
        return maps.get(wwid)
                .map(map ->
                        AskPattern.<MapActor.Command, MapAnswer>ask(map.actor(), command::apply, patience, scheduler))
                .orElseGet(() -> CompletableFuture.completedFuture(new MapAnswer.Refused(NOT_FOUND)))
                .handle((answer, late) -> late != null ? late("the map") : refusal(answer))
                .whenComplete(
                        (reason, broke) -> reason.ifPresent(why -> Audit.map(wwid, "no " + act.word() + ": " + why)));
    }

    private static Optional<String> refusal(MapAnswer answer) {
        return switch (answer) {
            case MapAnswer.Done() -> Optional.empty();
            case MapAnswer.Refused(var reason) -> Optional.of(reason);
        };
    }

    private Duration beginBy() {
        return clock.uptime().plus(BEGIN_WITHIN);
    }

    private CompletionStage<Optional<String>> switchGroup(Wwid wwid, int group, String by) {
        Audit.map(wwid, "switch to group " + group + ", asked for by " + by);
        var actor = maps.get(wwid).orElseThrow().actor();
        return AskPattern.<MapActor.Command, HostAnswer.Outcome>ask(
                        actor, replyTo -> new MapActor.SwitchGroup(group, beginBy(), replyTo), PATIENCE, scheduler)
                .handle((outcome, late) -> late != null ? late("the map") : judged(outcome))
                .whenComplete((reason, broke) ->
                        reason.ifPresent(why -> Audit.map(wwid, "not switched to group " + group + ": " + why)));
    }

    private static Optional<String> judged(HostAnswer.Outcome outcome) {
        return switch (outcome.move()) {
            case SWITCHED, IN_PLACE, READY -> Optional.empty();
            case NOT_MOVED, UNKNOWN -> Optional.of(outcome.reason());
        };
    }

    /** One that the kernel has. */
    private Optional<Wwid> map(Subject subject) {
        return maps.find(subject)
                .filter(wwid -> maps.get(wwid).flatMap(MapTable.Entry::topology).isPresent());
    }

    private static Optional<String> late(String who) {
        return Optional.of(who + " has not answered in time; the act is not taken back");
    }

    private static CompletionStage<Optional<String>> refused(String reason) {
        return CompletableFuture.completedFuture(Optional.of(reason));
    }

    /** The first reason, when all have answered. */
    private static CompletionStage<Optional<String>> first(List<CompletionStage<Optional<String>>> answers) {
        CompletionStage<Optional<String>> all = CompletableFuture.completedFuture(Optional.empty());
        for (var answer : answers) {
            all = all.thenCombine(answer, (before, next) -> before.or(() -> next));
        }
        return all;
    }
}
