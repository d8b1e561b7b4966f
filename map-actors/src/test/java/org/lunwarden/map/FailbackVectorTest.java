package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.map.failback.FailbackWatch;
import org.lunwarden.map.group.PathGroup;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.NoPathRetry;
import org.lunwarden.vectors.Vectors;

@Tag("vectors")
class FailbackVectorTest extends MapByHand {

    private static final String NAME = Reports.WWID.value();

    static Stream<Arguments> cases() {
        return Vectors.states("failback");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aMapReturnsToItsBestGroupAsInTheReference(String id, JsonNode in, JsonNode expect) {
        var mode = mode(in.get("mode").asText());
        switch (mode) {
            case Failback.Followover followover ->
                assertThat(followsOver(in)).isEqualTo(expect.get("switch").asBoolean());
            case Failback.Deferred deferred -> assertThat(ticks(deferred, in)).isEqualTo(expectedTicks(expect));
            case Failback.Manual manual ->
                assertThat(act(manual, in)).isEqualTo(expect.get("action").asText());
            case Failback.Immediate immediate ->
                assertThat(act(immediate, in)).isEqualTo(expect.get("action").asText());
        }
    }

    private static boolean followsOver(JsonNode in) {
        var inBest = in.get("new_path_in_best_group").asBoolean();
        var next = in.path("best_is_active").asBoolean() ? 1 : 2;
        var best = new ArrayList<PathReport>(List.of(Reports.path(1, PathState.UP, 50)));
        for (var state : in.get("other_paths_of_that_group")) {
            best.add(Reports.path(10 + best.size(), Vectors.state(state), 50));
        }
        var groups = List.of(new PathGroup(best), new PathGroup(List.of(Reports.path(2, PathState.UP, 10))));
        var policy = new Failback.Followover();

        return FailbackWatch.CALM
                        .pathReturned(Reports.device(inBest ? 1 : 2), policy, Duration.ZERO)
                        .decide(policy, groups, true, next, Duration.ZERO)
                        .switchTo()
                == 1;
    }

    /** After how many seconds from the last event the map is switched. */
    private static long ticks(Failback.Deferred policy, JsonNode in) {
        var groups = List.of(
                new PathGroup(List.of(Reports.path(1, PathState.UP, 50))),
                new PathGroup(List.of(Reports.path(2, PathState.UP, 10))));
        var waiting = FailbackWatch.CALM
                .decide(policy, groups, true, 2, Duration.ZERO)
                .next();
        return switch (in.get("event").asText()) {
            case "first detection at second 0" ->
                waiting.switchAt().orElseThrow().toSeconds();
            case "detection at 0, another path comes up at tick 10" -> {
                var tick = Duration.ofSeconds(10);
                var again = waiting.pathReturned(Reports.device(3), policy, tick);
                yield again.switchAt().orElseThrow().minus(tick).toSeconds();
            }
            default -> fail("unknown event " + in.get("event"));
        };
    }

    private static long expectedTicks(JsonNode expect) {
        return expect.has("switch_at_tick")
                ? expect.get("switch_at_tick").asLong()
                : expect.get("countdown_restarted_to").asLong();
    }

    /** What the map that the kernel has is told. */
    private String act(Failback policy, JsonNode in) {
        var inOrder = in.path("groups_in_order").asBoolean(true);
        var groups = in.path("number_of_groups").asInt(2);
        kernel.has(
                NAME,
                KernelReader.uuid(Reports.WWID),
                Reports.SECTORS,
                groups == 1
                        ? "0 0 1 1 service-time 0 2 1 8:16 1 8:32 1"
                        : "0 0 2 1 service-time 0 1 1 8:16 1 service-time 0 1 1 8:32 1");
        kernel.usesGroup(NAME, groups == 1 || in.path("best_is_active").asBoolean() == inOrder ? 1 : 2);
        begin(Settings.of(
                groups == 1 ? GroupingPolicy.MULTIBUS : GroupingPolicy.FAILOVER, policy, new NoPathRetry.Fail()));
        is(Reports.path(1, PathState.UP, inOrder ? 50 : 10), Reports.path(2, PathState.UP, inOrder ? 10 : 50));
        passes(Settling.REGROUP);

        var acts = kernel.acts();
        if (acts.isEmpty()) {
            return "none";
        }
        return acts.getFirst().startsWith("message switch_group")
                ? "switch"
                : acts.getFirst().split(" ", 2)[0];
    }

    private static Failback mode(String word) {
        return switch (word) {
            case "manual" -> new Failback.Manual();
            case "immediate" -> new Failback.Immediate();
            case "followover" -> new Failback.Followover();
            default -> new Failback.Deferred(Duration.ofSeconds(Long.parseLong(word)));
        };
    }
}
