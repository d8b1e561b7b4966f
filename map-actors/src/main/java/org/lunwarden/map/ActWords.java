package org.lunwarden.map;

import java.util.TreeSet;

import org.lunwarden.map.plan.MapAction;
import org.lunwarden.map.plan.WantedMap;
import org.lunwarden.model.dm.MultipathTable;

/** Acts on a map in words. */
final class ActWords {

    private ActWords() {}

    /** The word for an action in logs and facts. */
    static String of(MapAction action) {
        return switch (action) {
            case MapAction.Nothing nothing -> "nothing";
            case MapAction.Look() -> "look";
            case MapAction.Create create -> "create";
            case MapAction.Reload reload -> "reload";
            case MapAction.Resize resize -> "resize";
            case MapAction.Rename rename -> "rename";
            case MapAction.Resume() -> "resume";
            case MapAction.Tell tell -> "message";
            case MapAction.SwitchGroup switchGroup -> "switch_group";
            case MapAction.Remove remove -> "remove";
            case MapAction.Reassign reassign -> "reassign";
            case MapAction.Reject reject -> "reject";
        };
    }

    /** One line that says what is done and why: {@code reload: 2 groups, 4 paths, because of other paths}. */
    static String audit(MapAction action) {
        return switch (action) {
            case MapAction.Create(var wanted, var name) -> of(action) + ": " + name + ", " + table(wanted);
            case MapAction.Reload(var wanted, var why) -> of(action) + ": " + table(wanted) + ", because of " + why;
            case MapAction.Resize(var wanted, var from) ->
                of(action) + ": " + from + " -> " + wanted.sizeSectors() + " sectors" + unused(wanted);
            case MapAction.Rename(var from, var to) -> of(action) + ": " + from + " -> " + to;
            case MapAction.Tell(var messages) -> of(action) + ": " + String.join(", ", messages);
            case MapAction.SwitchGroup(var group) -> of(action) + ": " + group;
            case MapAction.Reject(var reason) -> of(action) + ": " + reason;
            case MapAction.Resume() -> of(action) + ": somebody left it suspended";
            case MapAction.Remove(var deferred) ->
                of(action) + ": no path is left" + (deferred ? ", with its last close" : "");
            case MapAction.Reassign(var paths) -> of(action) + ": what stands on " + new TreeSet<>(paths);
            case MapAction.Nothing nothing -> of(action);
            case MapAction.Look() -> of(action);
        };
    }

    private static String unused(WantedMap wanted) {
        return wanted.unusedPaths().isEmpty() ? "" : ", not to be used: " + new TreeSet<>(wanted.unusedPaths());
    }

    private static String table(WantedMap wanted) {
        var groups = wanted.table().groups();
        var paths = groups.stream()
                .map(MultipathTable.Group::paths)
                .mapToInt(list -> list.size())
                .sum();
        return groups.size() + " groups, " + paths + " paths" + (wanted.usable() ? "" : ", none of them usable")
                + unused(wanted);
    }
}
