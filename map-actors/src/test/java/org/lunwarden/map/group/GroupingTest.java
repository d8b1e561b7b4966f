package org.lunwarden.map.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.map.Reports;
import org.lunwarden.map.Settings;
import org.lunwarden.map.Vectors;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.NoPathRetry;

class GroupingTest {

    private static final long SEED = 20261121;

    /** The policies there are; group_by_serial, group_by_tpg and group_by_node_name are not among them. */
    private static final Map<String, GroupingPolicy> POLICIES = Map.of(
            "failover", GroupingPolicy.FAILOVER,
            "multibus", GroupingPolicy.MULTIBUS,
            "group_by_prio", GroupingPolicy.GROUP_BY_PRIO);

    /** Marginal path groups are no setting here, so vectors that switch them on are left out. */
    static Stream<JsonNode> policyVectors() {
        return Vectors.of("pgpolicy.json")
                .filter(vector -> POLICIES.containsKey(vector.at("/in/policy").asText()))
                .filter(vector -> !vector.at("/in/marginal_pathgroups").asBoolean());
    }

    static Stream<JsonNode> priorityVectors() {
        return Vectors.states("group_priority");
    }

    static Stream<JsonNode> bestGroupVectors() {
        return Vectors.states("best_group").filter(vector -> !vector.toString().contains("\"marginal\":true"));
    }

    @ParameterizedTest
    @MethodSource("policyVectors")
    void pathsAreGroupedAndOrderedAsTheReferenceDoes(JsonNode vector) {
        var paths = new ArrayList<PathReport>();
        for (var path : vector.at("/in/paths")) {
            paths.add(Reports.path(paths.size(), PathState.UP, path.get("prio").asInt()));
        }
        var expected = StreamSupport.stream(vector.at("/expect/groups").spliterator(), false)
                .map(group -> StreamSupport.stream(group.get("paths").spliterator(), false)
                        .map(JsonNode::asInt)
                        .toList())
                .toList();

        var groups = Grouping.group(
                paths,
                Settings.of(Objects.requireNonNull(
                        POLICIES.get(vector.at("/in/policy").asText()))));

        assertThat(groups.stream()
                        .map(group -> group.paths().stream().map(paths::indexOf).toList())
                        .toList())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("priorityVectors")
    void aGroupsPriorityIsTheMeanOfItsUsablePaths(JsonNode vector) {
        var group = group(vector.at("/in/paths"), 1);

        assertThat(group.priority()).isEqualTo(vector.at("/expect/priority").asInt());
        assertThat(group.usablePaths())
                .isEqualTo(vector.at("/expect/enabled_paths").asInt());
    }

    @ParameterizedTest
    @MethodSource("bestGroupVectors")
    void theBestGroupIsTheReferences(JsonNode vector) {
        var groups = new ArrayList<PathGroup>();
        vector.at("/in/groups").forEach(group -> groups.add(group(group.get("paths"), 1 + 8 * groups.size())));

        assertThat(Grouping.best(groups))
                .isEqualTo(vector.at("/expect/best_group").asInt());
    }

    @Test
    void amongEqualsTheOrderOfDiscoveryStays() {
        var random = new Random(SEED);
        for (var round = 0; round < 500; round++) {
            var paths = new ArrayList<PathReport>();
            for (var n = 1; n <= 8; n++) {
                paths.add(Reports.path(n, PathState.UP, 10 * (1 + random.nextInt(3))));
            }
            Collections.shuffle(paths, random);
            var settings = Settings.of(
                    anyPolicy(random),
                    new Failback.Manual(),
                    new NoPathRetry.Fail(),
                    "service-time",
                    List.of(),
                    List.of());

            var groups = Grouping.group(paths, settings);

            assertThat(groups.stream().flatMap(group -> group.paths().stream()))
                    .containsExactlyInAnyOrderElementsOf(paths);
            for (var group : groups) {
                assertThat(group.paths().stream().map(paths::indexOf))
                        .as("seed %d, round %d", SEED, round)
                        .isSorted();
            }
            for (var i = 1; i < groups.size(); i++) {
                var one = groups.get(i - 1);
                var next = groups.get(i);
                if (one.priority() == next.priority() && one.usablePaths() == next.usablePaths()) {
                    assertThat(paths.indexOf(one.paths().getFirst()))
                            .as("seed %d, round %d", SEED, round)
                            .isLessThan(paths.indexOf(next.paths().getFirst()));
                }
            }
        }
    }

    @Test
    void withRoundRobinNeighboursHaveDifferentPorts() {
        var paths = List.of(on(1, "a"), on(2, "a"), on(3, "b"), on(4, "b"), on(5, "b"));

        assertThat(order("round-robin", paths)).containsExactly(1, 3, 2, 4, 5);
        assertThat(order("service-time", paths)).containsExactly(1, 2, 3, 4, 5);
    }

    private static List<Integer> order(String selector, List<PathReport> paths) {
        var settings = Settings.of(
                GroupingPolicy.MULTIBUS, new Failback.Manual(), new NoPathRetry.Fail(), selector, List.of(), List.of());
        return Grouping.group(paths, settings).getFirst().paths().stream()
                .map(path -> path.hctl().host())
                .toList();
    }

    private static GroupingPolicy anyPolicy(Random random) {
        return List.copyOf(EnumSet.allOf(GroupingPolicy.class)).get(random.nextInt(3));
    }

    private static PathReport on(int n, String port) {
        return Reports.on(Reports.path(n, PathState.UP, 1), port);
    }

    private static PathGroup group(JsonNode paths, int firstPath) {
        var reports = new ArrayList<PathReport>();
        for (var path : paths) {
            reports.add(Reports.path(
                    firstPath + reports.size(), Vectors.state(path.get("state")), Vectors.priority(path.get("prio"))));
        }
        return new PathGroup(reports);
    }
}
