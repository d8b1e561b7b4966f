package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.io.BlockDevices.Listed;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.PathProbe;

/** An array that takes INQUIRY as devices did long ago: a host makes its maps all the same. */
class OldArrayTest extends OneHost {

    /** Descriptor format: invalid field in CDB. */
    private static final List<Byte> INVALID_FIELD = List.of((byte) 0x72, (byte) 0x05, (byte) 0x24, (byte) 0x00);

    /** Of the first byte of the allocation length. */
    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments("it refuses what was reserved", (IntPredicate) reserved -> reserved != 0),
                arguments("it has no page to give, though the kernel once had one", (IntPredicate) any -> true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void itsMapsAreMade(String how, IntPredicate refused) {
        var node = Node.start(refusing(refused), settings(Duration.ofSeconds(1)), reports);
        running = Optional.of(node);

        awaitAllUp();

        assertThat(status(node).keptOut()).as(how).isEmpty();
    }

    private HostPorts refusing(IntPredicate refused) {
        var host = ports();
        PathProbe probe = host.pathProbe();
        for (var disk : disks(host)) {
            probe = new AlteredProbe(
                    probe,
                    disk.name(),
                    cdb -> cdb[0] == 0x12 && cdb[1] == 1 && refused.test(cdb[3])
                            ? Optional.of(CompletableFuture.completedStage(
                                    new Answer.Answered<>(new ScsiReply(2, 0, 8, INVALID_FIELD, List.of()))))
                            : Optional.empty());
        }
        return new HostPorts(
                host.facts(),
                dm,
                host.blockDevices(),
                probe,
                host.uevents(),
                host.clock(),
                host.stateFiles(),
                host.diskControl(),
                host.fabricEvents());
    }

    static List<Listed> disks(HostPorts host) {
        return switch (host.blockDevices().look().list()) {
            case IoResult.Ok<List<Listed>>(var disks) -> disks;
            case IoResult.Refused<List<Listed>> refused -> throw new AssertionError(refused.toString());
        };
    }
}
