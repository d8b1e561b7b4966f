package org.lunwarden.fleet.localization;

import java.util.List;

/**
 * A component that may be the cause, in the numbers of a {@link RiskIndex}.
 *
 * @param equivalent components that exactly the same known rows cross, most likely first
 * @param hidden components that other rows cross too, but only such as another cause took down as well: beside that
 *     cause they explain all as well as this one does
 * @param together sets of components that cross exactly the same rows when taken together: that all of one set failed at
 *     once looks the same
 * @param fraction fitted share of the traffic through it that fails
 * @param confidence from 0 to 1 that the cause is this component, or one that cannot be told from it
 * @param down rows through it that are down as a whole
 * @param partial rows through it that failed in part
 * @param up rows through it that are up
 * @param neutral rows through it of which nothing is known
 * @param hosts hosts of those that failed
 */
public record Suspicion(
        int component,
        List<Integer> equivalent,
        List<Integer> hidden,
        List<List<Integer>> together,
        double fraction,
        double confidence,
        int down,
        int partial,
        int up,
        int neutral,
        int hosts) {

    public Suspicion {
        equivalent = List.copyOf(equivalent);
        hidden = List.copyOf(hidden);
        together = List.copyOf(together);
    }
}
