package org.lunwarden.fleet.localization;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Finds the components that most likely took rows down.
 *
 * <p>A bipartite risk model: a row with the components {@code C} fails with probability {@code 1 - (1 - noise) * product
 * over faulty c in C of (1 - fraction(c))}. Sought is the set of faulty components with the greatest posterior likelihood:
 * greedily, hard faults first and partial ones after them, under several notions of hard; each set is pruned and refitted,
 * the likeliest one is kept and then bettered by exchanging its faults. What is found tells which hosts report old news and
 * how much noise there is; with both known, the search is done once more. The result does not depend on the order of the
 * rows.
 */
public final class Localization {

    private Localization() {}

    public static Localized of(RiskIndex index, LocalizationSettings settings) {
        var priors = new ClassPriors(index, settings);
        var freshness = new Freshness(index);
        var late = freshness.late();
        var seenFirst = new Observed(index, upRowsOf(index, late), late);
        var first = found(seenFirst, new Hypothesis.Scale(settings.noise(), priors, settings.minFailed()), List.of());

        var lacking = Awareness.lacking(freshness, seenFirst, first.set);
        var unaware = lacking.hosts();
        unaware.or(late);
        var stale = new StaleHosts(seenFirst).under(first.set);
        stale.andNot(unaware);
        var told = News.byCauses(seenFirst, first.set, freshness, lacking.newest());
        var seen = seenFirst;
        var isAsBefore = stale.isEmpty() && unaware.equals(late);
        if (!isAsBefore || !Arrays.equals(told, seenFirst.told)) {
            var out = (BitSet) stale.clone();
            out.or(unaware);
            seen = new Observed(seenFirst, upRowsOf(index, out), unaware, told);
        }
        Found best = null;
        for (var noise : Noise.tries(seenFirst, first.set, settings.noise())) {
            var known = isAsBefore && best == null ? first.set.faults() : List.<Fault>of();
            var next = found(seen, new Hypothesis.Scale(noise, priors, settings.minFailed()), known);
            if (best == null || next.absolute > best.absolute) {
                best = next;
            }
        }
        Objects.requireNonNull(best);
        var given = priors.given(seen, best.set.faults());
        if (given != priors) {
            var scale = new Hypothesis.Scale(best.scale.noise(), given, settings.minFailed());
            best = new Found(withWhole(seen, scale, best.set.faults()), scale, best.absolute);
        }
        var wake = new Wake(seen, best.set.faults(), freshness);
        var judge = new Judge(seen, best.set, wake, best.scale, settings.indecision());
        return new Localized(
                judge.causes(),
                judge.unexplained(),
                new WorthChecking(seen, best.set, best.scale).components(),
                unaware.stream().boxed().toList(),
                stale.stream().boxed().toList(),
                best.scale.noise());
    }

    /** What goes on takes its victims down as a whole: it speaks for no slight loss that chance explained, and against no fault. */
    private static Hypothesis withWhole(Observed seen, Hypothesis.Scale scale, List<Fault> known) {
        var before = known.stream().map(Fault::candidate).toList();
        var more = new Search(seen, scale)
                .from(known).faults().stream()
                        .filter(fault -> ClassPriors.isWhole(fault) && !before.contains(fault.candidate()));
        var set = Hypothesis.of(seen, scale, Stream.concat(known.stream(), more).toList());
        set.refine();
        var same = Hypothesis.of(seen, scale, known);
        return set.logLikelihood() > same.logLikelihood() ? set : same;
    }

    /** @param absolute logarithm of its likelihood, comparable over different noise */
    private record Found(Hypothesis set, Hypothesis.Scale scale, double absolute) {}

    private static Found found(Observed seen, Hypothesis.Scale scale, List<Fault> known) {
        var search = new Search(seen, scale);
        var set = known.isEmpty() ? search.likeliest() : search.from(known);
        var works = seen.index.knownRows() - seen.failed.length;
        var noise = seen.failed.length * Math.log(scale.noise()) + works * Math.log1p(-scale.noise());
        return new Found(set, scale, set.logLikelihood() + noise + Noise.prior(scale.noise()));
    }

    private static BitSet upRowsOf(RiskIndex index, BitSet hosts) {
        var rows = new BitSet();
        if (!hosts.isEmpty()) {
            for (var row = 0; row < index.size(); row++) {
                rows.set(row, index.isUp(row) && hosts.get(index.hostOf[row]));
            }
        }
        return rows;
    }
}
