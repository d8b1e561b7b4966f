package org.lunwarden.io;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

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
 * @param timeout how long the kernel lets a command take; empty where it does not tell
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
        PortFacts ports,
        Optional<Duration> timeout) {

    private static final Pattern NAMESPACE = Pattern.compile("^nvme(\\d{1,6})(?:c\\d{1,6})?n(\\d{1,6})$");
    private static final Hctl NOWHERE = new Hctl(0, 0, 0, 0);

    public Disk {
        vpd80 = List.copyOf(vpd80);
        vpd83 = List.copyOf(vpd83);
        udev = Map.copyOf(udev);
    }

    /** Where it stands in listings. NVMe: the controller as host, the namespace as LUN; zeroes where nothing tells. */
    public Hctl address() {
        return hctl.or(() -> Hctl.parse(NAMESPACE.matcher(name.value()).replaceFirst("$1:0:0:$2")))
                .orElse(NOWHERE);
    }

    /** Whether the kernel reaches it through NVMe. */
    public boolean isNvme() {
        return ports instanceof PortFacts.Nvme;
    }
}
