package org.lunwarden.map.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.map.Reports;
import org.lunwarden.map.Settings;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.GroupingFacts;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.NoPathRetry;
import org.lunwarden.vectors.Vectors;

class GroupingTest {

    private static final long SEED = 20261121;

    static Stream<Arguments> policyVectors() {
        return Vectors.of("pgpolicy.json");
    }

    static Stream<JsonNode> priorityVectors() {
        return Vectors.wholeStates("group_priority");
    }

    static Stream<JsonNode> bestGroupVectors() {
        return Vectors.wholeStates("best_group");
    }

    @Tag("vectors")
    @ParameterizedTest(name = "{0}")
    @MethodSource("policyVectors")
    void pathsAreGroupedAndOrderedAsTheReferenceDoes(String id, JsonNode in, JsonNode expected) {
        var policy = policy(in.get("policy").asText());
        var paths = new ArrayList<PathReport>();
        for (var path : in.get("paths")) {
            // the reference's cases take the array's word for granted, without which there are no port groups
            paths.add(Reports.grouped(
                    Reports.path(paths.size(), PathState.UP, path.path("prio").asInt(10)),
                    facts(path, in.get("marginal_pathgroups").asBoolean()),
                    policy == GroupingPolicy.GROUP_BY_TPG));
        }
        var rules = new GroupingRules(policy, Optional.empty(), false);

        var groups = Grouping.group(paths, rules);

        assertThat(groups).hasSameSizeAs(expected.get("groups"));
        for (var i = 0; i < groups.size(); i++) {
            var group = expected.get("groups").get(i);
            assertThat(groups.get(i).paths().stream().map(paths::indexOf))
                    .containsExactlyElementsOf(
                            StreamSupport.stream(group.get("paths").spliterator(), false)
                                    .map(JsonNode::asInt)
                                    .toList());
            assertThat(groups.get(i).marginal()).isEqualTo(group.get("marginal").asBoolean());
        }
    }

    @ParameterizedTest
    @CsvSource({
        // set, detected, whether the array told the priority of either path, in force
        "GROUP_BY_TPG,    ,              true,  true,  GROUP_BY_TPG",
        "GROUP_BY_TPG,    ,              true,  false, FAILOVER",
        "MULTIBUS,        GROUP_BY_PRIO, true,  true,  GROUP_BY_PRIO",
        "MULTIBUS,        GROUP_BY_TPG,  true,  true,  GROUP_BY_TPG",
        "MULTIBUS,        GROUP_BY_TPG,  false, true,  MULTIBUS",
        "GROUP_BY_SERIAL, ,              true,  true,  GROUP_BY_SERIAL"
    })
    void whatTheArrayTellsDecidesWhatPolicyIsInForce(
            GroupingPolicy set, @Nullable GroupingPolicy detected, boolean one, boolean two, GroupingPolicy inForce) {
        var rules = new GroupingRules(set, Optional.ofNullable(detected), false);

        assertThat(rules.inForce(List.of(told(1, one), told(2, two)))).isEqualTo(inForce);
    }

    @Tag("vectors")
    @ParameterizedTest
    @MethodSource("priorityVectors")
    void aGroupsPriorityIsTheMeanOfItsUsablePaths(JsonNode vector) {
        var group = group(vector.at("/in/paths"), 1);

        assertThat(group.priority()).isEqualTo(vector.at("/expect/priority").asInt());
        assertThat(group.usablePaths())
                .isEqualTo(vector.at("/expect/enabled_paths").asInt());
    }

    @Tag("vectors")
    @ParameterizedTest
    @MethodSource("bestGroupVectors")
    void theBestGroupIsTheReferences(JsonNode vector) {
        var groups = new ArrayList<PathGroup>();
        for (var group : vector.at("/in/groups")) {
            groups.add(new PathGroup(
                    group(group.get("paths"), 1 + 8 * groups.size()).paths(),
                    group.path("marginal").asBoolean()));
        }

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
        var all = List.copyOf(EnumSet.allOf(GroupingPolicy.class));
        return all.get(random.nextInt(all.size()));
    }

    private static GroupingPolicy policy(String word) {
        return Stream.of(GroupingPolicy.values())
                .filter(policy -> policy.word().equals(word))
                .findFirst()
                .orElseThrow();
    }

    /** @param marginalGroups without them no path calls itself marginal */
    private static GroupingFacts facts(JsonNode path, boolean marginalGroups) {
        return new GroupingFacts(
                path.path("serial").asText(),
                path.path("tgt_node_name").asText(),
                path.path("tpg").asInt(GroupingFacts.NO_PORT_GROUP),
                marginalGroups && path.path("marginal").asBoolean());
    }

    private static PathReport told(int n, boolean byTheArray) {
        return Reports.grouped(Reports.path(n, PathState.UP, 50), GroupingFacts.NONE, byTheArray);
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
