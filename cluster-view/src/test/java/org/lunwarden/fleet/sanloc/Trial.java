package org.lunwarden.fleet.sanloc;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;

import org.lunwarden.fleet.localization.RiskIndex;
import org.lunwarden.fleet.localization.RowReading;
import org.lunwarden.model.fleet.NexusState;

/** One moment of a SAN: what broke, and what hosts say of it. */
final class Trial {

    static final long ONSET = 1_760_000_000_000L;
    static final int PATHS = 16;
    static final long NOW = ONSET + 60_000;
    private static final long HOUR = 3_600_000;

    final San san;
    final List<Faults.Broken> broken;
    final RiskIndex index;

    /** Rows of which something is known. */
    final BitSet known = new BitSet();

    private final Weather weather;
    private final SplittableRandom random;
    private String last = "";

    Trial(San san, List<Faults.Broken> broken, Weather weather, SplittableRandom random) {
        this.san = san;
        this.broken = broken;
        this.weather = weather;
        this.random = random;
        index = weather.wrong() > 0 || weather.lacking() > 0 ? San.indexed(san.rows, misnamed()) : san.index;
        observe();
    }

    private void observe() {
        var worst = new double[san.rows.size()];
        for (var one : broken) {
            for (var row : san.through.getOrDefault(one.component(), new int[0])) {
                var lost = one.byPath()
                        ? lostPaths(one.fraction()) / (double) PATHS
                        : random.nextDouble() < one.fraction() ? 1 : 0;
                worst[row] = Math.max(worst[row], lost);
            }
        }
        var silent = share(weather.silent());
        var stale = share(weather.stale());
        var old = share(0.5);
        var clock = new long[san.hosts];
        for (var host = 0; host < san.hosts; host++) {
            clock[host] = Math.round(gaussian() * weather.skew() * 1000);
            clock[host] += weather.skew() > 0 && random.nextInt(100) == 0 ? (random.nextBoolean() ? HOUR : -HOUR) : 0;
            clock[host] -= Math.round(random.nextDouble() * weather.delay() * 1000);
        }
        for (var row = 0; row < worst.length; row++) {
            var host = san.host[row];
            var isNoise = random.nextDouble() < weather.noise();
            var lost = stale.get(host) ? 0 : isNoise ? 1 : worst[row];
            var state = silent.get(host) ? NexusState.UNKNOWN : state(lost);
            var reported = NOW + clock[host] - (stale.get(host) && old.get(host) ? HOUR / 6 : 0);
            var changed = lost > 0 ? ONSET + clock[host] + random.nextInt(20_000) : ONSET - 24 * HOUR + clock[host];
            index.set(row, new RowReading(state, lost, changed, reported));
            known.set(row, !silent.get(host) && !stale.get(host));
        }
    }

    private static NexusState state(double lost) {
        return lost <= 0 ? NexusState.UP : lost >= 1 ? NexusState.DOWN : NexusState.PARTIAL;
    }

    private int lostPaths(double fraction) {
        var lost = 0;
        for (var path = 0; path < PATHS; path++) {
            lost += random.nextDouble() < fraction ? 1 : 0;
        }
        return lost;
    }

    private BitSet share(double share) {
        var hosts = new BitSet();
        for (var host = 0; host < san.hosts && share > 0; host++) {
            hosts.set(host, random.nextDouble() < share);
        }
        return hosts;
    }

    private double gaussian() {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    private San.Naming misnamed() {
        var controllers = san.classes.getOrDefault("controller", List.of());
        var lacking = new HashSet<String>();
        for (var row : san.rows) {
            if (!row.host().equals(last)) {
                last = row.host();
                if (random.nextDouble() < weather.lacking()) {
                    lacking.add(row.host());
                }
            }
        }
        return row -> {
            var list = new ArrayList<>(row.components());
            if (!controllers.isEmpty() && random.nextDouble() < weather.wrong()) {
                list.removeIf(component -> component.kind().equals("controller"));
                list.add(controllers.get(random.nextInt(controllers.size())));
            }
            if (lacking.contains(row.host())) {
                list.removeIf(component -> component.kind().endsWith("Switch"));
            }
            return list;
        };
    }
}
