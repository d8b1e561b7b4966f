package org.lunwarden.model.settings;

import java.time.Duration;

/** By what a path that works is held to be marginal; at most one method is in force (multipath.conf(5)). */
public sealed interface ShakyPathRule {

    record None() implements ShakyPathRule {}

    /** What the fabric tells of its links ({@code marginal_pathgroups fpin}). */
    record Fabric() implements ShakyPathRule {}

    /**
     * Returns are counted ({@code san_path_err_*}).
     *
     * @param threshold returns that are borne
     * @param forgetRate good checks, beside one more, that make up for one return
     * @param recovery how long it must not have failed
     */
    record Counted(int threshold, int forgetRate, Duration recovery) implements ShakyPathRule {}

    /**
     * Reads are counted ({@code marginal_path_*}).
     *
     * @param doubleFailed two failures within that time make it suspect
     * @param sample how long it is read then
     * @param threshold errors in a thousand reads that are borne
     * @param recheckGap until it is read again
     */
    record Sampled(Duration doubleFailed, Duration sample, int threshold, Duration recheckGap)
            implements ShakyPathRule {}
}
