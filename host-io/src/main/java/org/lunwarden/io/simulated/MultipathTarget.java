package org.lunwarden.io.simulated;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.lunwarden.model.DevT;

/** The state of one {@code multipath} target, and its choices, as in drivers/md/dm-mpath.c of Linux 6.1. */
final class MultipathTarget {

    /** A path in a group. */
    static final class Path {
        final PathDevice device;
        final List<Integer> args;
        boolean active = true;
        int failCount;
        int inFlight;

        Path(PathDevice device, List<Integer> args) {
            this.device = device;
            this.args = args;
        }
    }

    static final class Group {
        final Selector selector;
        final List<Path> paths = new ArrayList<>();
        boolean bypassed;

        Group(Selector selector) {
            this.selector = selector;
        }

        /** The path whose turn it is; of those in use, one with the least in flight. */
        Optional<Path> choose() {
            var best = paths.stream()
                    .filter(path -> path.active)
                    .min((one, other) ->
                            selector == Selector.ROUND_ROBIN ? 0 : Integer.compare(one.inFlight, other.inFlight));
            best.filter(path -> selector == Selector.ROUND_ROBIN).ifPresent(path -> {
                paths.remove(path);
                paths.add(path);
            });
            return best;
        }
    }

    enum Selector {
        ROUND_ROBIN("round-robin", 1, 0),
        QUEUE_LENGTH("queue-length", 1, 1),
        SERVICE_TIME("service-time", 2, 2);

        final String word;
        final int tableArgs;
        final int statusArgs;

        Selector(String word, int tableArgs, int statusArgs) {
            this.word = word;
            this.tableArgs = tableArgs;
            this.statusArgs = statusArgs;
        }
    }

    final List<Group> groups = new ArrayList<>();
    final Map<String, Integer> features = new HashMap<>();
    Optional<String> hardwareHandler = Optional.empty();
    boolean queueIfNoPath;
    boolean takesBios;
    Optional<Group> current = Optional.empty();
    Optional<Group> next = Optional.empty();
    private boolean queueIo = true;
    private boolean queueAfterResume;

    /** Paths in their table order; the selector's turns do not change what is told. */
    private final Map<Group, List<Path>> order = new HashMap<>();

    /** Called once all groups are there. */
    void started(int initialGroup) {
        groups.forEach(group -> order.put(group, List.copyOf(group.paths)));
        next = initialGroup >= 1 && initialGroup <= groups.size()
                ? Optional.of(groups.get(initialGroup - 1))
                : Optional.empty();
    }

    List<Path> paths() {
        return groups.stream().flatMap(group -> pathsOf(group).stream()).toList();
    }

    List<Path> pathsOf(Group group) {
        return order.getOrDefault(group, Collections.emptyList());
    }

    boolean hasValidPath() {
        return paths().stream().anyMatch(path -> path.active);
    }

    /** The path for the next I/O. Chooses the group, too: this is where a switch of groups comes true. */
    Optional<Path> choose() {
        if (!hasValidPath()) {
            queueIo = false;
            current = Optional.empty();
            return Optional.empty();
        }
        var candidates = new ArrayList<Group>();
        next.ifPresent(candidates::add);
        current.ifPresent(candidates::add);
        groups.stream().filter(group -> !group.bypassed).forEach(candidates::add);
        groups.stream().filter(group -> group.bypassed).forEach(candidates::add);
        next = Optional.empty();
        for (var group : candidates) {
            var path = group.choose();
            if (path.isPresent()) {
                current = Optional.of(group);
                queueIo = false;
                return path;
            }
        }
        return Optional.empty();
    }

    /** While it is suspended to be flushed, nothing new is to wait for a path ({@code multipath_presuspend()}). */
    void flush() {
        queueAfterResume |= queueIfNoPath;
        queueIfNoPath = false;
    }

    void resume() {
        queueIfNoPath |= queueAfterResume;
        queueAfterResume = false;
    }

    void leaveGroup() {
        current = Optional.empty();
    }

    String table() {
        var words = new ArrayList<String>();
        features(words);
        hardwareHandler.ifPresentOrElse(handler -> words.addAll(List.of("1", handler)), () -> words.add("0"));
        words.add(Integer.toString(groups.size()));
        words.add(Integer.toString(groupNumber()));
        for (var group : groups) {
            var paths = pathsOf(group);
            words.addAll(List.of(group.selector.word, "0"));
            words.add(Integer.toString(paths.size()));
            words.add(Integer.toString(group.selector.tableArgs));
            for (var path : paths) {
                words.add(number(path));
                path.args.forEach(arg -> words.add(arg.toString()));
            }
        }
        return String.join(" ", words) + " ";
    }

    String status() {
        var words = new ArrayList<String>();
        words.add("2");
        words.add(queueIo ? "1" : "0");
        words.add(hardwareHandler.isPresent() && current.isPresent() ? "1" : "0");
        words.add("0");
        words.add(Integer.toString(groups.size()));
        words.add(Integer.toString(groupNumber()));
        for (var group : groups) {
            words.add(group.bypassed ? "D" : current.filter(group::equals).isPresent() ? "A" : "E");
            var paths = pathsOf(group);
            words.add("0");
            words.add(Integer.toString(paths.size()));
            words.add(Integer.toString(group.selector.statusArgs));
            for (var path : paths) {
                words.add(number(path));
                words.add(path.active ? "A" : "F");
                words.add(Integer.toString(path.failCount));
                if (group.selector != Selector.ROUND_ROBIN) {
                    words.add(Integer.toString(path.inFlight));
                }
                if (group.selector == Selector.SERVICE_TIME) {
                    words.add(path.args.get(1).toString());
                }
            }
        }
        return String.join(" ", words) + " ";
    }

    private void features(List<String> words) {
        var told = new ArrayList<String>();
        if (queueIfNoPath) {
            told.add("queue_if_no_path");
        }
        for (var feature : List.of("pg_init_retries", "pg_init_delay_msecs")) {
            if (features.containsKey(feature)) {
                told.addAll(List.of(feature, String.valueOf(features.get(feature))));
            }
        }
        if (features.containsKey("retain_attached_hw_handler")) {
            told.add("retain_attached_hw_handler");
        }
        if (takesBios) {
            told.addAll(List.of("queue_mode", "bio"));
        }
        words.add(Integer.toString(told.size()));
        words.addAll(told);
    }

    private int groupNumber() {
        return next.or(() -> current).map(group -> groups.indexOf(group) + 1).orElse(groups.isEmpty() ? 0 : 1);
    }

    private static String number(Path path) {
        DevT number = path.device.number();
        return number.toString();
    }
}
