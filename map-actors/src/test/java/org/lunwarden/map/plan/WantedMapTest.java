package org.lunwarden.map.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.map.Reports;
import org.lunwarden.map.Settings;
import org.lunwarden.map.features.QueueMode;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;
import org.lunwarden.model.PathState;
import org.lunwarden.model.dm.MultipathTable;
import org.lunwarden.model.dm.MultipathTableCodec;
import org.lunwarden.model.dm.Parsed;
import org.lunwarden.model.map.HardwareHandler;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.Priority;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.NoPathRetry;
import org.lunwarden.vectors.Vectors;

class WantedMapTest {

    private static final String WANTED = "0 0 2 1 service-time 0 1 1 8:16 1 service-time 0 2 1 8:32 1 8:48 1";

    static Stream<JsonNode> assembled() {
        return Vectors.all("dmtable.json")
                .filter(vector -> vector.at("/in/op").asText().equals("assemble"));
    }

    /** The first group of a vector is given the better priority, or the second where that is the best. */
    @Tag("vectors")
    @ParameterizedTest
    @MethodSource("assembled")
    void aTableIsAssembledAsTheReferenceDoes(JsonNode vector) {
        var in = vector.get("in");
        var handler = counted(in.get("hwhandler").asText());
        var groups = StreamSupport.stream(in.get("groups").spliterator(), false).toList();
        var bestIsFirst = in.get("best_group").asInt() == 1;
        var paths = IntStream.range(0, groups.size())
                .boxed()
                .flatMap(g -> StreamSupport.stream(groups.get(g).spliterator(), false)
                        .map(device -> path(device.asText(), bestIsFirst ? 50 - g : 50)))
                .map(path -> Reports.handledBy(path, new HardwareHandler("", !handler.isEmpty())))
                .toList();
        var policy = bestIsFirst ? GroupingPolicy.GROUP_BY_PRIO : GroupingPolicy.FAILOVER;
        var retry = in.get("no_path_retry").isInt()
                ? new NoPathRetry.Retry(in.get("no_path_retry").asInt())
                : new NoPathRetry.Queue();
        var selector = in.get("selector").asText();
        var settings = Settings.of(
                policy,
                new Failback.Manual(),
                retry,
                selector.substring(0, selector.indexOf(' ')),
                counted(in.get("features").asText()),
                handler);

        var table = WantedMap.of(paths, settings, true, 2048, QueueMode.UNSET).table();

        var initial = in.get("best_group").asInt();
        assertThat(MultipathTableCodec.format(
                        new MultipathTable(table.features(), table.hardwareHandler(), initial, table.groups())))
                .isEqualTo(vector.at("/expect/params").asText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0 2 1 service-time 0 1 1 8:16 1 service-time 0 2 1 8:32 1 8:48 1              | []",
                "0 1 alua 2 2 service-time 0 2 2 8:48 1 1 8:32 1 1 service-time 0 1 2 8:16 1 1   | []",
                "1 queue_if_no_path 0 2 1 service-time 0 1 1 8:16 1 service-time 0 2 1 8:32 1 8:48 1 | []",
                "3 retain_attached_hw_handler queue_mode mq 0 2 1 service-time 0 1 1 8:16 1 service-time 0 2 1 8:32 1 8:48 1 | []",
                "2 pg_init_retries 50 0 2 1 service-time 0 1 1 8:16 1 service-time 0 2 1 8:32 1 8:48 1 | [FEATURES]",
                "0 0 2 1 round-robin 0 1 1 8:16 1 round-robin 0 2 1 8:32 1 8:48 1                | [SELECTOR]",
                "0 0 2 1 service-time 0 1 1 8:16 7 service-time 0 2 1 8:32 1 8:48 1              | [SELECTOR]",
                "0 0 2 1 service-time 0 1 1 8:32 1 service-time 0 2 1 8:16 1 8:48 1              | [GROUPS]",
                "0 0 1 1 service-time 0 1 1 8:16 1                                               | [MEMBERS, GROUPS]"
            })
    void aKernelsTableDiffersInMeaningOnly(String kernel, String differences) {
        assertThat(Difference.between(table(kernel), table(WANTED), path -> true))
                .hasToString(differences);
    }

    @Test
    void featuresInAnotherOrderAreTheSame() {
        var kernel = table("5 queue_if_no_path pg_init_retries 50 pg_init_delay_msecs 10 0 0 0");
        var wanted = table("4 pg_init_delay_msecs 10 pg_init_retries 50 0 0 0");

        assertThat(Difference.between(kernel, wanted, path -> true)).isEmpty();
    }

