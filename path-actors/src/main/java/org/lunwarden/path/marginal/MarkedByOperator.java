package org.lunwarden.path.marginal;

import java.time.Duration;

import org.lunwarden.model.settings.ShakyPathRule;

/**
 * Marginal until an operator takes his mark back, whatever the rule finds meanwhile.
 *
 * @param found by the rule, which goes on judging
 */
record MarkedByOperator(Marginality found) implements Marginality {

    @Override
    public ShakyPathRule rule() {
        return found.rule();
    }

    @Override
    public Marginality ruledBy(ShakyPathRule changed) {
        return new MarkedByOperator(found.ruledBy(changed));
    }

    @Override
    public Marginality after(Event event, Duration now) {
        if (event instanceof Marked) {
            return this;
        }
        var next = found.after(event, now);
        return event instanceof Cleared ? next : new MarkedByOperator(next);
    }

    @Override
    public boolean isMarginal() {
        return true;
    }

    @Override
    public boolean wantsSample() {
        return found.wantsSample();
    }

    @Override
    public boolean isSampled() {
        return found.isSampled();
    }

    @Override
    public String why() {
        return beside(found.why());
    }

    @Override
    public String charge() {
        return beside(found.charge());
    }

    private static String beside(String other) {
        return "an operator marked it, and it stays so until he takes that back"
                + (other.isEmpty() ? "" : "; besides, " + other);
    }
}
