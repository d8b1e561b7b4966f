package org.lunwarden.map.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.lunwarden.map.features.Features;
import org.lunwarden.map.features.QueueMode;
import org.lunwarden.map.group.Grouping;
import org.lunwarden.map.group.PathGroup;
import org.lunwarden.map.plan.Situation.Announcement;
import org.lunwarden.model.map.MapName;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.model.settings.AutoResize;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.FlushOnLastDel;
import org.lunwarden.model.settings.GroupingPolicy;

/**
 * Decides what follows from what is wanted and what the kernel has. Pure.
 *
 * <p>First what keeps I/O going (suspension, path states, queueing), then the name, then what changes the table: size before
 * all else that a table says. A lost path is failed before the map is removed or its table loaded: its disk may be another
 * one by now, and both may be refused. A table whose paths have failed is not loaded anew: path failures are messages. Nor
 * is one for the sake of a path whose disk cannot be read. Groups in another order than their priorities are loaded anew
 * only where failback is immediate; paths that are not trusted stand behind the others wherever there are any.
 */
public final class MapPlan {

    private static final MapAction NOTHING = new MapAction.Nothing();
    private static final String NO_LOADABLE_PATH = "none of its paths works, or is known for its unit";
    private static final String OUT_OF_ORDER = "groups out of order";

    private MapPlan() {}

    public static MapAction decide(Situation situation) {
        return switch (situation.kernel()) {
            case KernelView.Absent() -> firstOf(situation, List.of(() -> creation(situation, situation.name())));
            case KernelView.NameTaken(var reason) ->
                situation.isCalledByWwid()
                        ? new MapAction.Reject(reason)
                        : firstOf(situation, List.of(() -> creation(situation, situation.nameByWwid())));
            case KernelView.Foreign(var reason) -> new MapAction.Reject(reason);
            case KernelView.Unreadable(var refusal) -> new MapAction.Nothing("the kernel does not tell: " + refusal);
            case KernelView.Present(var map, var event)
            when map.suspended() ->
                situation.patience().mayResume()
                        ? firstOf(situation, List.of(MapAction.Resume::new))
                        : new MapAction.Nothing("somebody else has suspended it");
            case KernelView.Present(var map, var event) ->
                firstOf(
                        situation,
                        List.of(
                                () -> messages(map, situation),
                                () -> removal(map, situation),
                                () -> rename(map, situation),
                                () -> change(map, situation),
                                () -> reassignment(map, situation)));
        };
    }

    /** Paths that are kept out of the map, a sentence each. */
    public static List<String> rejectedPaths(Situation situation) {
        return switch (situation.kernel()) {
            case KernelView.Absent() ->
                PathChoice.forNewMap(situation.paths(), situation.patience().onlyUsable())
                        .rejected();
            case KernelView.NameTaken taken ->
                PathChoice.forNewMap(situation.paths(), situation.patience().onlyUsable())
                        .rejected();
            case KernelView.Present(var map, var event) ->
                PathChoice.forMap(map, situation, autoResize(situation)).rejected();
            case KernelView.Foreign foreign -> List.of();
            case KernelView.Unreadable unreadable -> List.of();
        };
    }

    /** Whether a good path that is not in the map's table may come into it, as far as its size and its proof go. */
    public static boolean mayJoin(Situation situation) {
        if (!(situation.kernel() instanceof KernelView.Present(var map, var event))) {
            return false;
        }
        var taken = PathChoice.forMap(map, situation, autoResize(situation)).paths();
        return situation.paths().stream()
                .filter(path -> !map.members().contains(path.device()))
                .anyMatch(path -> path.isUndecided() || (PathGroup.isUsable(path) && taken.contains(path)));
    }

    /** Differences that are left after a table was loaded: what the kernel makes of it is taken as it is. */
    public static EnumSet<Difference> leftBy(WantedMap loaded, KernelMap map) {
        var left = Difference.between(map.table(), loaded.table(), path -> true);
        left.remove(Difference.MEMBERS);
        left.remove(Difference.GROUPS);
        if (map.readOnly() != loaded.readOnly()) {
            left.add(Difference.READ_ONLY);
        }
        return left;
    }

    /** Whether a path has failed, or must not be used for another reason; one that is merely in doubt has not. */
    public static boolean mustNotBeUsed(PathReport path) {
        return KernelMessages.mustNotBeUsed(path);
    }

    private static MapAction firstOf(Situation situation, List<Supplier<MapAction>> steps) {
        var first = NOTHING;
        for (var step : steps) {
            var action = step.get();
            if (!(action instanceof MapAction.Nothing)) {
                if (!situation.patience().blocked().contains(action.getClass())) {
                    return action;
                }
            } else if (first.equals(NOTHING)) {
                first = action;
            }
        }
        return first;
    }

