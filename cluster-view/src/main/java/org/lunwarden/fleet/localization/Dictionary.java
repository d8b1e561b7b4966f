package org.lunwarden.fleet.localization;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** Numbers for names, in the order in which they are first heard. */
final class Dictionary<T> {

    private final Map<T, Integer> numbers = new HashMap<>();
    private T[] names;
    private int size;

    Dictionary(T[] empty) {
        names = empty;
    }

    int number(T name) {
        var known = numbers.get(name);
        if (known != null) {
            return known;
        }
        if (size == names.length) {
            names = Arrays.copyOf(names, Math.max(16, 2 * size));
        }
        names[size] = name;
        numbers.put(name, size);
        return size++;
    }

    int size() {
        return size;
    }

    T name(int number) {
        return names[number];
    }

    /** Number -> place of its name in the order. */
    int[] ranks(Comparator<? super T> order) {
        var sorted = new Integer[size];
        Arrays.setAll(sorted, number -> number);
        Arrays.sort(sorted, (one, other) -> order.compare(names[one], names[other]));
        var ranks = new int[size];
        for (var rank = 0; rank < size; rank++) {
            ranks[sorted[rank]] = rank;
        }
        return ranks;
    }

    /** All names, each in its place. */
    T[] placed(int[] ranks) {
        var placed = Arrays.copyOf(names, size);
        for (var number = 0; number < size; number++) {
            placed[ranks[number]] = names[number];
        }
        return placed;
    }
}
