package org.lunwarden.model.fleet;

import java.util.Comparator;

import com.fasterxml.jackson.annotation.JsonCreator;

/**
 * What a coordinator of failbacks may give orders under. No two have the same: of equal terms the one of the coordinator whose
 * address sorts last is the higher. Older members wrote the term alone.
 *
 * @param term near the time in Unix milliseconds, and above all that the coordinator has heard of
 * @param by unique address of the coordinator's member: no other has had it or will have
 */
public record Epoch(long term, String by) implements Comparable<Epoch> {

    /** Below all others. */
    public static final Epoch NONE = new Epoch(0, "");

    private static final Comparator<Epoch> ORDER =
            Comparator.comparingLong(Epoch::term).thenComparing(Epoch::by);

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    public Epoch {}

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Epoch ofTerm(long term) {
        return new Epoch(term, "");
    }

    @Override
    public int compareTo(Epoch other) {
        return ORDER.compare(this, other);
    }

    public boolean isOlderThan(Epoch other) {
        return compareTo(other) < 0;
    }

    /** The higher one. */
    public Epoch max(Epoch other) {
        return isOlderThan(other) ? other : this;
    }

    @Override
    public String toString() {
        return by.isEmpty() ? Long.toString(term) : term + " of " + by;
    }
}
