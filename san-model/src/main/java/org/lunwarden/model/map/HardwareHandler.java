package org.lunwarden.model.map;

/**
 * What a path says of the hardware handler that its map needs.
 *
 * @param attached the one that the kernel runs for the device now, for example {@code alua}; empty for none
 * @param targetPortGroups whether INQUIRY says that the device has target port groups (TPGS), so that {@code alua} suits
 * @param implicitOnly whether the states of the groups are changed by the target alone, so that I/O to a passive path
 *     does not make it active
 */
public record HardwareHandler(String attached, boolean targetPortGroups, boolean implicitOnly) {

    public HardwareHandler(String attached, boolean targetPortGroups) {
        this(attached, targetPortGroups, false);
    }

    public static final HardwareHandler NONE = new HardwareHandler("", false);
}
