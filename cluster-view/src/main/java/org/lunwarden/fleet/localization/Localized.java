package org.lunwarden.fleet.localization;

import java.util.List;

/**
 * What a localization says, in the numbers of its {@link RiskIndex}.
 *
 * @param causes the strongest first
 * @param unexplained failed rows that no cause explains, ascending
 * @param worthChecking components crossed by fresh failures of two hosts or more which are not fully seen yet: checking all
 *     rows through them now tells soonest what it is; the likeliest first
 * @param lateHosts hosts of which nothing is known since they last reported too long ago
 * @param staleHosts hosts that still say up where all others say down; their rows count neither way
 * @param noise the share of rows that fail for no reason seen, as learned
 */
public record Localized(
        List<Cause> causes,
        List<Integer> unexplained,
        List<Integer> worthChecking,
        List<Integer> lateHosts,
        List<Integer> staleHosts,
        double noise) {

    public Localized {
        causes = List.copyOf(causes);
        unexplained = List.copyOf(unexplained);
        worthChecking = List.copyOf(worthChecking);
        lateHosts = List.copyOf(lateHosts);
        staleHosts = List.copyOf(staleHosts);
    }
}
