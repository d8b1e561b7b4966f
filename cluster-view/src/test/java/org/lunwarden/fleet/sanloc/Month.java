package org.lunwarden.fleet.sanloc;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;

import org.lunwarden.fleet.localization.ComponentName;
import org.lunwarden.fleet.localization.Localization;
import org.lunwarden.fleet.localization.LocalizationSettings;
import org.lunwarden.fleet.localization.RowReading;
import org.lunwarden.model.fleet.NexusState;

/**
 * Thirty days on which nothing is broken but single nexuses, one after the other and some at once: each fails at a rate of
 * 1e-3 a day and is back after half an hour on average. Looked at whenever a nexus changes, which is all that can change a
 * verdict; a cause that was not told at the look before is a false incident.
 */
final class Month {

    private static final double DAYS = 30;
    private static final double RATE = 1e-3;
    private static final double MEAN_DAYS_DOWN = 0.5 / 24;
    private static final double MILLIS_A_DAY = 86_400_000;

    private final Family.Size size;
    private final long seed;

    private record Back(double day, int row) {}

    Month(Family.Size size, long seed) {
        this.size = size;
        this.seed = seed;
    }

    void run(PrintStream out) {
        var san = Family.CORE_EDGE_4.plan(size, false, seed);
        var random = new SplittableRandom(seed);
        var rows = san.rows.size();
        for (var row = 0; row < rows; row++) {
            set(san, row, NexusState.UP, 0);
        }
        var back = new PriorityQueue<Back>((one, other) -> Double.compare(one.day, other.day));
        var next = exponential(random, 1 / (RATE * rows));
        var told = Set.<ComponentName>of();
        var looks = 0;
        var incidents = 0;
        var most = 0;
        var start = System.nanoTime();
        while (next < DAYS) {
            if (!back.isEmpty() && back.peek().day < next) {
                var one = back.poll();
                set(san, one.row, NexusState.UP, one.day);
            } else {
                var row = random.nextInt(rows);
                set(san, row, NexusState.DOWN, next);
                back.add(new Back(next + exponential(random, MEAN_DAYS_DOWN), row));
                next += exponential(random, 1 / (RATE * rows));
            }
            most = Math.max(most, san.index.failedRows());
            var now = new HashSet<ComponentName>();
            for (var cause :
                    Localization.of(san.index, LocalizationSettings.DEFAULTS).causes()) {
                var name = san.index.component(cause.first().component());
                now.add(name);
                incidents += told.contains(name) ? 0 : 1;
            }
            told = now;
            looks++;
        }
        out.printf(
                Locale.ROOT,
                "%n=== 30 days of noise, %,d nexuses of %,d hosts: %,d looks, at most %d down at once, false incidents %d (target < 1); %.2f ms a look%n",
                rows,
                size.hosts(),
                looks,
                most,
                incidents,
                (System.nanoTime() - start) / 1e6 / looks);
    }

    private static void set(San san, int row, NexusState state, double day) {
        var at = Trial.ONSET + Math.round(day * MILLIS_A_DAY);
        san.index.set(row, new RowReading(state, 0, at, RowReading.NO_TIME));
    }

    private static double exponential(SplittableRandom random, double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }
}
