package org.lunwarden.model.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The arguments of prioritizers ({@code prio_args} of multipath.conf(5)).
 *
 * <pre>
 * path_latency   io_num=N base_num=X                   both, in any order; N 20 to 200, X 1.1 to 10
 * iet            preferredip=ADDRESS                   more than 7 characters; what follows is not read
 * datacore       [timeout=N] preferredsds=NAME [timeout=N]   N milliseconds for the answer
 * weightedpath   hbtl|devname|serial|wwn (expression number)*
 * </pre>
 */
public final class PrioArguments {

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern READS = Pattern.compile("io_num=(\\d{1,4})");
    private static final Pattern BASE = Pattern.compile("base_num=(\\d{1,4}(?:\\.\\d{0,20})?)");
    private static final Pattern ADDRESS = Pattern.compile("\\s*preferredip=(\\S{8,45})(?:\\s.*)?", Pattern.DOTALL);
    private static final Pattern SERVER =
            Pattern.compile("\\s*(?:timeout=(\\d{1,9})\\s+)?preferredsds=(\\S{2,64})(?:\\s+timeout=(\\d{1,9}))?\\s*");
    private static final Set<String> WEIGHED = Set.of("hbtl", "devname", "serial", "wwn");

    /**
     * @param reads 20 to 200
     * @param base 1.1 to 10
     */
    public record Latency(int reads, double base) {}

    /**
     * @param name part of what the server calls itself
     * @param timeout for the answer; empty for that of other commands
     */
    public record Server(String name, Optional<Duration> timeout) {}

    private PrioArguments() {}

    /** Of {@code path_latency}; empty unless both are there and in their ranges. */
    public static Optional<Latency> latency(String args) {
        var words = Arrays.asList(BLANKS.split(args.strip(), -1));
        if (words.size() != 2) {
            return Optional.empty();
        }
        var reads = only(READS, words).map(Integer::parseInt).filter(number -> number >= 20 && number <= 200);
        var base = only(BASE, words).map(Double::parseDouble).filter(number -> number >= 1.1 && number <= 10);
        return reads.flatMap(number -> base.map(of -> new Latency(number, of)));
    }

    /** The address that {@code iet} prefers; empty when the arguments name none. */
    public static Optional<String> portal(String args) {
        var matcher = ADDRESS.matcher(args);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The server that {@code datacore} prefers; empty when the arguments name none. */
    public static Optional<Server> server(String args) {
        var matcher = SERVER.matcher(args);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var timeout = Stream.of(matcher.group(1), matcher.group(3))
                .flatMap(Stream::ofNullable)
                .map(number -> Duration.ofMillis(Long.parseLong(number)))
                .filter(Duration::isPositive)
                .findFirst();
        return Optional.of(new Server(matcher.group(2), timeout));
    }

    /** What is done in place of arguments that cannot be used, in words; empty when they can, or when none are needed. */
    public static Optional<String> complaint(PrioKind kind, String args) {
        return switch (kind) {
            case PATH_LATENCY ->
                args.isBlank() || latency(args).isPresent()
                        ? Optional.empty()
                        : Optional.of("path_latency takes io_num=20..200 base_num=1.1..10, and its defaults without");
            case IET ->
                portal(args).isPresent()
                        ? Optional.empty()
                        : Optional.of(
                                "iet takes preferredip=ADDRESS of more than 7 characters, and gives each path 0 without");
            case DATACORE ->
                server(args).isPresent()
                        ? Optional.empty()
                        : Optional.of("datacore takes preferredsds=NAME, and gives each path 0 without");
            case WEIGHTEDPATH ->
                weighs(List.of(BLANKS.split(args.strip(), -1)))
                        ? Optional.empty()
                        : Optional.of("weightedpath takes hbtl, devname, serial or wwn and pairs of an expression and a"
                                + " number, and gives a path that none of them fits 0");
            case CONST, ALUA, SYSFS, RANDOM, EMC, RDAC, HP_SW, HDS, ONTAP, ANA -> Optional.empty();
        };
    }

    /** Those of {@code weightedpath}, in their order. */
    public static List<String> expressions(String args) {
        var words = List.of(BLANKS.split(args.strip(), -1));
        return IntStream.iterate(1, at -> at + 1 < words.size(), at -> at + 2)
                .mapToObj(words::get)
                .toList();
    }

    private static boolean weighs(List<String> words) {
        return WEIGHED.contains(words.getFirst()) && words.size() % 2 == 1;
    }

    private static Optional<String> only(Pattern pattern, Iterable<String> words) {
        for (var word : words) {
            var matcher = pattern.matcher(word);
            if (matcher.matches()) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }
}
