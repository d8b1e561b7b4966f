package org.lunwarden.model.dm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.model.DevT;
import org.lunwarden.model.dm.MultipathStatus.GroupState;
import org.lunwarden.vectors.Vectors;

@Tag("vectors")
class MultipathCodecTest {

    private static final long SEED = 20261121;

    static Stream<JsonNode> statusVectors() {
        return vectors("parse_status");
    }

    static Stream<JsonNode> tableVectors() {
        return vectors("assemble");
    }

    private static Stream<JsonNode> vectors(String operation) {
        return Vectors.all("dmtable.json")
                .filter(vector -> vector.at("/in/op").asText().equals(operation));
    }

    @ParameterizedTest
    @MethodSource("statusVectors")
    void aStatusLineIsReadAsTheReferenceReadsIt(JsonNode vector) {
        var status = ok(MultipathStatusCodec.parse(vector.at("/in/params").asText()));

        assertThat(status.pgInitCount())
                .isEqualTo(vector.at("/expect/second_feature_word").asInt());
        var groups = new ObjectMapper().createArrayNode();
        for (var group : status.groups()) {
            var json = groups.addObject();
            json.put("state", group.state() == GroupState.ACTIVE ? "active" : "enabled");
            var paths = json.putArray("paths");
            for (var path : group.paths()) {
                paths.addArray()
                        .add(path.device().toString())
                        .add(path.active() ? "active" : "failed")
                        .add(path.failCount());
            }
        }
        assertThat(groups).isEqualTo(vector.at("/expect/groups"));
    }

    @ParameterizedTest
    @MethodSource("tableVectors")
    void aTableOfTheReferenceIsReadAndWrittenUnchanged(JsonNode vector) {
        var params = vector.at("/expect/params").asText();

        assertThat(MultipathTableCodec.format(ok(MultipathTableCodec.parse(params))))
                .isEqualTo(params);
    }

    @Test
    void aTableAsTheKernelTellsItKeepsAllArgumentsOfItsPaths() {
        var table = ok(MultipathTableCodec.parse(
                "3 queue_if_no_path pg_init_retries 50 1 alua 1 1 service-time 0 2 2 8:16 1 1 8:32 1 1 "));

        assertThat(table.features()).containsExactly("queue_if_no_path", "pg_init_retries", "50");
        assertThat(table.hardwareHandler()).containsExactly("alua");
        assertThat(table.groups().getFirst().paths())
                .containsExactly(
                        new MultipathTable.Path(new DevT(8, 16), List.of("1", "1")),
                        new MultipathTable.Path(new DevT(8, 32), List.of("1", "1")));
    }

