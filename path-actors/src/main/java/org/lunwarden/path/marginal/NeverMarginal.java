package org.lunwarden.path.marginal;

import java.time.Duration;

import org.lunwarden.model.settings.ShakyPathRule;

/** Nobody asked for anything else. */
record NeverMarginal() implements Marginality {

    @Override
    public ShakyPathRule rule() {
        return new ShakyPathRule.None();
    }

    @Override
    public Marginality after(Event event, Duration now) {
        return event instanceof Marked ? new MarkedByOperator(this) : this;
    }

    @Override
    public boolean isMarginal() {
        return false;
    }

    @Override
    public String why() {
        return "";
    }
}
