package org.lunwarden.io;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;
import org.lunwarden.model.map.HardwareHandler;

/**
 * A disk as the kernel and udev describe it. Texts have no blanks at their end; what the kernel does not tell is empty.
 *
 * @param hctl empty for other than SCSI
 * @param revision firmware revision
 * @param sizeSectors 512-byte sectors
 * @param state SCSI: {@code running}, {@code offline}, {@code transport-offline}, {@code blocked}, …; NVMe: {@code live},
 *     …
 * @param accessState ALUA word of the kernel's handler, for example {@code active/optimized}; empty without a handler
 * @param preferredPath ALUA preferred bit; empty without a handler
 * @param handler what sysfs says of the hardware handler
 * @param vpd80 VPD page 0x80 with its header; empty list when there is none
 * @param vpd83 VPD page 0x83 with its header, one byte an element
 * @param udev udev's properties; empty when udev does not know the device yet
 */
public record Disk(
        DeviceName name,
        DevT device,
        Optional<Hctl> hctl,
        String vendor,
        String product,
        String revision,
        long sizeSectors,
        boolean readOnly,
        String state,
        String accessState,
        Optional<Boolean> preferredPath,
        HardwareHandler handler,
        List<Byte> vpd80,
        List<Byte> vpd83,
        Map<String, String> udev,
        PortFacts ports) {

    public Disk {
        vpd80 = List.copyOf(vpd80);
        vpd83 = List.copyOf(vpd83);
        udev = Map.copyOf(udev);
    }
}