    @Test
    void aWantedHandlerMattersOnlyWhereNoneIsAttached() {
        var wanted = table("0 1 alua 0 0");

        assertThat(Difference.between(table("0 0 0 0"), wanted, path -> true)).containsExactly(Difference.HANDLER);
        assertThat(Difference.between(table("0 1 rdac 0 0"), wanted, path -> true))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // configured | attached to path 1 and 2 | both have target port groups | handler of the map
                "-      | -    | -    | false | []",
                "-      | -    | -    | true  | [alua]",
                "-      | -    | rdac | true  | [rdac]",
                "-      | alua | -    | false | [alua]",
                "rdac   | -    | -    | true  | [rdac]",
                "rdac   | alua | alua | true  | [alua]",
                "hp_sw  | -    | -    | false | [hp_sw]",
                "alua   | -    | -    | true  | [alua]",
                "alua   | -    | -    | false | []",
                "alua   | alua | -    | false | [alua]"
            })
    void theHandlerThatRunsGoesBeforeTheOneThatIsSetAndThatBeforeTheOneThatSuits(
            @Nullable String set, @Nullable String first, @Nullable String second, boolean portGroups, String handler) {
        var settings = Settings.of(
                GroupingPolicy.MULTIBUS,
                new Failback.Manual(),
                new NoPathRetry.Queue(),
                "service-time",
                List.of(),
                Optional.ofNullable(set).stream().toList());
        var paths = List.of(
                Reports.handledBy(
                        Reports.path(1, PathState.UP, 1),
                        new HardwareHandler(Objects.requireNonNullElse(first, ""), portGroups)),
                Reports.handledBy(
                        Reports.path(2, PathState.UP, 1),
                        new HardwareHandler(Objects.requireNonNullElse(second, ""), portGroups)));

        var wanted = WantedMap.of(paths, settings, true, Reports.SECTORS, QueueMode.UNSET);

        assertThat(wanted.table().hardwareHandler()).hasToString(handler);
    }

    @ParameterizedTest
    @CsvSource({
        "queue_mode bio pg_init_retries 50, queue_mode bio pg_init_retries 50 queue_if_no_path",
        "queue_mode fast pg_init_retries 50, pg_init_retries 50 queue_if_no_path"
    })
    void aQueueModeThatTheKernelWouldRefuseTheTableForIsLeftOut(String set, String wanted) {
        var settings = Settings.of(
                GroupingPolicy.MULTIBUS,
                new Failback.Manual(),
                new NoPathRetry.Queue(),
                "service-time",
                List.of(set.split(" ", -1)),
                List.of());

        var map = WantedMap.of(
                List.of(Reports.path(1, PathState.UP, 1)), settings, true, Reports.SECTORS, QueueMode.UNSET);

        assertThat(map.table().features()).containsExactly(wanted.split(" ", -1));
    }

    @Test
    void onePathWithoutTargetPortGroupsKeepsAluaAway() {
        var settings = Settings.of(
                GroupingPolicy.MULTIBUS,
                new Failback.Manual(),
                new NoPathRetry.Queue(),
                "service-time",
                List.of(),
                List.of());
        var paths = List.of(
                Reports.handledBy(Reports.path(1, PathState.UP, 1), new HardwareHandler("", true)),
                Reports.path(2, PathState.UP, 1));

        assertThat(WantedMap.of(paths, settings, true, Reports.SECTORS, QueueMode.UNSET)
                        .table()
                        .hardwareHandler())
                .isEmpty();
    }

    private static MultipathTable table(String text) {
        assertThat(MultipathTableCodec.parse(text.strip())).isInstanceOf(Parsed.Ok.class);
        return ((Parsed.Ok<MultipathTable>) MultipathTableCodec.parse(text.strip())).value();
    }

    private static PathReport path(String device, int priority) {
        var number = DevT.parse(device).orElseThrow();
        var plain = Reports.path(1, PathState.UP, priority);
        return new PathReport(
                plain.wwid(),
                new DeviceName("d" + number.minor()),
                number,
                new Hctl(0, 0, 0, number.minor()),
                plain.nexus(),
                plain.state(),
                plain.unit(),
                new Priority(priority),
                false,
                "running",
                false,
                false,
                plain.sizeSectors(),
                "ACME",
                "Disk",
                plain.handler(),
                plain.grouping());
    }

    private static List<String> counted(String text) {
        var words = List.of(text.split(" "));
        return words.subList(1, words.size());
    }
}
