package org.lunwarden.path.marginal;

import java.time.Duration;

import org.lunwarden.model.settings.ShakyPathRule;

/**
 * Whether a path that works is marginal: it fails too often to be relied on. Pure; the time is the host's uptime. What
 * follows from it, that the path is held back or comes behind all others, is not decided here.
 */
public sealed interface Marginality
        permits NeverMarginal, CountedReturns, SampledReads, FabricWarning, MarkedByOperator {

    /** What befell the path. */
    sealed interface Event {}

    /**
     * A check found it bad, or the kernel failed it.
     *
     * @param fell whether it was in working order before
     */
    record Failed(boolean fell) implements Event {}

    /** A check found it good. */
    record Good() implements Event {}

    /** Its map has no other path left: it is better than none. */
    record Needed() implements Event {}

    /** The reads that were wanted are under way. */
    record SampleBegun() implements Event {}

    /** @param errors of the {@code reads} that came to an end */
    record SampleEnded(long reads, long errors) implements Event {}

    /** The reads came to nothing, and not for the device's sake. */
    record SampleLost() implements Event {}

    /** The fabric told of its link. */
    record Warned(boolean marginal) implements Event {}

    /** An operator wants it behind all others, until {@link Cleared}. */
    record Marked() implements Event {}

    /** An operator trusts it: all that is held against it is forgotten. It is judged on. */
    record Cleared() implements Event {}

    /** A path that nothing is held against. */
    static Marginality under(ShakyPathRule rule) {
        return switch (rule) {
            case ShakyPathRule.None() -> new NeverMarginal();
            case ShakyPathRule.Fabric() -> new FabricWarning(false);
            case ShakyPathRule.Counted counted -> CountedReturns.none(counted);
            case ShakyPathRule.Sampled sampled -> SampledReads.none(sampled);
        };
    }

    ShakyPathRule rule();

    Marginality after(Event event, Duration now);

    boolean isMarginal();

    /** What the rule alone makes of it, without an operator's mark. */
    default Marginality found() {
        return this;
    }

    /** The same path under that rule: another one than before begins anew. */
    default Marginality ruledBy(ShakyPathRule changed) {
        return changed.equals(rule()) ? this : under(changed);
    }

    /** Whether the path is to be read now, as soon as there is a place among those that are. */
    default boolean wantsSample() {
        return false;
    }

    /** Whether it is being read. */
    default boolean isSampled() {
        return false;
    }

    /** Why it is marginal, and until when, in words; empty when it is not. */
    String why();

    /** What is held against it: the same, but for how far a trial of it has come. */
    default String charge() {
        return why();
    }
}