    @Test
    void aStatusWithAFailedPathAndADisabledGroupIsRead() {
        var status = ok(MultipathStatusCodec.parse("2 0 0 0 2 2 D 0 1 2 8:16 F 3 0 1 A 0 1 2 8:32 A 99999999999 0 1 "));

        assertThat(status.nextGroup()).isEqualTo(2);
        assertThat(status.groups().get(0).state()).isEqualTo(GroupState.DISABLED);
        assertThat(status.groups().get(0).paths())
                .containsExactly(new MultipathStatus.Path(new DevT(8, 16), false, 3, List.of("0", "1")));
        assertThat(status.groups().get(1).paths().getFirst().failCount()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void whatIsWrongIsNamedWithItsWord() {
        assertThat(MultipathTableCodec.parse("0 0 1 1 service-time 0 1 1 sda 1"))
                .isEqualTo(new Parsed.Malformed<>(8, "path is not major:minor: sda"));
        assertThat(MultipathTableCodec.parse("0 0 1 2 service-time 0 1 1 8:16 1"))
                .isEqualTo(new Parsed.Malformed<>(3, "no such initial group: 2"));
        assertThat(MultipathTableCodec.parse("0 0 0 0 extra"))
                .isEqualTo(new Parsed.Malformed<>(4, "more words than the counts say"));
        assertThat(MultipathStatusCodec.parse("2 0 0 0 1 1 X 0 0 0"))
                .isEqualTo(new Parsed.Malformed<>(6, "group state is none of A, E, D"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-1 0 0 0",
                "2147483647 a",
                "0 0 2147483647 1",
                "0 0 1 1 rr 0 2147483647 2147483647 8:16",
                "0 0 1 1 rr 0 1 2147483647 8:16",
                "0 0 1 1 rr 99999999999999999999999999",
                "0 0 1 0 rr 0 1 1 8:16 1"
            })
    void hostileTextIsMalformedAndCostsNothing(String text) {
        assertThat(MultipathTableCodec.parse(text)).isInstanceOf(Parsed.Malformed.class);
        assertThat(MultipathStatusCodec.parse(text)).isInstanceOf(Parsed.Malformed.class);
    }

    @Test
    void everyTableSurvivesWritingAndReading() {
        var random = new Random(SEED);
        for (var round = 0; round < 2_000; round++) {
            var table = anyTable(random);

            assertThat(MultipathTableCodec.parse(MultipathTableCodec.format(table)))
                    .as("seed %d, round %d", SEED, round)
                    .isEqualTo(new Parsed.Ok<>(table));
        }
    }

    @Test
    void everyStatusSurvivesWritingAndReading() {
        var random = new Random(SEED);
        for (var round = 0; round < 2_000; round++) {
            var status = anyStatus(random);

            assertThat(MultipathStatusCodec.parse(MultipathStatusCodec.format(status)))
                    .as("seed %d, round %d", SEED, round)
                    .isEqualTo(new Parsed.Ok<>(status));
        }
    }

    @Test
    void aDamagedLineNeverThrows() {
        var random = new Random(SEED);
        for (var round = 0; round < 5_000; round++) {
            var line = new ArrayList<>(List.of((random.nextBoolean()
                            ? MultipathTableCodec.format(anyTable(random))
                            : MultipathStatusCodec.format(anyStatus(random)))
                    .split(" ")));
            line.set(random.nextInt(line.size()), any(random, "", "-1", "7", "999999999", "4294967296", "A", "8:"));
            var text = String.join(" ", line);

            assertThat(MultipathTableCodec.parse(text)).isNotNull();
            assertThat(MultipathStatusCodec.parse(text)).isNotNull();
        }
    }

    @Test
    void aWordWithABlankIsNotWritten() {
        var table = new MultipathTable(List.of("two words"), List.of(), 0, List.of());

        assertThatThrownBy(() -> MultipathTableCodec.format(table)).isInstanceOf(IllegalArgumentException.class);
    }

    private static MultipathTable anyTable(Random random) {
        var groups = some(random, 4, () -> {
            var args = random.nextInt(3);
            var paths = some(random, 5, () -> new MultipathTable.Path(anyDevice(random), exactly(random, args)));
            return new MultipathTable.Group(
                    new PathSelector(any(random, "service-time", "round-robin", "queue-length"), words(random)), paths);
        });
        var initial = groups.isEmpty() ? 0 : 1 + random.nextInt(groups.size());
        return new MultipathTable(words(random), words(random), initial, groups);
    }

    private static MultipathStatus anyStatus(Random random) {
        var groups = some(random, 4, () -> {
            var args = random.nextInt(3);
            var paths = some(
                    random,
                    5,
                    () -> new MultipathStatus.Path(
                            anyDevice(random), random.nextBoolean(), random.nextInt(1000), exactly(random, args)));
            return new MultipathStatus.Group(any(random, GroupState.values()), words(random), paths);
        });
        return new MultipathStatus(
                random.nextInt(2), random.nextInt(3), words(random), random.nextInt(groups.size() + 1), groups);
    }

    private static DevT anyDevice(Random random) {
        return new DevT(random.nextInt(4096), random.nextInt(1 << 20));
    }

    private static List<String> words(Random random) {
        return exactly(random, random.nextInt(4));
    }

    private static List<String> exactly(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> any(random, "alua", "queue_if_no_path", "50", "1", "A"))
                .toList();
    }

    private static <T> List<T> some(Random random, int below, java.util.function.Supplier<T> one) {
        return Stream.generate(one).limit(random.nextInt(below)).toList();
    }

    @SafeVarargs
    private static <T> T any(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }

    private static <T> T ok(Parsed<T> parsed) {
        assertThat(parsed).isInstanceOf(Parsed.Ok.class);
        return ((Parsed.Ok<T>) parsed).value();
    }
}
