package org.lunwarden.conf;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.lunwarden.model.dm.PathSelector;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.NoPathRetry;
import org.lunwarden.model.settings.PrioKind;

/**
 * Values as multipath.conf(5) words them. Words are case sensitive; a decimal number may have a sign and blanks around
 * it, and one that is out of range is capped.
 */
final class Words {

    private static final Pattern SIGNED = Pattern.compile("\\s*[+-]?\\d+\\s*");
    private static final Pattern UNSIGNED = Pattern.compile("\\d+");
    private static final BigInteger LARGEST_UNSIGNED = BigInteger.TWO.pow(32).subtract(BigInteger.ONE);

    private Words() {}

    static Value<Boolean> yesNo(String text) {
        return switch (text) {
            case "yes", "1" -> new Value.Stored<>(true);
            case "no", "0" -> new Value.Stored<>(false);
            default -> new Value.Rejected<>("neither yes nor no");
        };
    }

    /** {@code find_multipaths}: of its values only {@code on} is offered yet. */
    static Value<Boolean> findMultipaths(String text) {
        return switch (text) {
            case "on", "yes", "1" -> new Value.Stored<>(true);
            case "off", "no", "0", "strict", "greedy", "smart" ->
                new Value.Rejected<>("only find_multipaths on is offered");
            default -> new Value.Rejected<>("not a mode of find_multipaths");
        };
    }

    /** {@code user_friendly_names}: only {@code no} is offered yet. */
    static Value<Boolean> userFriendlyNames(String text) {
        return switch (yesNo(text)) {
            case Value.Stored<Boolean>(var wanted)
            when wanted -> new Value.Rejected<>("only names by WWID are offered");
            case Value<Boolean> other -> other;
        };
    }

    /** {@code polling_interval}, {@code max_polling_interval}: digits only, never capped. */
    static Value<Duration> seconds(String text) {
        if (!UNSIGNED.matcher(text).matches()) {
            return new Value.Rejected<>("not a number of seconds");
        }
        var number = new BigInteger(text);
        if (number.compareTo(LARGEST_UNSIGNED) > 0) {
            return new Value.Rejected<>("too large");
        }
        return number.signum() == 0 ? new Value.Unset<>() : new Value.Stored<>(Duration.ofSeconds(number.longValue()));
    }

    /** {@code checker_timeout}: seconds, 0 for the default. */
    static Value<Duration> timeout(String text) {
        return switch (integer(text, 0)) {
            case Value.Stored<Integer>(var value) when value == 0 -> new Value.Unset<>();
            case Value<Integer> number -> number.map(Duration::ofSeconds);
        };
    }

    static Value<Failback> failback(String text) {
        return switch (text) {
            case "manual" -> new Value.Stored<>(new Failback.Manual());
            case "immediate" -> new Value.Stored<>(new Failback.Immediate());
            case "followover" -> new Value.Stored<>(new Failback.Followover());
            default ->
                switch (integer(text, 0)) {
                    case Value.Stored<Integer>(var value) when value == 0 -> new Value.Unset<>();
                    case Value.Capped<Integer>(var value, var problem) when value == 0 -> new Value.Rejected<>(problem);
                    case Value<Integer> number -> number.map(value -> new Failback.Deferred(Duration.ofSeconds(value)));
                };
        };
    }

    static Value<NoPathRetry> noPathRetry(String text) {
        return switch (text) {
            case "fail", "0" -> new Value.Stored<>(new NoPathRetry.Fail());
            case "queue" -> new Value.Stored<>(new NoPathRetry.Queue());
            default -> integer(text, 1).map(NoPathRetry.Retry::new);
        };
    }

    /** A name, a count and that many words, for example {@code service-time 0}. */
    static Value<PathSelector> pathSelector(String text) {
        var words = words(text);
        if (words.isEmpty()) {
            return new Value.Rejected<>("no path selector");
        }
        var args = words.subList(1, words.size());
        return counted(args).map(counted -> new PathSelector(words.getFirst(), counted));
    }

    /** A count and that many words, for example {@code 1 queue_if_no_path}. */
    static Value<List<String>> countedWords(String text) {
        return counted(words(text));
    }

    /** Leading letters decide, so {@code group_by_priority} is {@code group_by_prio}. */
    static Value<GroupingPolicy> groupingPolicy(String text) {
        return Arrays.stream(GroupingPolicy.values())
                .filter(policy -> text.startsWith(policy.word()))
                .findFirst()
                .<Value<GroupingPolicy>>map(Value.Stored::new)
                .orElseGet(() ->
                        new Value.Rejected<>("not one of " + offered(GroupingPolicy.values(), GroupingPolicy::word)));
    }

    static Value<CheckerKind> checker(String text) {
        return oneOf(CheckerKind.values(), CheckerKind::word, text);
    }

    static Value<PrioKind> prio(String text) {
        return oneOf(PrioKind.values(), PrioKind::word, text);
    }

    /** {@code prio_args}: the one argument that the priorities offered know, or none. */
    static Value<Boolean> exclusivePrefBit(String text) {
        return switch (text) {
            case "exclusive_pref_bit" -> new Value.Stored<>(true);
            case "" -> new Value.Stored<>(false);
            default -> new Value.Rejected<>("not exclusive_pref_bit");
        };
    }

    private static <T> Value<T> oneOf(T[] values, Function<T, String> word, String text) {
        return Arrays.stream(values)
                .filter(value -> word.apply(value).equals(text))
                .findFirst()
                .<Value<T>>map(Value.Stored::new)
                .orElseGet(() -> new Value.Rejected<>("not one of " + offered(values, word)));
    }

    private static <T> String offered(T[] values, Function<T, String> word) {
        return Arrays.stream(values).map(word).collect(Collectors.joining(", "));
    }

    private static Value<List<String>> counted(List<String> words) {
        if (words.isEmpty()) {
            return new Value.Rejected<>("no count of words");
        }
        var count = Optional.of(words.getFirst())
                .filter(word -> UNSIGNED.matcher(word).matches() && word.length() <= 4)
                .map(Integer::parseInt);
        if (count.isEmpty()) {
            return new Value.Rejected<>("not a count of words: " + words.getFirst());
        }
        var counted = words.subList(1, words.size());
        return counted.size() == count.get()
                ? new Value.Stored<>(List.copyOf(counted))
                : new Value.Rejected<>("says " + count.get() + " words, has " + counted.size());
    }

    private static Value<Integer> integer(String text, int least) {
        if (!SIGNED.matcher(text).matches()) {
            return new Value.Rejected<>("not a number");
        }
        var number = new BigInteger(text.strip());
        if (number.compareTo(BigInteger.valueOf(least)) < 0) {
            return new Value.Capped<>(least, "less than " + least);
        }
        if (number.compareTo(BigInteger.valueOf(Integer.MAX_VALUE)) > 0) {
            return new Value.Capped<>(Integer.MAX_VALUE, "more than " + Integer.MAX_VALUE);
        }
        return new Value.Stored<>(number.intValueExact());
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
