package org.lunwarden.model.map;

/**
 * What a path says of the hardware handler that its map needs.
 *
 * @param attached the one that the kernel runs for the device now, for example {@code alua}; empty for none
 * @param targetPortGroups whether INQUIRY says that the device has target port groups (TPGS), so that {@code alua} suits
 */
public record HardwareHandler(String attached, boolean targetPortGroups) {

    public static final HardwareHandler NONE = new HardwareHandler("", false);
}
