package org.lunwarden.model.settings;

/**
 * What is done about a path that cannot be relied on.
 *
 * @param marginalGroups a marginal path stays in use, behind all others, instead of being held back
 */
public record Precautions(ShakyPathRule shaky, boolean marginalGroups) {

    public static final Precautions NONE = new Precautions(new ShakyPathRule.None(), false);
}
