package org.lunwarden.fleet.diagnosis;

import java.time.Duration;

/**
 * How evidence is weighed.
 *
 * @param noise share of nexuses that are down at any time for no reason the fleet could see, above 0 and below 1
 * @param silentAfter a host whose last sign of life is older is silent: nothing is known of its nexuses
 * @param minFailed failed nexuses that a finding needs
 * @param indecision up to this log-likelihood gap two explanations are not told apart
 */
public record DiagnosisSettings(double noise, Duration silentAfter, int minFailed, double indecision) {

    public static final DiagnosisSettings DEFAULTS = new DiagnosisSettings(1e-3, Duration.ofSeconds(6), 2, 2.0);

    /** @throws IllegalArgumentException when a value is out of its range */
    public DiagnosisSettings {
        if (!(noise > 0 && noise < 1) || silentAfter.isNegative() || minFailed < 1 || !(indecision >= 0)) {
            throw new IllegalArgumentException("noise " + noise + ", silentAfter " + silentAfter + ", minFailed "
                    + minFailed + ", indecision " + indecision);
        }
    }
}
