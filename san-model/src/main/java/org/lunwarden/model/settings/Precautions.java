package org.lunwarden.model.settings;

/**
 * What is done about a path that fails, or may.
 *
 * @param marginalGroups a marginal path stays in use, behind all others, instead of being held back
 * @param purgeDisconnected a device whose unit the array no longer maps is taken from the host
 * @param recheckWwid a disk that turns out to be another unit is read anew, so that it may become that unit's path
 * @param logEachFailure each check that finds the path unusable is logged, not the first one alone
 */
public record Precautions(
        ShakyPathRule shaky,
        boolean marginalGroups,
        TransportTimeouts transport,
        boolean purgeDisconnected,
        boolean recheckWwid,
        boolean logEachFailure) {

    public static final Precautions NONE =
            new Precautions(new ShakyPathRule.None(), false, TransportTimeouts.UNSET, false, false, false);

    public Precautions with(ShakyPathRule rule, boolean groups) {
        return new Precautions(rule, groups, transport, purgeDisconnected, recheckWwid, logEachFailure);
    }
}
