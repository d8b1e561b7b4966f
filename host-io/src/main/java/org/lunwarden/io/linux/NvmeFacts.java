package org.lunwarden.io.linux;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.lunwarden.io.PortFacts;
import org.lunwarden.model.nvme.FabricAddress;

/**
 * Reads from sysfs which controller an NVMe namespace is reached through. A namespace whose paths the kernel joins hangs
 * on its subsystem ({@code nvme-subsysN}) instead.
 */
record NvmeFacts(SysfsTree tree, LocalAddresses addresses) {

    private static final Pattern CONTROLLER = Pattern.compile("nvme\\d+");

    static Optional<String> controller(List<String> parts) {
        return parts.reversed().stream()
                .filter(part -> CONTROLLER.matcher(part).matches())
                .findFirst();
    }

    /**
     * @param block folder of the namespace below {@code sys/block}
     * @param parts of the path of what it hangs on
     */
    PortFacts.Nvme of(String block, List<String> parts) {
        var controller = controller(parts).orElse("");
        var by = block + "/device/";
        var text = controller.isEmpty() ? "" : tree.text(by + "address");
        var address = FabricAddress.parse(text);
        var local = addresses.towards(address.source(), address.netDevice(), address.target());
        return new PortFacts.Nvme(
                controller,
                controller.isEmpty() ? "" : tree.text(by + "transport"),
                text,
                tree.text(by + "hostnqn"),
                tree.text(by + "subsysnqn"),
                tree.text(by + "serial"),
                tree.text(block + "/wwid"),
                Math.max(0, tree.number(block + "/nsid").orElse(0)),
                local.map(LocalAddresses.Local::device).orElse(address.netDevice()),
                local.map(LocalAddresses.Local::toString).orElse(""));
    }
}
