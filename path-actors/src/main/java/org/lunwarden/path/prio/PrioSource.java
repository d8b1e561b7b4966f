package org.lunwarden.path.prio;

import java.util.Optional;
import java.util.OptionalInt;

import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.model.settings.PrioKind;

/** Where a path's priority comes from now. */
sealed interface PrioSource {

    record Constant() implements PrioSource {}

    /** The access state that the kernel's handler follows. */
    record Sysfs() implements PrioSource {}

    /** @param group target port group whose state is asked from the array */
    record Alua(int group) implements PrioSource {}

    /** The prioritizer of the settings, where nothing better was detected. */
    record Configured(PrioKind kind) implements PrioSource {}

    /** It is not known yet whether the device has target port groups. */
    record Unknown() implements PrioSource {}

    /**
     * Decides. Detection prefers the kernel's word to a command of our own. ALUA that was asked for and is not there
     * falls back to a constant, so that the map is still built.
     *
     * @param accessState as in sysfs; empty when the kernel has no handler for the device
     * @param group target port group of VPD page 0x83
     * @param portGroups whether INQUIRY says that target port groups can be reported; empty when it was not answered
     */
    static PrioSource choose(
            PathSettings settings, String accessState, OptionalInt group, Optional<Boolean> portGroups) {
        if (settings.detectPrio() && !accessState.isEmpty()) {
            return new Sysfs();
        }
        var wantsAlua = settings.detectPrio() || settings.prio() == PrioKind.ALUA;
        if (wantsAlua && group.isPresent()) {
            if (portGroups.isEmpty()) {
                return new Unknown();
            }
            if (portGroups.get()) {
                return new Alua(group.getAsInt());
            }
        }
        return switch (settings.prio()) {
            case SYSFS -> new Sysfs();
            case CONST, ALUA -> new Constant();
            case RANDOM, EMC, RDAC, HP_SW, HDS, PATH_LATENCY, IET, DATACORE, WEIGHTEDPATH ->
                new Configured(settings.prio());
        };
    }
}
