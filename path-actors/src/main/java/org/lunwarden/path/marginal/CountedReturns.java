package org.lunwarden.path.marginal;

import java.time.Duration;
import java.util.Optional;

import org.lunwarden.model.settings.ShakyPathRule;

/**
 * Counts how often a path came back ({@code san_path_err_*}). Good checks take returns off again; with too many the path
 * is marginal until it has not failed for long enough.
 *
 * @param failed since the last good check
 * @param forgetIn good checks, beside one more, until a return is taken off
 * @param since when it became marginal, or failed last since; empty when it is not
 */
record CountedReturns(ShakyPathRule.Counted rule, int returns, boolean failed, int forgetIn, Optional<Duration> since)
        implements Marginality {

    static CountedReturns none(ShakyPathRule.Counted rule) {
        return new CountedReturns(rule, 0, false, rule.forgetRate(), Optional.empty());
    }

    @Override
    public Marginality after(Event event, Duration now) {
        return switch (event) {
            case Failed failure -> new CountedReturns(rule, returns, true, forgetIn, since.map(before -> now));
            case Good() -> isMarginal() ? recovering(now) : failed ? returned(now) : forgetting();
            case Needed() -> isMarginal() ? none(rule) : this;
            case SampleBegun() -> this;
            case SampleEnded ended -> this;
            case SampleLost() -> this;
            case Warned warned -> this;
            case Marked() -> new MarkedByOperator(this);
            case Cleared() -> none(rule);
        };
    }

    @Override
    public boolean isMarginal() {
        return since.isPresent();
    }

    @Override
    public String why() {
        return since.map(from ->
                        "it came back %d times, %d are borne; trusted again when it has not failed for more than %d s"
                                .formatted(
                                        returns,
                                        rule.threshold(),
                                        rule.recovery().toSeconds()))
                .orElse("");
    }

    private CountedReturns recovering(Duration now) {
        if (failed) {
            return new CountedReturns(rule, returns, false, forgetIn, Optional.of(now));
        }
        return now.minus(since.orElseThrow()).compareTo(rule.recovery()) > 0 ? none(rule) : this;
    }

    private CountedReturns returned(Duration now) {
        var counted = returns + 1;
        var marginalSince = counted > rule.threshold() ? Optional.of(now) : Optional.<Duration>empty();
        return new CountedReturns(rule, counted, false, returns == 0 ? rule.forgetRate() : forgetIn, marginalSince);
    }

    private CountedReturns forgetting() {
        if (returns == 0) {
            return this;
        }
        return forgetIn > 0
                ? new CountedReturns(rule, returns, false, forgetIn - 1, since)
                : new CountedReturns(rule, returns - 1, false, rule.forgetRate(), since);
    }
}
