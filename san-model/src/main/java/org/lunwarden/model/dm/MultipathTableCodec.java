package org.lunwarden.model.dm;

import java.util.ArrayList;

/**
 * Reads and writes the parameters of a {@code multipath} target. Every count is decimal.
 *
 * <pre>
 * table   := list list #groups initialGroup group*      features, then hardware handler
 * list    := #words word*
 * group   := selector list #paths #pathArgs path*
 * path    := major:minor arg*                           exactly #pathArgs args
 * </pre>
 *
 * <p>The kernel tells the same grammar back, with its own order of the features, the running hardware handler, all
 * arguments of each path, and the group it uses next in the place of the initial group.
 *
 * <p>Source: {@code multipath_ctr()} and {@code multipath_status()} in Linux drivers/md/dm-mpath.c.
 */
public final class MultipathTableCodec {

    private MultipathTableCodec() {}

    public static Parsed<MultipathTable> parse(String parameters) {
        return Words.parse(parameters, words -> {
            var features = words.counted("feature words");
            var handler = words.counted("hardware handler words");
            var groupCount = words.number("number of groups");
            var initial = words.number("initial group");
            if (initial > groupCount || (initial == 0 && groupCount > 0)) {
                throw words.wrong("no such initial group: " + initial);
            }
            var groups = new ArrayList<MultipathTable.Group>();
            for (var group = 0; group < groupCount; group++) {
                groups.add(group(words));
            }
            return new MultipathTable(features, handler, initial, groups);
        });
    }

    private static MultipathTable.Group group(Words words) throws Words.Wrong {
        var selector = new PathSelector(words.word("path selector"), words.counted("selector arguments"));
        var pathCount = words.count("number of paths", 1);
        var argCount = words.count("number of path arguments", pathCount);
        var paths = new ArrayList<MultipathTable.Path>();
        for (var path = 0; path < pathCount; path++) {
            var device = words.device();
            if (argCount > words.left()) {
                throw words.wrong("path without its arguments: " + device);
            }
            paths.add(new MultipathTable.Path(device, words.take(argCount)));
        }
        return new MultipathTable.Group(selector, paths);
    }

    /** @throws IllegalArgumentException when a word holds a blank or the paths of a group differ in their arguments */
    public static String format(MultipathTable table) {
        var line = new StringBuilder();
        Words.format(line, table.features());
        line.append(' ');
        Words.format(line, table.hardwareHandler());
        line.append(' ').append(table.groups().size()).append(' ').append(table.initialGroup());
        for (var group : table.groups()) {
            var argCount = group.paths().isEmpty()
                    ? 0
                    : group.paths().getFirst().args().size();
            line.append(' ').append(group.selector().name()).append(' ');
            Words.format(line, group.selector().args());
            line.append(' ').append(group.paths().size()).append(' ').append(argCount);
            for (var path : group.paths()) {
                if (path.args().size() != argCount) {
                    throw new IllegalArgumentException("paths of a group differ in their arguments: " + group);
                }
                line.append(' ').append(path.device());
                path.args().forEach(arg -> line.append(' ').append(arg));
            }
        }
        return line.toString();
    }
}