    private static MapAction creation(Situation situation, MapName called) {
        if (!situation.patience().mayCreate() || !situation.patience().settled()) {
            return NOTHING;
        }
        var choice =
                PathChoice.forNewMap(situation.paths(), situation.patience().onlyUsable());
        return choice.paths().isEmpty()
                ? new MapAction.Nothing(NO_LOADABLE_PATH)
                : switch (called) {
                    case MapName.Unsaid() -> new MapAction.Nothing("its name is not known yet");
                    case MapName.OfNewMap(var name) -> new MapAction.Create(wanted(choice, situation), name);
                    case MapName.Wanted(var name) -> new MapAction.Create(wanted(choice, situation), name);
                };
    }

    private static MapAction rename(KernelMap map, Situation situation) {
        return situation.name() instanceof MapName.Wanted(var name)
                        && !map.name().equals(name)
                ? new MapAction.Rename(map.name(), name)
                : NOTHING;
    }

    private static MapAction messages(KernelMap map, Situation situation) {
        var messages = KernelMessages.of(map, situation);
        return messages.isEmpty() ? NOTHING : new MapAction.Tell(messages);
    }

    private static MapAction removal(KernelMap map, Situation situation) {
        var upkeep = situation.settings().upkeep();
        var kept = upkeep.flushOnLastDel() == FlushOnLastDel.NEVER && map.queueing();
        // one that is in use and queues waits for its paths: it is not to vanish with the next close of a partition
        var waits = upkeep.flushOnLastDel() == FlushOnLastDel.UNUSED && map.queueing();
        if (!situation.isLost()) {
            return NOTHING;
        }
        if (map.deferredRemove()) {
            return new MapAction.Nothing("it has no path left, and goes with its last close");
        }
        return kept
                ? new MapAction.Nothing(
                        "it has no path left, and its I/O waits for one, as flush_on_last_del never says")
                : new MapAction.Remove(upkeep.deferredRemove() && !waits);
    }

    private static MapAction change(KernelMap map, Situation situation) {
        if (!situation.patience().settled()) {
            return NOTHING;
        }
        if (livesByAStranger(map, situation)) {
            return new MapAction.Nothing("all that the kernel uses are paths of its table that cannot be read");
        }
        var choice = PathChoice.forMap(map, situation, autoResize(situation));
        if (choice.paths().isEmpty()) {
            return new MapAction.Nothing(NO_LOADABLE_PATH);
        }
        if (awaitsItsOnlyHope(choice, situation)) {
            return new MapAction.Nothing("only a path that has not proven itself yet may carry its I/O");
        }
        var wanted = wanted(choice, situation);
        if (map.sizeSectors() != 0
                && choice.sizeSectors() != map.sizeSectors()
                && finishesIo(map, choice)
                && !situation.patience().blocked().contains(MapAction.Resize.class)) {
            return new MapAction.Resize(wanted, map.sizeSectors());
        }
        var differences = differences(map, wanted, choice, situation);
        var why = reasons(differences, map, wanted, situation);
        return why.isEmpty()
                ? new MapAction.Nothing(kept(differences, situation))
                : reload(map, choice, situation, String.join(", ", why));
    }

    /** The wanted table in the size that the map has, when it has one. */
    static MapAction reload(KernelMap map, PathChoice choice, Situation situation, String why) {
        var wanted = wanted(choice, situation);
        return new MapAction.Reload(map.sizeSectors() == 0 ? wanted : wanted.sized(map.sizeSectors()), why);
    }

    private static AutoResize autoResize(Situation situation) {
        return situation.settings().upkeep().autoResize();
    }

    /** Only from paths that have proven to be the map's unit and carry its I/O: what stands on another may be of other data. */
    private static MapAction reassignment(KernelMap map, Situation situation) {
        var proven = situation.paths().stream()
                .filter(path -> path.unit() == UnitProof.PROVEN && PathGroup.isUsable(path))
                .map(PathReport::device)
                .filter(path ->
                        situation.reassign().contains(path) && map.active(path).orElse(false))
                .collect(Collectors.toSet());
        return proven.isEmpty() ? NOTHING : new MapAction.Reassign(proven);
    }

    /** Whether the kernel's only hope is a path that nobody has told of: a table without it would end all I/O. */
    static boolean livesByAStranger(KernelMap map, Situation situation) {
        var known = Stream.concat(situation.paths().stream(), situation.gone().stream())
                .map(PathReport::device)
                .collect(Collectors.toSet());
        return situation.paths().stream().noneMatch(PathGroup::isUsable)
                && map.members().stream()
                        .anyMatch(path ->
                                !known.contains(path) && map.active(path).orElse(false));
    }

    /** Whether only a path that is left out may yet be usable: without it the table would be one of failed paths. */
    static boolean awaitsItsOnlyHope(PathChoice choice, Situation situation) {
        return choice.paths().stream().noneMatch(PathGroup::isUsable)
                && situation.paths().stream()
                        .anyMatch(path -> choice.left().contains(path.device()) && path.isUndecided());
    }

