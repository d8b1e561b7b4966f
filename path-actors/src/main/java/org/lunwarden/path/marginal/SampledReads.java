package org.lunwarden.path.marginal;

import java.time.Duration;
import java.util.Optional;

import org.lunwarden.model.settings.ShakyPathRule;

/**
 * A path that fails twice in a short time is read for a while, and trusted again when few of the reads fail
 * ({@code marginal_path_*}). It is marginal until then.
 */
record SampledReads(ShakyPathRule.Sampled rule, Stage stage) implements Marginality {

    /** How far it has come. */
    sealed interface Stage {}

    /** @param failedAt when it failed last */
    record Trusted(Optional<Duration> failedAt) implements Stage {}

    /** It failed twice; no check has found it good since. */
    record Suspect() implements Stage {}

    /** It is to be read. */
    record Ready() implements Stage {}

    record Sampling() implements Stage {}

    /** Too many reads failed. */
    record Resting(Duration until, long perMille) implements Stage {}

    private static final long ALL = 1_000;

    static SampledReads none(ShakyPathRule.Sampled rule) {
        return new SampledReads(rule, new Trusted(Optional.empty()));
    }

    @Override
    public Marginality after(Event event, Duration now) {
        return switch (event) {
            case Failed(var fell) -> fell ? failed(now) : this;
            case Good() -> good(now);
            case Needed() -> isMarginal() ? none(rule) : this;
            case SampleBegun() -> stage instanceof Ready ? in(new Sampling()) : this;
            case SampleEnded(var reads, var errors) -> stage instanceof Sampling ? judged(reads, errors, now) : this;
            case SampleLost() -> stage instanceof Sampling ? in(new Suspect()) : this;
            case Warned warned -> this;
            case Marked() -> new MarkedByOperator(this);
            case Cleared() -> none(rule);
        };
    }

    @Override
    public boolean isMarginal() {
        return !(stage instanceof Trusted);
    }

    @Override
    public boolean wantsSample() {
        return stage instanceof Ready;
    }

    @Override
    public boolean isSampled() {
        return stage instanceof Sampling;
    }

    @Override
    public String charge() {
        return isMarginal() && !(stage instanceof Resting) ? failedTwice() : why();
    }

    private String failedTwice() {
        return "it failed twice within " + rule.doubleFailed().toSeconds() + " s";
    }

    @Override
    public String why() {
        var failedTwice = failedTwice();
        return switch (stage) {
            case Trusted trusted -> "";
            case Suspect() -> failedTwice + "; will be read for errors once it works";
            case Ready() -> failedTwice + "; waits for its turn to be read for errors";
            case Sampling() ->
                failedTwice + "; is read for errors for " + rule.sample().toSeconds() + " s";
            case Resting(var until, var perMille) ->
                "%d of 1000 reads failed, %d are borne; will be read again after %d s"
                        .formatted(perMille, rule.threshold(), rule.recheckGap().toSeconds());
        };
    }

    private SampledReads failed(Duration now) {
        return switch (stage) {
            case Trusted(var before) ->
                before.filter(at -> now.minus(at).compareTo(rule.doubleFailed()) <= 0)
                                .isPresent()
                        ? in(new Suspect())
                        : in(new Trusted(Optional.of(now)));
            case Ready() -> in(new Suspect());
            case Suspect() -> this;
            case Sampling() -> this;
            case Resting resting -> this;
        };
    }

    private SampledReads good(Duration now) {
        return switch (stage) {
            case Suspect() -> in(new Ready());
            case Resting(var until, var perMille) -> now.compareTo(until) >= 0 ? in(new Ready()) : this;
            case Trusted trusted -> this;
            case Ready() -> this;
            case Sampling() -> this;
        };
    }

    private SampledReads judged(long reads, long errors, Duration now) {
        if (reads == 0) {
            // nothing could be asked, which says nothing of the path
            return in(new Suspect());
        }
        var perMille = errors * ALL / reads;
        return perMille <= rule.threshold() ? none(rule) : in(new Resting(now.plus(rule.recheckGap()), perMille));
    }

    private SampledReads in(Stage next) {
        return new SampledReads(rule, next);
    }
}
