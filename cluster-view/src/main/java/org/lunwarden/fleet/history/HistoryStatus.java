package org.lunwarden.fleet.history;

/**
 * How the keeping of history goes.
 *
 * @param store {@code none}, {@code embedded} or {@code postgresql}
 * @param working whether the store answers, and refused nothing within the last hour or two
 * @param problem why not; empty when it works
 * @param waiting what is still to be written
 * @param written since the view was started
 * @param dropped what could not be kept since then: more waited than there is room for, or the store refused it
 */
public record HistoryStatus(String store, boolean working, String problem, int waiting, long written, long dropped) {

    public static HistoryStatus none() {
        return new HistoryStatus("none", true, "", 0, 0, 0);
    }
}
