package org.lunwarden.map;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import org.lunwarden.map.group.Grouping;
import org.lunwarden.map.plan.KernelGroups;
import org.lunwarden.map.plan.KernelMap;
import org.lunwarden.map.plan.KernelView;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.map.plan.MapPlan;
import org.lunwarden.map.plan.Situation;
import org.lunwarden.map.plan.Situation.Announcement;
import org.lunwarden.model.map.MapName;
import org.lunwarden.model.settings.NoPathRetry;

/**
 * Why a map is as it is, what is to become of it, and what that waits for, a sentence each. Made of the situation that its
 * plan is decided by. Pure.
 *
 * @param lines without a newline
 */
public record MapAccount(List<String> lines) {

    public MapAccount {
        lines = List.copyOf(lines);
    }

    /**
     * What the account is of, besides the situation.
     *
     * @param underWay what a thread is at, or is asked to do
     * @param failback what is decided of it, a sentence; empty where there is no map
     * @param queueingEnds uptime at which I/O without a path fails
     * @param announcedBy uptime at which udev is told at the latest of a map that is held back
     */
    record Circumstances(
            Optional<MapAction> underWay,
            boolean removedByOthers,
            String failback,
            Optional<Duration> queueingEnds,
            Optional<Duration> announcedBy,
            boolean awaitsDisks) {}

    static MapAccount of(Situation situation, Circumstances circumstances, Duration now) {
        var lines = new ArrayList<String>();
        lines.add(name(situation));
        lines.add(kernel(situation.kernel()));
        lines.add(grouping(situation));
        if (situation.kernel() instanceof KernelView.Present(var map, var event)) {
            lines.addAll(groups(map, situation));
            lines.add(circumstances.failback());
        }
        lines.add(queueing(situation, circumstances.queueingEnds(), now));
        lines.addAll(MapPlan.rejectedPaths(situation));
        lines.add(next(situation, circumstances, now));
        return new MapAccount(lines);
    }

    private static String name(Situation situation) {
        return switch (situation.name()) {
            case MapName.Unsaid() -> "its name is not known yet: it is not made before";
            case MapName.OfNewMap(var name) -> "to be made as " + name + "; if it is there, it keeps its name for now";
            case MapName.Wanted(var name) -> "wanted as " + name;
        };
    }

    private static String kernel(KernelView kernel) {
        return switch (kernel) {
            case KernelView.Absent() -> "the kernel has no such map";
            case KernelView.NameTaken(var reason) -> "the kernel has no such map: " + reason;
            case KernelView.Foreign(var reason) -> "the kernel has something else in its place: " + reason;
            case KernelView.Unreadable(var refusal) -> "the kernel does not tell: " + refusal;
            case KernelView.Present(var map, var event) ->
                "the kernel has it as " + map.name() + ", " + map.sizeSectors() + " sectors"
                        + (map.suspended() ? ", suspended" : "")
                        + (map.readOnly() ? ", read-only" : "");
        };
    }

    private static String grouping(Situation situation) {
        var settings = situation.settings();
        var inForce = Grouping.policy(situation.paths(), settings);
        return "grouped by " + inForce.word()
                + (inForce == settings.grouping()
                        ? ""
                        : settings.detectedGrouping().filter(inForce::equals).isPresent()
                                ? ", since the array tells the priorities (detect_pgpolicy); set is "
                                        + settings.grouping().word()
                                : ", since the array tells no port groups; set is "
                                        + settings.grouping().word());
    }

    private static List<String> groups(KernelMap map, Situation situation) {
        var groups = KernelGroups.of(map, situation.paths());
        var best = Grouping.best(groups);
        var used = map.status().nextGroup();
        var lines = new ArrayList<String>();
        for (var number = 1; number <= groups.size(); number++) {
            var group = groups.get(number - 1);
            lines.add("group " + number + ": "
                    + group.paths().stream()
                            .map(path -> path.name() + " " + path.state().label())
                            .collect(Collectors.joining(", "))
                    + "; priority " + group.priority() + ", " + group.usablePaths() + " usable"
                    + (group.marginal() ? ", not trusted" : "")
                    + (number == best ? "; the best" : "")
                    + (number == used ? "; next in use" : ""));
        }
        return lines;
    }

    private static String queueing(Situation situation, Optional<Duration> ends, Duration now) {
        var retry = switch (situation.settings().noPathRetry()) {
            case NoPathRetry.Fail() -> "fail";
            case NoPathRetry.Queue() -> "queue";
            case NoPathRetry.Retry(var polls) -> Integer.toString(polls);
            case NoPathRetry.AsItIs() -> "not known before a path is seen";
        };
        return "no_path_retry " + retry + ": I/O without a path " + (situation.queueing() ? "waits" : "fails")
                + ends.map(at -> ", for " + seconds(at.minus(now)) + " more").orElse("");
    }

    private static String next(Situation situation, Circumstances circumstances, Duration now) {
        if (circumstances.underWay().isPresent()) {
            return "under way: " + ActWords.of(circumstances.underWay().get());
        }
        if (situation.kernel().lacksIt() && circumstances.removedByOthers()) {
            return "somebody removed it: it is made again when another path comes, or with other settings";
        }
        var refused = situation.patience().blocked().stream()
                .map(Class::getSimpleName)
                .map(act -> act.toLowerCase(Locale.ROOT))
                .sorted()
                .collect(Collectors.joining(", "));
        var waits = new ArrayList<String>();
        if (circumstances.awaitsDisks()) {
            waits.add("disks of its table that cannot be read");
        } else if (!situation.patience().settled()) {
            waits.add(situation.paths().isEmpty() ? "a path" : "all of its paths to be checked");
        }
        if (!refused.isEmpty()) {
            waits.add("another try at what was refused: " + refused);
        }
        if (situation.announcement() == Announcement.HELD_BACK) {
            circumstances
                    .announcedBy()
                    .ifPresent(end -> waits.add("an active path before udev is told of it, for "
                            + seconds(end.minus(now)) + " more (ghost_delay)"));
        }
        return switch (MapPlan.decide(situation)) {
            case MapAction.Nothing(var why)
            when waits.isEmpty() -> why.isEmpty() ? "nothing is to be done" : "nothing is done: " + why;
            case MapAction.Nothing(var why) ->
                "waits for " + String.join(", and for ", waits) + (why.isEmpty() ? "" : "; " + why);
            case MapAction.Reject(var reason) -> "nothing can be done: " + reason;
            case MapAction.Reload(var wanted, var why) -> "to be loaded anew: " + why;
            case MapAction act -> "to be done: " + ActWords.of(act);
        };
    }

    private static String seconds(Duration left) {
        return Math.max(0, left.toSeconds()) + " s";
    }
}
