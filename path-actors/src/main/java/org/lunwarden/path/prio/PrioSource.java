package org.lunwarden.path.prio;

import java.util.Optional;
import java.util.OptionalInt;

import org.lunwarden.model.scsi.StandardInquiry;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.model.settings.PrioKind;

/** Where a path's priority comes from now. */
sealed interface PrioSource {

    record Constant() implements PrioSource {}

    /**
     * The access state that the kernel's handler follows.
     *
     * @param exclusive a preferred path is a group of its own
     */
    record Sysfs(boolean exclusive) implements PrioSource {}

    /**
     * @param group target port group whose state is asked from the array
     * @param exclusive as above
     */
    record Alua(int group, boolean exclusive) implements PrioSource {}

    /** The access state that an NVMe controller reports. */
    record Ana() implements PrioSource {}

    /** The prioritizer of the settings, where nothing better was detected. */
    record Configured(PrioKind kind) implements PrioSource {}

    /** It is not known yet what the device can tell. */
    record Unknown() implements PrioSource {}

    /** The prioritizer by its name; empty while it is not known. */
    default Optional<PrioKind> prioritizer() {
        return switch (this) {
            case Constant() -> Optional.of(PrioKind.CONST);
            case Sysfs sysfs -> Optional.of(PrioKind.SYSFS);
            case Alua alua -> Optional.of(PrioKind.ALUA);
            case Ana() -> Optional.of(PrioKind.ANA);
            case Configured(var kind) -> Optional.of(kind);
            case Unknown() -> Optional.empty();
        };
    }

    /**
     * Decides for a SCSI disk. What is detected has no arguments. Detection prefers the kernel's word to a command of our
     * own, of an array that has target port groups: other arrays' handlers follow states of other meaning. So they may of an
     * RDAC array whose access states no command changes: it is asked itself. ALUA that was asked for and is not there falls
     * back to a constant, so that the map is still built.
     *
     * @param accessState as in sysfs; empty when the kernel has no handler for the device
     * @param group target port group of VPD page 0x83
     * @param inquiry empty when it was not answered
     * @param ownerPage whether the disk has the page of RDAC arrays; empty when that is not known
     */
    static PrioSource ofScsi(
            PathSettings settings,
            String accessState,
            OptionalInt group,
            Optional<StandardInquiry> inquiry,
            Optional<Boolean> ownerPage) {
        var kernelTells = settings.detectPrio() && !accessState.isEmpty();
        var wantsAlua = (settings.detectPrio() || settings.prio() == PrioKind.ALUA) && group.isPresent();
        if (!kernelTells && !wantsAlua) {
            return configured(settings);
        }
        if (inquiry.isEmpty()) {
            return new Unknown();
        }
        if (!inquiry.get().hasTargetPortGroups()) {
            return configured(settings);
        }
        var doubtful = kernelTells && inquiry.get().isImplicitOnly();
        if (doubtful && ownerPage.isEmpty()) {
            return new Unknown();
        }
        if (kernelTells && !(doubtful && ownerPage.get())) {
            return new Sysfs(false);
        }
        return wantsAlua
                ? new Alua(group.getAsInt(), !settings.detectPrio() && settings.exclusivePrefBit())
                : configured(settings);
    }

    /**
     * Decides for an NVMe namespace.
     *
     * @param ana whether its controller reports asymmetric access; empty when that was not answered
     */
    static PrioSource ofNvme(PathSettings settings, Optional<Boolean> ana) {
        if (settings.detectPrio()) {
            if (ana.isEmpty()) {
                return new Unknown();
            }
            if (ana.get()) {
                return new Ana();
            }
        }
        return configured(settings);
    }

    /** What the settings say of a device that tells nothing. */
    static PrioSource configured(PathSettings settings) {
        return switch (settings.prio()) {
            case SYSFS -> new Sysfs(settings.exclusivePrefBit());
            case CONST, ALUA -> new Constant();
            case ANA -> new Ana();
            case RANDOM, EMC, RDAC, HP_SW, HDS, ONTAP, PATH_LATENCY, IET, DATACORE, WEIGHTEDPATH ->
                new Configured(settings.prio());
        };
    }
}
