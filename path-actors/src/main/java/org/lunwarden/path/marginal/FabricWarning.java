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
        return event instanceof Warned(var marginal) ? new FabricWarning(marginal) : this;
    }

    @Override
    public String why() {
        return isMarginal
                ? "the fabric reports errors of its link; trusted again once the link comes up anew or the fabric changes"
                : "";
    }
}
