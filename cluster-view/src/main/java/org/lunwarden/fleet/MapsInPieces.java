package org.lunwarden.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.lunwarden.model.fleet.HostAnswer;

/** An answer with many maps, cut so that each piece fits one message, and put together again. */
final class MapsInPieces {

    /** Paths in one piece: some 350 bytes each before compression, in a frame of 256 KiB. */
    private static final int PATHS_AT_ONCE = 400;

    private MapsInPieces() {}

    /** At least one piece; all but a long list of maps stay whole. */
    static List<HostAnswer> cut(HostAnswer answer) {
        if (!(answer instanceof HostAnswer.Maps(var maps))) {
            return List.of(answer);
        }
        var pieces = new ArrayList<HostAnswer>();
        var from = 0;
        var paths = 0;
        for (var i = 0; i < maps.size(); i++) {
            var more = 1
                    + maps.get(i).groups().stream()
                            .mapToInt(group -> group.paths().size())
                            .sum();
            if (i > from && paths + more > PATHS_AT_ONCE) {
                pieces.add(new HostAnswer.Maps(maps.subList(from, i)));
                from = i;
                paths = 0;
            }
            paths += more;
        }
        pieces.add(new HostAnswer.Maps(maps.subList(from, maps.size())));
        return pieces;
    }

    static List<HostAnswer.Maps> add(List<HostAnswer.Maps> soFar, HostAnswer.Maps piece) {
        return Stream.concat(soFar.stream(), Stream.of(piece)).toList();
    }

    /** An answer that does not go on with maps is the answer. */
    static HostAnswer join(List<HostAnswer.Maps> soFar, HostAnswer last) {
        if (!(last instanceof HostAnswer.Maps rest) || soFar.isEmpty()) {
            return last;
        }
        return new HostAnswer.Maps(add(soFar, rest).stream()
                .flatMap(piece -> piece.maps().stream())
                .toList());
    }
}
