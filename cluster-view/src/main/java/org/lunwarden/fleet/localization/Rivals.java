package org.lunwarden.fleet.localization;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What else could explain the failures of a fault, all other faults given. */
final class Rivals {

    /** Explanations that differ by no more, priors apart, are the same to the data. */
    private static final double SAME = 0.05;

    private static final double EXPLAINED = 0.01;

    private final Observed seen;
    private final Hypothesis.Scale scale;
    private final Hypothesis set;
    private final boolean[] isTaken;
    private final Alone alone;
    private final OpenRows open;
    private final int[] tally;

    /** @param score how much it gains over noise */
    record Rival(int candidate, double fraction, double score) {}

    /**
     * @param own what the fault itself gains, measured in the same way
     * @param best the best other one
     * @param same those that explain the same to the data
     */
    record Comparison(double own, Optional<Rival> best, List<Rival> same) {}

    Rivals(Observed seen, Hypothesis.Scale scale, Hypothesis set) {
        this.seen = seen;
        this.scale = scale;
        this.set = set;
        isTaken = new boolean[seen.candidates.length];
        set.faults().forEach(fault -> isTaken[fault.candidate()] = true);
        alone = new Alone(seen, scale);
        open = new OpenRows(seen);
        tally = new int[seen.shares.length];
    }

    Comparison of(Fault fault) {
        open.set(set.left(fault, EXPLAINED));
        var own = rival(fault.candidate());
        var ownPlain = own.score() - prior(fault.candidate());
        Rival best = null;
        var same = new ArrayList<Rival>();
        for (var candidate : open.candidates()) {
            var most = open.count[candidate] * scale.most();
            var isHopeless = most < ownPlain - SAME && most + prior(candidate) <= (best == null ? 0 : best.score());
            if (isTaken[candidate] || isHopeless || seen.areAlike(candidate, fault.candidate())) {
                continue;
            }
            var rival = rival(candidate);
            if (Math.abs(rival.score() - prior(candidate) - ownPlain) < SAME) {
                same.add(rival);
            } else if (rival.score() > 0 && (best == null || rival.score() > best.score() + 1e-9)) {
                best = rival;
            }
        }
        return new Comparison(own.score(), Optional.ofNullable(best), same);
    }

    private Rival rival(int candidate) {
        var fault = seen.working.fitted(candidate, open.count[candidate], open.failed[candidate], seen.up[candidate]);
        var score = prior(candidate)
                + seen.working.log(candidate, fault.activity())
                + open.down[candidate] * scale.log(fault, 1);
        if (open.down[candidate] < open.count[candidate]) {
            for (var at = seen.rowsStart[candidate]; at < seen.rowsStart[candidate + 1]; at++) {
                tally[seen.shareOf[seen.rows[at]]] += open.isOpen[seen.rows[at]] ? 1 : 0;
            }
            score += alone.inPart(fault, tally);
        }
        return new Rival(candidate, fault.fraction(), score);
    }

    private double prior(int candidate) {
        return scale.priors().of(seen.candidates[candidate]);
    }
}
