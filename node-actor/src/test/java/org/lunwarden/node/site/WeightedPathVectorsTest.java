package org.lunwarden.node.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.io.BlockDevices.Live;
import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.Disk;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;
import org.lunwarden.model.map.HardwareHandler;
import org.lunwarden.model.map.Priority;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.model.settings.Precautions;
import org.lunwarden.model.settings.PrioKind;
import org.lunwarden.path.prio.PrioReading;
import org.lunwarden.path.prio.Prioritizer;
import org.lunwarden.vectors.Vectors;

/** The prioritizer that a site writes expressions for. */
@Tag("vectors")
class WeightedPathVectorsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    static Stream<Arguments> cases() {
        return Vectors.states("prio_weightedpath");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theFirstExpressionThatFitsSaysTheWeight(String id, JsonNode in, JsonNode expect) {
        var path = in.get("path");
        var disk = new Disk(
                new DeviceName(path.get("devname").asText()),
                new DevT(8, 32),
                Hctl.parse(path.get("hbtl").asText()),
                "ACME",
                "Disk",
                "1",
                2048,
                false,
                "running",
                "",
                Optional.empty(),
                HardwareHandler.NONE,
                page80(path.get("serial").asText()),
                List.of(),
                Map.of(),
                new PortFacts.Opaque("scsi_debug", 1),
                Optional.empty());
        var settings = new PathSettings(
                CheckerKind.TUR,
                false,
                PrioKind.WEIGHTEDPATH,
                false,
                in.get("prio_args").asText(),
                SECOND,
                SECOND,
                SECOND,
                Precautions.NONE);

        var reading = new Prioritizer(disk, new Silence(), new PosixExpressions())
                .read(settings, new Live("running", "", Optional.empty()), true, SECOND)
                .toCompletableFuture()
                .join();

        assertThat(reading)
                .as(id)
                .isEqualTo(new PrioReading.Read(new Priority(expect.get("prio").asInt()), false));
    }

    private static List<Byte> page80(String serial) {
        var page = new ArrayList<Byte>(List.of((byte) 0, (byte) 0x80, (byte) 0, (byte) serial.length()));
        serial.chars().forEach(each -> page.add((byte) each));
        return page;
    }

    /** Nothing is asked of the device. */
    private record Silence() implements DeviceProbe {

        @Override
        public CompletionStage<Answer<ScsiReply>> command(byte[] cdb, int dataIn, Duration deadline) {
            throw new AssertionError("asked");
        }

        @Override
        public CompletionStage<Answer<Integer>> readFirstBlock(Duration deadline) {
            throw new AssertionError("asked");
        }

        @Override
        public void close() {}
    }
}
