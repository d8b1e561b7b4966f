package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.io.DeviceMapper.Target;
import org.lunwarden.io.IoResult;
import org.lunwarden.map.MapInspection.Finding;
import org.lunwarden.vectors.Vectors;

@Tag("vectors")
class MapInspectionVectorTest {

    private static final int ENXIO = 6;

    static Stream<Arguments> cases() {
        return Vectors.of("mapinfo.json");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theAnswersOfDeviceMapperMeanWhatTheyMeanToTheReference(String id, JsonNode in, JsonNode expect) {
        if (expect.has("dm_ioctl")) {
            assertThat(firstCallAfterInfo(in.get("wanted").asText()))
                    .isEqualToIgnoringCase(expect.get("dm_ioctl").asText());
        } else {
            assertThat(finding(in).name())
                    .isEqualToIgnoringCase(expect.get("result").asText());
        }
    }

    /** The first check that does not hold says what the device is; a device that is not there is none. */
    private static Finding finding(JsonNode in) {
        if (in.has("ioctl_errno")) {
            return MapInspection.answer(
                    new IoResult.Refused<>(Vectors.errno(in.get("ioctl_errno")), "dm info map", ""));
        }
        if (in.has("exists")) {
            assertThat(in.get("exists").asBoolean()).isFalse();
            return MapInspection.answer(new IoResult.Refused<>(ENXIO, "dm info map", ""));
        }
        return StreamSupport.stream(in.get("check").spliterator(), false)
                .map(check -> switch (check.asText()) {
                    case "uuid" -> MapInspection.uuid(in.get("uuid").asText());
                    case "multipath_target" -> MapInspection.target(MapInspection.MULTIPATH, targets(in));
                    case "partition_target" -> MapInspection.target(MapInspection.LINEAR, targets(in));
                    default -> fail("unknown check " + check);
                })
                .filter(found -> found != Finding.OK)
                .findFirst()
                .orElse(Finding.OK);
    }

    private static List<Target> targets(JsonNode in) {
        return StreamSupport.stream(in.get("targets").spliterator(), false)
                .map(target ->
                        new Target(0, target.get(1).asLong(), target.get(0).asText(), ""))
                .toList();
    }

    /** A device of another type is known by its status alone; what our map's status line is asked for comes first, too. */
    private static String firstCallAfterInfo(String wanted) {
        var kernel = new KernelDouble();
        switch (wanted) {
            case "target type check" -> kernel.hasLinear(Reports.WWID.value(), KernelReader.uuid(Reports.WWID));
            case "status line" ->
                kernel.has(
                        Reports.WWID.value(),
                        KernelReader.uuid(Reports.WWID),
                        Reports.SECTORS,
                        "0 0 1 1 service-time 0 1 1 8:16 1");
            default -> fail("unknown question " + wanted);
        }

        var unused = KernelReader.read(kernel, Reports.WWID, Reports.WWID.value());

        return kernel.calls.get(1).split(" ", 2)[0];
    }
}
