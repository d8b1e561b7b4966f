package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.io.Disk;
import org.lunwarden.io.FabricEvents.Heard;
import org.lunwarden.io.FabricEvents.Missed;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;
import org.lunwarden.model.fc.FabricEvent;
import org.lunwarden.model.fc.FabricEvent.FabricChanged;
import org.lunwarden.model.fc.FabricEvent.LinkErrors;
import org.lunwarden.model.fc.FabricEvent.LinkUp;
import org.lunwarden.model.map.HardwareHandler;

class FabricWarningsTest {

    private static final String OURS = "0x10000000c9a00001";
    private static final String THEIRS = "0x50060160bb600123";
    private static final String OTHER = "0x50060160bb600999";

    private static final Disk SCSI = disk(
            Optional.of(new Hctl(3, 0, 0, 1)),
            new PortFacts.Fc(OURS, "", "", "", "", "Online", THEIRS, "", "", "Online", "", "", ""));
    private static final Disk NAMESPACE = nvme(
            "fc",
            "traddr=nn-0x50060160bb600000:pn-0x50060160BB600123,host_traddr=nn-0x20000000c9a00001:pn-0x10000000C9A00001");

    /** What was heard by which host and port, of which path, and what it is then. */
    static Stream<Arguments> events() {
        return Stream.of(
                arguments(new LinkErrors(3, Set.of(THEIRS)), OURS, SCSI, Optional.of(true)),
                arguments(new LinkErrors(3, Set.of(OURS, OTHER)), OURS, SCSI, Optional.of(true)),
                arguments(new LinkErrors(3, Set.of(OTHER)), OURS, SCSI, Optional.empty()),
                arguments(new LinkErrors(4, Set.of(THEIRS)), OTHER, SCSI, Optional.empty()),
                arguments(new LinkUp(3), OURS, SCSI, Optional.of(false)),
                arguments(new LinkUp(4), OTHER, SCSI, Optional.empty()),
                arguments(new LinkErrors(3, Set.of(THEIRS)), OURS, NAMESPACE, Optional.of(true)),
                arguments(new LinkErrors(3, Set.of(OURS)), OURS, NAMESPACE, Optional.of(true)),
                arguments(new LinkErrors(3, Set.of(OTHER)), OURS, NAMESPACE, Optional.empty()),
                arguments(new LinkErrors(4, Set.of(THEIRS)), OTHER, NAMESPACE, Optional.empty()),
                arguments(new LinkErrors(4, Set.of(THEIRS)), "", NAMESPACE, Optional.empty()),
                arguments(new FabricChanged(3), OURS, NAMESPACE, Optional.of(false)),
                arguments(new FabricChanged(4), OTHER, NAMESPACE, Optional.empty()),
                arguments(
                        new LinkErrors(3, Set.of(THEIRS)),
                        OURS,
                        nvme("tcp", "traddr=10.2.0.100,trsvcid=4420"),
                        Optional.empty()),
                arguments(new LinkUp(3), "", nvme("pcie", "0000:01:00.0"), Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventConcernsThePathsOfThePortThatHeardIt(
            FabricEvent event, String adapter, Disk disk, Optional<Boolean> marginal) {
        assertThat(FabricWarnings.of(new Heard(event, adapter), disk)).isEqualTo(marginal);
    }

    @Test
    void afterAGapNoWarningIsKeptWhoseEndMayHaveBeenInIt() {
        assertThat(FabricWarnings.of(new Missed(), SCSI)).contains(false);
        assertThat(FabricWarnings.of(new Missed(), NAMESPACE)).contains(false);
        assertThat(FabricWarnings.of(new Missed(), disk(Optional.empty(), new PortFacts.Opaque("usb-storage", 3))))
                .isEmpty();
    }

    private static Disk nvme(String transport, String address) {
        return disk(
                Optional.empty(),
                new PortFacts.Nvme("nvme3", transport, address, "nqn.host", "nqn.array", "", "uuid.1", 1, "", ""));
    }

    private static Disk disk(Optional<Hctl> hctl, PortFacts ports) {
        return new Disk(
                new DeviceName("disk"),
                new DevT(8, 16),
                hctl,
                "",
                "",
                "",
                2048,
                false,
                "running",
                "",
                Optional.empty(),
                HardwareHandler.NONE,
                List.of(),
                List.of(),
                Map.of(),
                ports,
                Optional.empty());
    }
}
