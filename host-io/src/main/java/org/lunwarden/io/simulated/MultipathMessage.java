package org.lunwarden.io.simulated;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.lunwarden.io.simulated.MultipathTarget.Group;
import org.lunwarden.io.simulated.MultipathTarget.Path;
import org.lunwarden.model.DevT;

/** What a message does to a {@code multipath} target: {@code multipath_message()}. */
final class MultipathMessage {

    /** @param changed whether an event is raised */
    record Effect(Optional<Errno> refusal, boolean changed, Optional<Map<String, String>> uevent) {

        private static Effect refused(Errno errno) {
            return new Effect(Optional.of(errno), false, Optional.empty());
        }

        private static Effect of(boolean changed) {
            return new Effect(Optional.empty(), changed, Optional.empty());
        }

        private static Effect of(Map<String, String> uevent) {
            return new Effect(Optional.empty(), true, Optional.of(uevent));
        }
    }

    private MultipathMessage() {}

    static Effect apply(SimulatedKernel kernel, MultipathTarget target, String message) {
        var words = message.trim().split("\\s+", -1);
        var verb = words[0].toLowerCase(Locale.ROOT);
        if (words.length == 1) {
            return switch (verb) {
                case "queue_if_no_path" -> queueing(target, true);
                case "fail_if_no_path" -> queueing(target, false);
                default -> Effect.refused(Errno.EINVAL);
            };
        }
        if (words.length != 2) {
            return Effect.refused(Errno.EINVAL);
        }
        return switch (verb) {
            case "switch_group" ->
                group(target, words[1], group -> {
                    target.groups.forEach(each -> each.bypassed = false);
                    target.next = Optional.of(group);
                });
            case "disable_group" -> group(target, words[1], group -> group.bypassed = true);
            case "enable_group" -> group(target, words[1], group -> group.bypassed = false);
            case "fail_path" -> path(kernel, target, words[1], false);
            case "reinstate_path" -> path(kernel, target, words[1], true);
            default -> Effect.refused(Errno.EINVAL);
        };
    }

    static Map<String, String> pathEvent(MultipathTarget target, Path path, String action) {
        var valid = target.paths().stream().filter(each -> each.active).count();
        return Map.of(
                "DM_TARGET",
                "multipath",
                "DM_ACTION",
                action,
                "DM_PATH",
                path.device.number().toString(),
                "DM_NR_VALID_PATHS",
                Long.toString(valid));
    }

    private static Effect queueing(MultipathTarget target, boolean queue) {
        target.queueIfNoPath = queue;
        return Effect.of(false);
    }

    private static Effect group(MultipathTarget target, String word, Consumer<Group> change) {
        if (!word.matches("\\d{1,9}")) {
            return Effect.refused(Errno.EINVAL);
        }
        var number = Integer.parseInt(word);
        if (number < 1 || number > target.groups.size()) {
            return Effect.refused(Errno.EINVAL);
        }
        target.leaveGroup();
        change.accept(target.groups.get(number - 1));
        return Effect.of(true);
    }

    private static Effect path(SimulatedKernel kernel, MultipathTarget target, String word, boolean active) {
        var number = DevT.parse(word);
        if (number.isEmpty()) {
            return Effect.refused(Errno.ENODEV);
        }
        var path = target.paths().stream()
                .filter(candidate -> candidate.device.number().equals(number.get()))
                .findFirst();
        if (path.isEmpty()) {
            return Effect.refused(kernel.disk(number.get()).isPresent() ? Errno.EINVAL : Errno.ENXIO);
        }
        if (path.get().active == active) {
            return Effect.of(false);
        }
        path.get().active = active;
        if (!active) {
            path.get().failCount++;
        }
        return Effect.of(pathEvent(target, path.get(), active ? "PATH_REINSTATED" : "PATH_FAILED"));
    }
}
