package org.lunwarden.model.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.dm.MultipathStatus.GroupState;
import org.lunwarden.vectors.Vectors;

@Tag("vectors")
class TopologyTextTest {

    static Stream<JsonNode> listings() {
        return Vectors.all("output.json")
                .filter(vector -> vector.at("/in/op").asText().equals("topology"));
    }

    static Stream<Arguments> sizes() {
        return Vectors.of("strings.json", "human_size");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sizes")
    void aSizeIsWrittenAsTheReferenceWritesIt(String id, JsonNode in, JsonNode expect) {
        assertThat(TopologyText.size(in.get("sectors512").asLong()))
                .as(id)
                .isEqualTo(expect.get("text").asText());
    }

    @ParameterizedTest
    @MethodSource("listings")
    void aListingHasTheReferencesLayout(JsonNode vector) {
        var expected = vector.at("/expect/text").asText();
        var action = vector.at("/in/map/action").asText();
        var others = new ArrayList<MapTopology.Path>();
        vector.at("/in/other_known_paths").forEach(path -> others.add(path(path)));

        var text = TopologyText.format(List.of(map(vector.at("/in/map"))), others);

        assertThat(action.isEmpty() ? text : action + ": " + text).isEqualTo(expected);
    }

    @Test
    void theLastColumnIsPaddedToo() {
        var first = path(1, "sda", PathState.UP, "running");
        var second = path(12, "sdb", PathState.DOWN, "transport-offline");

        var text = TopologyText.format(List.of(map(first), map(second)));

        assertThat(text.lines().filter(line -> line.contains("sd")))
                .containsExactly(
                        "  `- 1:0:0:0  sda 8:16  active ready  running          ",
                        "  `- 12:0:0:0 sdb 8:192 undef  faulty transport-offline");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0K",
        "1, 0.5K",
        "20, 10K",
        "2048, 1.0M",
        "16384, 8.0M",
        "20971520, 10G",
        "4608, 2.2M",
        "4812, 2.3M",
        "20479, 10.0M",
        "1048576000, 500G",
        "2147483648, 1.0T",
        "4398046511104, 2.0P",
        "9007199254740992, 4096P"
    })
    void aSizeHasOneDecimalBelowTen(long sectors, String text) {
        assertThat(TopologyText.size(sectors)).isEqualTo(text);
    }

    private static MapTopology map(MapTopology.Path path) {
        return new MapTopology(
                new Wwid("3600a0980"),
                "3600a0980",
                new DeviceName("dm-0"),
                "ACME",
                "Disk",
                2048,
                false,
                List.of(),
                List.of(),
                1,
                1,
                false,
                List.of(new MapTopology.Group("service-time 0", 1, GroupState.ENABLED, List.of(path))));
    }

    private static MapTopology.Path path(int host, String name, PathState state, String deviceState) {
        return new MapTopology.Path(
                new Hctl(host, 0, 0, 0),
                new DeviceName(name),
                new DevT(8, 16 * host),
                new Nexus("i", "t"),
                state.isUsable() ? Optional.of(true) : Optional.empty(),
                state,
                deviceState,
                1);
    }

    private static MapTopology map(JsonNode map) {
        var groups = new ArrayList<MapTopology.Group>();
        for (var group : map.get("groups")) {
            var paths = new ArrayList<MapTopology.Path>();
            group.get("paths").forEach(path -> paths.add(path(path)));
            groups.add(new MapTopology.Group(
                    group.get("selector").asText(),
                    group.get("prio").asInt(),
                    GroupState.valueOf(group.get("status").asText().toUpperCase(java.util.Locale.ROOT)),
                    paths));
        }
        var vendorProduct = map.get("vend_prod").asText().split(",", -1);
        return new MapTopology(
                new Wwid(map.get("wwid").asText()),
                map.get("alias").asText(),
                new DeviceName(map.get("sysfs").asText()),
                vendorProduct[0],
                vendorProduct[1],
                gibibytes(map.get("size").asText()),
                map.get("wp").asText().equals("ro"),
                words(map.get("features").asText()),
                words(map.get("hwhandler").asText()),
                1,
                1,
                false,
                groups);
    }

    private static MapTopology.Path path(JsonNode path) {
        return new MapTopology.Path(
                Hctl.parse(path.get("i").asText()).orElseThrow(),
                new DeviceName(path.get("d").asText()),
                DevT.parse(path.get("D").asText()).orElseThrow(),
                new Nexus("i", "t"),
                Optional.of(path.get("t").asText().equals("active")),
                Arrays.stream(PathState.values())
                        .filter(state -> state.label().equals(path.get("T").asText()))
                        .findFirst()
                        .orElseThrow(),
                path.get("o").asText(),
                1);
    }

    private static long gibibytes(String text) {
        return Long.parseLong(text.substring(0, text.length() - 1)) << 21;
    }

    private static List<String> words(String counted) {
        var words = List.of(counted.split(" "));
        return words.subList(1, words.size());
    }
}
