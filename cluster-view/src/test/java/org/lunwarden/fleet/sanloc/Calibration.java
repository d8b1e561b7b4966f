package org.lunwarden.fleet.sanloc;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether causes that are told with a confidence of 0.9 are right nine times of ten. */
final class Calibration {

    private static final int BINS = 10;

    private final List<double[]> all = new ArrayList<>();

    /** @param pairs confidence, and 1 where it was right, else 0 */
    void add(List<double[]> pairs) {
        all.addAll(pairs);
    }

    void print(PrintStream out) {
        var brier = 0.0;
        var sum = new double[BINS];
        var right = new double[BINS];
        var count = new int[BINS];
        for (var pair : all) {
            brier += (pair[0] - pair[1]) * (pair[0] - pair[1]);
            var bin = Math.min(BINS - 1, (int) (pair[0] * BINS));
            sum[bin] += pair[0];
            right[bin] += pair[1];
            count[bin]++;
        }
        out.printf("%n=== confidence of %,d causes: how many were right%n", all.size());
        var error = 0.0;
        for (var bin = 0; bin < BINS; bin++) {
            if (count[bin] > 0) {
                error += Math.abs(sum[bin] - right[bin]) / all.size();
                out.printf(
                        Locale.ROOT,
                        "told %.2f: right %.3f of %,d%n",
                        sum[bin] / count[bin],
                        right[bin] / count[bin],
                        count[bin]);
            }
        }
        out.printf(Locale.ROOT, "Brier score %.4f, expected calibration error %.4f%n", brier / all.size(), error);
    }
}
