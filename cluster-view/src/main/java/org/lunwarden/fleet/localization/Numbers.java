package org.lunwarden.fleet.localization;

import java.util.AbstractList;
import java.util.RandomAccess;

/** A list of numbers that holds no object for each. */
final class Numbers extends AbstractList<Integer> implements RandomAccess {

    private final int[] numbers;

    Numbers(int[] numbers) {
        this.numbers = numbers;
    }

    @Override
    public Integer get(int at) {
        return numbers[at];
    }

    @Override
    public int size() {
        return numbers.length;
    }
}
