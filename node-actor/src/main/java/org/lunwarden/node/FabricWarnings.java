package org.lunwarden.node;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.lunwarden.io.Disk;
import org.lunwarden.io.FabricEvents.Heard;
import org.lunwarden.io.FabricEvents.Missed;
import org.lunwarden.io.FabricEvents.Said;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.fc.FabricEvent;
import org.lunwarden.model.nvme.FabricAddress;

/** What an event of a fabric says of a path through the adapter that heard it. Pure. */
final class FabricWarnings {

    private FabricWarnings() {}

    /**
     * Whether the path is marginal now; empty when what is said does not concern it. A warning whose end may have been missed is
     * over: the fabric repeats it while it holds.
     */
    static Optional<Boolean> of(Said said, Disk disk) {
        return switch (said) {
            case Heard heard -> ofEvent(heard, disk);
            case Missed() ->
                disk.ports() instanceof PortFacts.Fc || disk.ports() instanceof PortFacts.Nvme
                        ? Optional.of(false)
                        : Optional.empty();
        };
    }

    private static Optional<Boolean> ofEvent(Heard heard, Disk disk) {
        return switch (disk.ports()) {
            case PortFacts.Fc fc ->
                disk.hctl()
                        .filter(at -> at.host() == heard.event().host())
                        .flatMap(at -> of(heard.event(), name(fc.hostPortName()), name(fc.remotePortName())));
            case PortFacts.Nvme nvme -> ofController(heard, FabricAddress.parse(nvme.address()));
            case PortFacts.Iscsi other -> Optional.empty();
            case PortFacts.Sas other -> Optional.empty();
            case PortFacts.Opaque other -> Optional.empty();
        };
    }

    /** A controller has no SCSI host that the event could name: its address tells the ports at both ends. */
    private static Optional<Boolean> ofController(Heard heard, FabricAddress address) {
        return address.sourcePort()
                .map(port -> name(port.port()))
                .filter(ours -> ours.equals(name(heard.adapter())))
                .flatMap(ours -> address.targetPort().flatMap(port -> of(heard.event(), ours, name(port.port()))));
    }

    private static Optional<Boolean> of(FabricEvent event, String ours, String theirs) {
        return switch (event) {
            case FabricEvent.LinkErrors(var host, var named) ->
                isNamed(ours, named) || isNamed(theirs, named) ? Optional.of(true) : Optional.empty();
            case FabricEvent.LinkUp up -> Optional.of(false);
            case FabricEvent.FabricChanged changed -> Optional.of(false);
        };
    }

    private static boolean isNamed(String port, Set<String> named) {
        return named.stream().map(FabricWarnings::name).anyMatch(port::equals);
    }

    /** sysfs leaves out the zeros at the beginning, and a controller's address may be in capitals. */
    private static String name(String said) {
        return said.toLowerCase(Locale.ROOT).replaceFirst("^(?:0x)?0*", "");
    }
}