    /** Whether I/O finds a path: a change of size waits for all I/O, and queued I/O that finds none fails then. */
    static boolean finishesIo(KernelMap map, PathChoice choice) {
        return choice.paths().stream()
                .anyMatch(path ->
                        PathGroup.isUsable(path) && map.active(path.device()).orElse(false));
    }

    /** In what the table is left as it is, though another is wanted; empty when it is as wanted. */
    private static String kept(EnumSet<Difference> differences, Situation situation) {
        var tolerated = EnumSet.copyOf(differences);
        tolerated.retainAll(situation.patience().tolerated());
        if (!tolerated.isEmpty()) {
            return "the kernel took the wanted table and kept its own "
                    + tolerated.stream().map(Difference::words).collect(Collectors.joining(", "));
        }
        return differences.contains(Difference.GROUPS) && !situation.patience().regroup()
                ? "its groups follow its priorities when those have come to rest"
                : "";
    }

    private static EnumSet<Difference> differences(
            KernelMap map, WantedMap wanted, PathChoice choice, Situation situation) {
        var byPriority = Grouping.policy(choice.paths(), situation.settings()) == GroupingPolicy.GROUP_BY_PRIO;
        var unplaced = choice.paths().stream()
                .filter(path -> byPriority && !path.priority().isDefined())
                .map(PathReport::device)
                .collect(Collectors.toSet());
        var left = new HashSet<>(situation.unread());
        left.addAll(choice.left());
        var differences = Difference.between(map.tableWithout(left), wanted.table(), path -> !unplaced.contains(path));
        if (map.readOnly() != wanted.readOnly()) {
            differences.add(Difference.READ_ONLY);
        }
        return differences;
    }

    private static List<String> reasons(
            EnumSet<Difference> differences, KernelMap map, WantedMap wanted, Situation situation) {
        var untolerated = EnumSet.copyOf(differences);
        untolerated.removeAll(situation.patience().tolerated());
        var why = new ArrayList<String>();
        if (situation.announcement() == Announcement.DUE && wanted.usable()) {
            why.add("ready now");
        }
        if (situation.announcement() == Announcement.MISSED) {
            why.add(MapAction.Reload.MISSED);
        }
        if (map.inactiveTable()) {
            why.add("a table was left behind");
        }
        Stream.of(
                        reason(untolerated, Difference.MEMBERS, "other paths"),
                        reason(untolerated, Difference.SELECTOR, "other selector"),
                        reason(untolerated, Difference.FEATURES, "other features"),
                        reason(untolerated, Difference.HANDLER, "other hardware handler"),
                        reason(untolerated, Difference.READ_ONLY, wanted.readOnly() ? "read-only" : "writable"))
                .flatMap(Optional::stream)
                .forEach(why::add);
        if (situation.patience().regroup()) {
            reason(untolerated, Difference.GROUPS, "other groups").ifPresent(why::add);
            var groups = KernelGroups.of(map, situation.paths());
            if (!KernelGroups.trustedFirst(groups)
                    || (situation.settings().failback() instanceof Failback.Immediate
                            && !KernelGroups.inOrder(groups))) {
                why.add(OUT_OF_ORDER);
            }
        }
        return why;
    }

    /** What brings the groups into their order when the map is moved to its best one; empty when they are in order. */
    public static Optional<MapAction> inOrder(KernelMap map, Situation situation) {
        var groups = KernelGroups.of(map, situation.paths());
        var choice = PathChoice.forMap(map, situation, autoResize(situation));
        return (KernelGroups.trustedFirst(groups) && KernelGroups.inOrder(groups))
                        || !situation.patience().settled()
                        || situation.patience().blocked().contains(MapAction.Reload.class)
                        || choice.paths().isEmpty()
                        || awaitsItsOnlyHope(choice, situation)
                        || livesByAStranger(map, situation)
                ? Optional.empty()
                : Optional.of(reload(map, choice, situation, OUT_OF_ORDER));
    }

    private static Optional<String> reason(EnumSet<Difference> found, Difference difference, String words) {
        return found.contains(difference) ? Optional.of(words) : Optional.empty();
    }

    /** A map keeps for its life how it takes I/O: the kernel refuses another table that says otherwise. */
    private static QueueMode queueMode(KernelView kernel) {
        if (!(kernel instanceof KernelView.Present(var map, var event)) || map.sizeSectors() == 0) {
            return QueueMode.UNSET;
        }
        var said = Features.of(map.table().features()).reconciledWith(QueueMode.UNSET);
        return said.mode() == QueueMode.BIO ? QueueMode.BIO : QueueMode.RQ;
    }

    static WantedMap wanted(PathChoice choice, Situation situation) {
        var wanted = WantedMap.of(
                choice.paths(),
                situation.settings(),
                situation.queueing(),
                choice.sizeSectors(),
                queueMode(situation.kernel()));
        return situation.announcement() == Announcement.HELD_BACK ? wanted.unannounced() : wanted;
    }
}
