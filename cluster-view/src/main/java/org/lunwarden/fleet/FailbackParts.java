package org.lunwarden.fleet;

import java.time.InstantSource;
import java.util.Collection;
import java.util.function.Supplier;

import org.lunwarden.fleet.alert.Window;
import org.lunwarden.fleet.failback.AutoPolicy;
import org.lunwarden.fleet.failback.FailbackSettings;

/**
 * What the coordinator of failbacks is given.
 *
 * @param auto when one may begin without anybody's word
 * @param windows silences and maintenance
 * @param self unique address of the member, {@code host:port#uid}
 */
record FailbackParts(
        FailbackSettings settings,
        AutoPolicy auto,
        Supplier<? extends Collection<Window>> windows,
        String self,
        InstantSource clock) {}
