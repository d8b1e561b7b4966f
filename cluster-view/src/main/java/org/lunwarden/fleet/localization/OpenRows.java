package org.lunwarden.fleet.localization;

import java.util.Arrays;

/** The failed rows of a fault that no other one explains, counted by candidate. One for all faults: most touch few. */
final class OpenRows {

    final int[] count;
    final int[] down;
    final double[] failed;
    final boolean[] isOpen;
    private final Observed seen;
    private final int[] touched;
    private int touchedCount;
    private int[] rows = new int[0];

    OpenRows(Observed seen) {
        this.seen = seen;
        count = new int[seen.candidates.length];
        down = new int[seen.candidates.length];
        failed = new double[seen.candidates.length];
        touched = new int[seen.candidates.length];
        isOpen = new boolean[seen.failed.length];
    }

    void set(int[] numbers) {
        clear();
        rows = numbers;
        for (var number : numbers) {
            isOpen[number] = true;
        }
        if (2 * numbers.length > seen.failed.length) {
            countAllButTheRest();
        } else {
            for (var number : numbers) {
                add(number);
            }
        }
    }

    private void add(int number) {
        for (var at = seen.start[number]; at < seen.start[number + 1]; at++) {
            var candidate = seen.crossed[at];
            if (count[candidate]++ == 0) {
                touched[touchedCount++] = candidate;
            }
            down[candidate] += seen.share[number] >= 1 ? 1 : 0;
            failed[candidate] += seen.share[number];
        }
    }

    private void remove(int number) {
        for (var at = seen.start[number]; at < seen.start[number + 1]; at++) {
            var candidate = seen.crossed[at];
            count[candidate]--;
            down[candidate] -= seen.share[number] >= 1 ? 1 : 0;
            failed[candidate] -= seen.share[number];
        }
    }

    private void countAllButTheRest() {
        System.arraycopy(seen.failedCount, 0, count, 0, count.length);
        System.arraycopy(seen.down, 0, down, 0, down.length);
        System.arraycopy(seen.failedShare, 0, failed, 0, failed.length);
        for (var number = 0; number < isOpen.length; number++) {
            if (!isOpen[number]) {
                remove(number);
            }
        }
        for (var candidate = 0; candidate < count.length; candidate++) {
            if (count[candidate] > 0) {
                touched[touchedCount++] = candidate;
            } else {
                failed[candidate] = 0;
            }
        }
    }

    private void clear() {
        for (var i = 0; i < touchedCount; i++) {
            count[touched[i]] = 0;
            down[touched[i]] = 0;
            failed[touched[i]] = 0;
        }
        for (var row : rows) {
            isOpen[row] = false;
        }
        touchedCount = 0;
    }

    /** Those that an open row crosses, ascending. */
    int[] candidates() {
        var all = Arrays.copyOf(touched, touchedCount);
        Arrays.sort(all);
        return all;
    }
}
