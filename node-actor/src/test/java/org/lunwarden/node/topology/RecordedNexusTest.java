package org.lunwarden.node.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.io.linux.RecordedDisks;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Transport;
import org.lunwarden.model.fleet.HostId;

/** What is made of the disks that a real kernel had. */
class RecordedNexusTest {

    private static final String ARRAY = "iqn.2026-01.org.lunwarden:array";

    @TempDir
    private Path folder = Path.of("");

    static Stream<Arguments> disks() { // disk, transport, nexus, components
        return Stream.of(
                virtual("sda", "scsi-host-0", "scsi-target-0:0"),
                virtual("sdb", "scsi-host-1", "scsi-target-0:1"),
                session("sdc", 1, "127.0.0.1"),
                session("sdd", 2, "127.0.0.2"));
    }

    /** What lies above the adapter is not known. */
    private static Arguments virtual(String disk, String adapter, String target) {
        return arguments(
                disk, Transport.OPAQUE, new Nexus(adapter, target), List.of("host db7", "hbaPort db7/" + adapter));
    }

    private static Arguments session(String disk, int portalGroup, String portal) {
        return arguments(
                disk,
                Transport.ISCSI,
                new Nexus("iqn.2026-01.org.lunwarden:sysfs,i,lo", ARRAY + ",t,0x000" + portalGroup + "," + portal),
                List.of(
                        "host db7",
                        "hbaPort db7/lo",
                        "subnet 127.0.0.0/8",
                        "targetPort " + portal + ":3260",
                        "controller " + ARRAY + "/" + portalGroup,
                        "array " + ARRAY));
    }

    @ParameterizedTest
    @MethodSource("disks")
    void aRecordedDiskHasItsNexusAndCrossesWhatItsKernelTells(
            String name, Transport transport, Nexus nexus, List<String> components) throws IOException {
        var disk = RecordedDisks.of("lab", folder).stream()
                .filter(each -> each.name().value().equals(name))
                .findFirst()
                .orElseThrow();

        var facts = NexusFacts.of(new HostId("db7"), disk);

        assertThat(facts.transport()).isEqualTo(transport);
        assertThat(facts.nexus()).isEqualTo(nexus);
        assertThat(facts.components()).extracting(Object::toString).containsExactlyInAnyOrderElementsOf(components);
        assertThat(facts.whole()).isTrue();
    }
}
