package org.lunwarden.fleet.sanloc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.lunwarden.fleet.localization.Cause;
import org.lunwarden.fleet.localization.ComponentName;
import org.lunwarden.fleet.localization.Localized;

/** How often a method was right. Judged on what can be told apart: components that the same known rows cross are one. */
final class Marks {

    /** Of a component that no rows tell of, since its hosts are silent, nobody could say that it is broken. */
    private static final int LEAST_ROWS = 2;

    int trials;
    int exact;
    int matched;
    int told;
    int named;
    int wanted;
    int first;
    int amongThree;
    int rightClass;
    final List<double[]> confidences = new ArrayList<>();
    private long[] nanos = new long[64];
    private int timed;

    /** Gives whether it was exact. */
    boolean judge(Trial trial, Localized verdict, long took) {
        if (timed == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * timed);
        }
        nanos[timed++] = took;
        var truth = trial.broken.stream()
                .map(Faults.Broken::component)
                .filter(one -> rows(trial, one).cardinality() >= LEAST_ROWS)
                .toList();
        var found = verdict.causes().stream().map(cause -> name(trial, cause)).toList();
        if (truth.isEmpty() && !trial.broken.isEmpty()) {
            named += found.size();
            return found.isEmpty();
        }
        var hits = 0;
        for (var at = 0; at < found.size(); at++) {
            var isHit = isAny(trial, found.get(at), truth);
            hits += isHit ? 1 : 0;
            confidences.add(new double[] {verdict.causes().get(at).first().confidence(), isHit ? 1 : 0});
        }
        var all = verdict.causes().stream().flatMap(cause -> box(trial, cause)).toList();
        var isExact = (hits == truth.size() && found.size() == truth.size())
                || (found.size() <= truth.size() && isSameSet(trial, all, truth));
        trials++;
        exact += isExact ? 1 : 0;
        matched += isExact ? truth.size() : told(trial, truth, all);
        told += isExact ? truth.size() : hits;
        named += isExact ? truth.size() : found.size();
        wanted += truth.size();
        first += !found.isEmpty() && (isExact || isAny(trial, found.getFirst(), truth)) ? 1 : 0;
        amongThree +=
                isExact || ranked(trial, verdict).stream().limit(3).anyMatch(one -> isAny(trial, one, truth)) ? 1 : 0;
        rightClass += !found.isEmpty() && isOfClass(verdict.causes().getFirst(), trial, truth) ? 1 : 0;
        return isExact;
    }

    private static ComponentName name(Trial trial, Cause cause) {
        return trial.index.component(cause.first().component());
    }

    /** One switch stands under two classes where hosts and targets are both plugged into it, and is told as one cause. */
    private static Stream<ComponentName> box(Trial trial, Cause cause) {
        var first = name(trial, cause);
        return Stream.concat(
                Stream.of(first),
                cause.first().equivalent().stream()
                        .map(trial.index::component)
                        .filter(other -> other.id().equals(first.id())
                                && other.kind().endsWith("Switch")
                                && first.kind().endsWith("Switch")));
    }

    private static List<ComponentName> ranked(Trial trial, Localized verdict) {
        var all = new ArrayList<ComponentName>();
        for (var cause : verdict.causes()) {
            all.add(name(trial, cause));
            cause.runnerUp().ifPresent(other -> all.add(trial.index.component(other.component())));
        }
        return all;
    }

    private static boolean isOfClass(Cause cause, Trial trial, List<ComponentName> truth) {
        var kinds = new ArrayList<String>();
        kinds.add(name(trial, cause).kind());
        cause.first()
                .equivalent()
                .forEach(other -> kinds.add(trial.index.component(other).kind()));
        return truth.stream().anyMatch(one -> kinds.contains(one.kind()));
    }

    private static boolean isAny(Trial trial, ComponentName found, List<ComponentName> truth) {
        return truth.stream()
                .anyMatch(one -> one.equals(found) || rows(trial, one).equals(rows(trial, found)));
    }

    /** Faults that were found, however often. */
    private static int told(Trial trial, List<ComponentName> truth, List<ComponentName> found) {
        return (int) truth.stream().filter(one -> isAny(trial, one, found)).count();
    }

    private static BitSet rows(Trial trial, ComponentName component) {
        var rows = Faults.bits(trial.san.through.getOrDefault(component, new int[0]));
        rows.and(trial.known);
        return rows;
    }

    /** Whether what was found takes down exactly what the truth does, with no more faults: nobody could tell. */
    private static boolean isSameSet(Trial trial, List<ComponentName> found, List<ComponentName> truth) {
        if (found.isEmpty() || trial.broken.stream().anyMatch(one -> one.fraction() < 1)) {
            return false;
        }
        return union(trial, found).equals(union(trial, truth));
    }

    private static BitSet union(Trial trial, List<ComponentName> components) {
        var all = new BitSet();
        components.forEach(one -> all.or(rows(trial, one)));
        return all;
    }

    double exactRate() {
        return exact / (double) Math.max(1, trials);
    }

    double precision() {
        return named == 0 ? (wanted == 0 ? 1 : 0) : told / (double) named;
    }

    double recall() {
        return wanted == 0 ? 1 : matched / (double) wanted;
    }

    /** Milliseconds over all; {@code share} 0.5 is the median, 1 the longest. */
    static double millis(List<Marks> all, double share) {
        var sorted = all.stream()
                .flatMapToLong(marks -> Arrays.stream(marks.nanos, 0, marks.timed))
                .sorted()
                .toArray();
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1.0, Math.rint(share * (sorted.length - 1)))] / 1e6;
    }

    static final String HEAD =
            "%-12s %6s %6s %6s %6s %6s %6s %6s".formatted("method", "exact", "P", "R", "F1", "top-1", "top-3", "class");

    String line(String method) {
        var p = precision();
        var r = recall();
        return String.format(
                Locale.ROOT,
                "%-12s %6.3f %6.3f %6.3f %6.3f %6.3f %6.3f %6.3f",
                method,
                exactRate(),
                p,
                r,
                p + r == 0 ? 0 : 2 * p * r / (p + r),
                first / (double) Math.max(1, trials),
                amongThree / (double) Math.max(1, trials),
                rightClass / (double) Math.max(1, trials));
    }
}
