package org.lunwarden.node.names;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;

import org.lunwarden.model.map.MapName;

/**
 * The name of a map other than its WWID. It becomes the name of a dm device and of its node, so what could lead out of a
 * directory, a blank or a control character is refused.
 *
 * <p>Numbered ones, as {@code user_friendly_names} makes them, are a prefix and a number in letters: {@code a} is 1,
 * {@code z} 26, {@code aa} 27.
 */
public record Alias(String value) implements Comparable<Alias> {

    private static final Comparator<Alias> ORDER =
            Comparator.<Alias>comparingInt(alias -> alias.value.length()).thenComparing(Alias::value);

    private static final int LETTERS = 26;
    /** As many letters as the largest number has. */
    private static final int LONGEST_NUMBER = 7;

    /** @throws IllegalArgumentException when {@link MapName#canBe} says no */
    public Alias {
        if (!MapName.canBe(value)) {
            throw new IllegalArgumentException("not a map's name: '" + value + "'");
        }
    }

    public static Optional<Alias> parse(String text) {
        return MapName.canBe(text) ? Optional.of(new Alias(text)) : Optional.empty();
    }

    /** Empty when the number is not positive, or when prefix and number make no name. */
    public static Optional<Alias> numbered(String prefix, int number) {
        return letters(number).flatMap(letters -> parse(prefix + letters));
    }

    /** The number of a name with that prefix; empty when it has another one, or anything but a number behind it. */
    public OptionalInt number(String prefix) {
        return value.startsWith(prefix) ? numberOf(value.substring(prefix.length())) : OptionalInt.empty();
    }

    /** A number in letters; empty when it is not positive. */
    static Optional<String> letters(int number) {
        if (number <= 0) {
            return Optional.empty();
        }
        var letters = new StringBuilder();
        for (var left = number; left > 0; left = (left - 1) / LETTERS) {
            letters.append((char) ('a' + (left - 1) % LETTERS));
        }
        return Optional.of(letters.reverse().toString());
    }

    private static OptionalInt numberOf(String letters) {
        if (letters.isEmpty()
                || letters.length() > LONGEST_NUMBER
                || letters.chars().anyMatch(c -> c < 'a' || c > 'z')) {
            return OptionalInt.empty();
        }
        var number = letters.chars().asLongStream().reduce(0, (before, letter) -> before * LETTERS + letter - 'a' + 1);
        return number <= Integer.MAX_VALUE ? OptionalInt.of((int) number) : OptionalInt.empty();
    }

    /** Shorter ones first, so that numbered ones stand in the order of their numbers. */
    @Override
    public int compareTo(Alias other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return value;
    }
}
