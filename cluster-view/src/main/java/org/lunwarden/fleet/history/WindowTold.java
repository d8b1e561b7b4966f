package org.lunwarden.fleet.history;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.lunwarden.fleet.alert.Window;

/**
 * A silence or maintenance, as its words in a history tell it: {@code ID from INSTANT until INSTANT, by NAME: REASON}.
 *
 * @param id of the window
 */
public record WindowTold(String id, Instant from, Instant until) {

    private static final Pattern WORDS = Pattern.compile("(\\S+) from (\\S+) until (\\S+), by .*", Pattern.DOTALL);

    /** @param at when it was set, or changed */
    public static Happening format(Window window, Instant at) {
        return new Happening(
                at,
                window.kind().word(),
                Stream.concat(
                                window.components().stream().map(Touched::name),
                                window.incidents().stream().map(Touched::ofIncident))
                        .toList(),
                window.id() + " from " + window.from() + " until " + window.until() + ", by " + window.by() + ": "
                        + window.reason());
    }

    /** Empty when it tells of something else. */
    static Optional<WindowTold> parse(Happening happening) {
        var words = WORDS.matcher(happening.words());
        var isWindow =
                Arrays.stream(Window.Kind.values()).anyMatch(kind -> kind.word().equals(happening.kind()));
        if (!isWindow || !words.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new WindowTold(words.group(1), Instant.parse(words.group(2)), Instant.parse(words.group(3))));
        } catch (DateTimeException wrong) {
            return Optional.empty();
        }
    }
}
