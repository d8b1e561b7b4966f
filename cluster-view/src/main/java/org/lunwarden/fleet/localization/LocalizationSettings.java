package org.lunwarden.fleet.localization;

import java.util.Set;

/**
 * How evidence is weighed.
 *
 * @param noise share of rows that fail at any time for no reason that could be seen, above 0 and below 1; what a
 *     diagnosis finds unexplained corrects it
 * @param minFailed failed rows that a cause needs
 * @param indecision up to this gap two explanations are not told apart
 * @param faultsOfClass of each class, so many components are expected to be faulty at a moment
 * @param changed components that were changed lately: more likely to be faulty
 * @param changedFactor how much more likely
 */
public record LocalizationSettings(
        double noise,
        int minFailed,
        double indecision,
        double faultsOfClass,
        Set<ComponentName> changed,
        double changedFactor) {

    public static final LocalizationSettings DEFAULTS = new LocalizationSettings(1e-3, 2, 2, 0.01, Set.of(), 30);

    /** @throws IllegalArgumentException when a value is out of its range */
    public LocalizationSettings {
        if (!(noise > 0 && noise < 1)
                || minFailed < 1
                || !(indecision >= 0)
                || !(faultsOfClass > 0)
                || !(changedFactor >= 1)) {
            throw new IllegalArgumentException("noise " + noise + ", minFailed " + minFailed + ", indecision "
                    + indecision + ", faultsOfClass " + faultsOfClass + ", changedFactor " + changedFactor);
        }
        changed = Set.copyOf(changed);
    }

    LocalizationSettings withChanged(Set<ComponentName> components) {
        return new LocalizationSettings(noise, minFailed, indecision, faultsOfClass, components, changedFactor);
    }
}
