package org.lunwarden.model.dm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.lunwarden.model.dm.MultipathStatus.GroupState;

/**
 * Reads and writes the status of a {@code multipath} target. Every count is decimal.
 *
 * <pre>
 * status  := #words queueIo pgInitCount word* list #groups nextGroup group*     list: hardware handler
 * list    := #words word*
 * group   := A|E|D list #paths #pathArgs path*                                  list: selector status
 * path    := major:minor A|F failCount arg*                                     exactly #pathArgs args
 * </pre>
 *
 * <p>Feature words after the second are read over. Source: {@code multipath_status()} in Linux drivers/md/dm-mpath.c.
 */
public final class MultipathStatusCodec {

    private MultipathStatusCodec() {}

    public static Parsed<MultipathStatus> parse(String line) {
        return Words.parse(line, words -> {
            var featureCount = words.count("number of feature words", 1);
            if (featureCount < 2) {
                throw words.wrong("fewer feature words than queue_io and pg_init count");
            }
            var queueIo = words.number("queue_io");
            var pgInitCount = words.number("pg_init count");
            words.take(featureCount - 2);
            var handler = words.counted("hardware handler words");
            var groupCount = words.number("number of groups");
            var nextGroup = words.number("next group");
            if (nextGroup > groupCount) {
                throw words.wrong("no such group: " + nextGroup);
            }
            var groups = new ArrayList<MultipathStatus.Group>();
            for (var group = 0; group < groupCount; group++) {
                groups.add(group(words));
            }
            return new MultipathStatus(queueIo, pgInitCount, handler, nextGroup, groups);
        });
    }

    private static MultipathStatus.Group group(Words words) throws Words.Wrong {
        var letter = words.word("group state");
        var state = Arrays.stream(GroupState.values())
                .filter(known -> letter.equals(Character.toString(known.letter())))
                .findFirst();
        if (state.isEmpty()) {
            throw words.wrong("group state is none of A, E, D");
        }
        var selectorStatus = words.counted("selector status words");
        var pathCount = words.count("number of paths", 3);
        var argCount = words.count("number of path arguments", pathCount);
        var paths = new ArrayList<MultipathStatus.Path>();
        for (var path = 0; path < pathCount; path++) {
            paths.add(path(words, argCount));
        }
        return new MultipathStatus.Group(state.get(), selectorStatus, paths);
    }

    private static MultipathStatus.Path path(Words words, int argCount) throws Words.Wrong {
        var device = words.device();
        var active = switch (words.word("path state")) {
            case "A" -> true;
            case "F" -> false;
            default -> throw words.wrong("path state is neither A nor F");
        };
        var failCount = words.number("fail count");
        if (argCount > words.left()) {
            throw words.wrong("path without its arguments: " + device);
        }
        return new MultipathStatus.Path(device, active, failCount, words.take(argCount));
    }

    /** @throws IllegalArgumentException when a word holds a blank or the paths of a group differ in their arguments */
    public static String format(MultipathStatus status) {
        var line = new StringBuilder();
        line.append("2 ")
                .append(status.queueIo())
                .append(' ')
                .append(status.pgInitCount())
                .append(' ');
        Words.format(line, status.hardwareHandler());
        line.append(' ').append(status.groups().size()).append(' ').append(status.nextGroup());
        for (var group : status.groups()) {
            line.append(' ').append(group.state().letter()).append(' ');
            Words.format(line, group.selectorStatus());
            format(line, group.paths());
        }
        return line.toString();
    }

    private static void format(StringBuilder line, List<MultipathStatus.Path> paths) {
        var argCount = paths.isEmpty() ? 0 : paths.getFirst().selectorStatus().size();
        line.append(' ').append(paths.size()).append(' ').append(argCount);
        for (var path : paths) {
            if (path.selectorStatus().size() != argCount) {
                throw new IllegalArgumentException("paths of a group differ in their arguments: " + paths);
            }
            line.append(' ').append(path.device());
            line.append(path.active() ? " A " : " F ").append(path.failCount());
            path.selectorStatus().forEach(arg -> line.append(' ').append(arg));
        }
    }
}
