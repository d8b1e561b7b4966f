package org.lunwarden.fleet;

import java.nio.file.Path;
import java.util.Optional;

import org.lunwarden.fleet.failback.AutoPolicy;
import org.lunwarden.fleet.failback.FailbackSettings;

/**
 * How maps are moved back to their best group. The same on all views.
 *
 * @param auto when one may begin without anybody's word
 * @param folder in which a view keeps how failbacks stand, so that they survive a restart of all views; nothing is begun before
 *     most of the seeds have it there. Empty: they do not survive it
 */
public record Failbacks(FailbackSettings pace, AutoPolicy auto, Optional<Path> folder) {

    public static final Failbacks DEFAULT = new Failbacks(FailbackSettings.DEFAULTS, AutoPolicy.OFF, Optional.empty());
}
