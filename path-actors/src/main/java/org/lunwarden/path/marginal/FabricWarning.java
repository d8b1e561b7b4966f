package org.lunwarden.path.marginal;

import java.time.Duration;

import org.lunwarden.model.settings.ShakyPathRule;

/** Marginal for as long as the fabric says so. */
record FabricWarning(boolean isMarginal) implements Marginality {

    @Override
    public ShakyPathRule rule() {
        return new ShakyPathRule.Fabric();
    }

    @Override
    public Marginality after(Event event, Duration now) {
        return switch (event) {
            case Warned(var marginal) -> new FabricWarning(marginal);
            case Marked() -> new MarkedByOperator(this);
            case Cleared() -> new FabricWarning(false);
            case Failed failed -> this;
            case Good() -> this;
            case Needed() -> this;
            case SampleBegun() -> this;
            case SampleEnded ended -> this;
            case SampleLost() -> this;
        };
    }

    @Override
    public String why() {
        return isMarginal
                ? "the fabric reports errors of its link; trusted again once the link comes up anew or the fabric changes"
                : "";
    }
}
