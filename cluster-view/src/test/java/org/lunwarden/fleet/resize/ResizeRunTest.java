package org.lunwarden.fleet.resize;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.fleet.resize.ResizeProgress.Phase;
import org.lunwarden.fleet.resize.ResizeProgress.Step;
import org.lunwarden.fleet.resize.ResizeRun.Order;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostAnswer.PathSize;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostId;

class ResizeRunTest {

    private static final Wwid LUN = new Wwid("3600a098000000001");
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final long OLD = 2048;
    private static final long NEW = 4096;
    private static final List<HostId> HOSTS = List.of(new HostId("h1"), new HostId("h2"), new HostId("h3"));

    @Test
    void allHostsAreReadAnewThenOneMapIsResizedThenTheOthers() {
        var first = start();
        assertThat(first.orders()).extracting(Order::host).containsExactlyElementsOf(HOSTS);
        assertThat(first.orders()).allMatch(order -> order.command() instanceof HostCommand.RescanPaths);

        var canary = after(first.run(), sizes(OLD, NEW), sizes(OLD, NEW), sizes(OLD, NEW));
        assertThat(canary.orders())
                .containsExactly(new Order(HOSTS.getFirst(), new HostCommand.Resize(LUN, NEW, "the fleet's r1")));

        var others = answered(canary.run(), 0, sizes(NEW, NEW));
        assertThat(others.orders()).extracting(Order::host).containsExactlyElementsOf(HOSTS.subList(1, 3));

        var last = answered(answered(others.run(), 1, sizes(NEW, NEW)).run(), 2, sizes(NEW, NEW));
        assertThat(last.run().phase()).isEqualTo(Phase.DONE);
        assertThat(last.run().progress().hosts())
                .allMatch(host -> host.step() == Step.RESIZED && host.sectors() == NEW);
    }

    /** What one of three hosts answers when its paths are read anew, and a word of the reason for which nothing is touched. */
    static Stream<Arguments> obstacles() {
        return Stream.of(
                Arguments.of(sizes(OLD, OLD), "different sizes"),
                Arguments.of(
                        told(OLD, new PathSize("sda", "ready", true, NEW), new PathSize("sdb", "ready", true, OLD)),
                        "sdb has 2048"),
                Arguments.of(told(OLD, new PathSize("sda", "faulty", false, NEW)), "sda is faulty"),
                Arguments.of(told(OLD), "no path"),
                Arguments.of(sizes(NEW * 2, NEW), "loses data"),
                Arguments.of(new HostAnswer.Refused("host h3 did not answer within 24000 ms"), "did not answer"),
                Arguments.of(new HostAnswer.Accepted(), "did not tell"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("obstacles")
    void whenOneHostSpeaksAgainstItNoMapIsTouched(HostAnswer answer, String why) {
        for (var odd = 0; odd < HOSTS.size(); odd++) {
            var answers = new ArrayList<HostAnswer>(List.of(sizes(OLD, NEW), sizes(OLD, NEW), sizes(OLD, NEW)));
            answers.set(odd, answer);

            var next = after(start().run(), answers.toArray(HostAnswer[]::new));

            assertThat(next.orders()).isEmpty();
            assertThat(next.run().phase()).isEqualTo(Phase.REFUSED);
            assertThat(next.run().reason()).contains(why);
            assertThat(next.run().progress().hosts()).allMatch(host -> host.step() == Step.NOT_RESIZED);
        }
    }

    @Test
    void whatSpeaksAgainstItBeforeIsAskedOfNobody() {
        var refused = ResizeRun.start("r1", new ResizePlan(LUN, HOSTS, List.of("host h3 does not report")), "eve", NOW);

        assertThat(refused.orders()).isEmpty();
        assertThat(refused.run().progress().phase()).isEqualTo(Phase.REFUSED);
        assertThat(refused.run().progress().reason()).isEqualTo("host h3 does not report");
    }

    @Test
    void whenTheFirstHostFailsNoOtherIsTold() {
        var canary = after(start().run(), sizes(OLD, NEW), sizes(OLD, NEW), sizes(OLD, NEW));

        var asked = answered(canary.run(), 0, new HostAnswer.Refused("the map is suspended"));
        assertThat(asked.orders()).hasSize(1);
        var end = answered(asked.run(), 0, sizes(OLD, NEW)).run().progress();

        assertThat(end.phase()).isEqualTo(Phase.REFUSED);
        assertThat(end.hosts()).allMatch(host -> host.step() == Step.NOT_RESIZED);
        assertThat(end.hosts().getFirst().reason()).isEqualTo("the map is suspended");
    }

    @Test
    void aHostThatDidNotAnswerIsAskedAgainAndWhatIsTrueIsTold() {
        var canary = after(start().run(), sizes(OLD, NEW), sizes(OLD, NEW), sizes(OLD, NEW));
        var late = new HostAnswer.Refused("did not answer");

        var there = answered(answered(canary.run(), 0, late).run(), 0, sizes(NEW, NEW));
        var lost = answered(answered(canary.run(), 0, late).run(), 0, late);

        assertThat(there.orders()).hasSize(2);
        assertThat(lost.run().progress().phase()).isEqualTo(Phase.PARTIAL);
        assertThat(lost.run().progress().hosts().getFirst().step()).isEqualTo(Step.UNKNOWN);
        assertThat(lost.run().progress().hosts().getFirst().reason()).contains("asked again");
        assertThat(lost.orders()).isEmpty();
    }

    @Test
    void mapsThatHaveTheSizeAlreadyAreLeftAlone() {
        var next = after(start().run(), sizes(NEW, NEW), sizes(NEW, NEW), sizes(NEW, NEW));

        assertThat(next.orders()).isEmpty();
        assertThat(next.run().phase()).isEqualTo(Phase.DONE);
    }

    /** Hosts that refuse, lie low, or do as told: what is told at the end is how their maps are. */
    @Test
    void whateverHostsDoTheEndIsToldAsItIs() {
        for (var seed = 0L; seed < 500; seed++) {
            var random = new Random(seed);
            var real = new HashMap<HostId, Long>();
            HOSTS.forEach(host -> real.put(host, OLD));
            var next = start();
            var run = next.run();
            var open = new ArrayDeque<>(next.orders());
            while (!open.isEmpty()) {
                var order = open.removeFirst();
                var follows = run.answered(order.host(), answer(order, real, random), NOW.plus(Duration.ofSeconds(1)));
                run = follows.map(ResizeRun.Next::run).orElse(run);
                follows.ifPresent(more -> open.addAll(more.orders()));
            }

            var end = run.progress();

            assertThat(end.isOver()).as("seed " + seed).isTrue();
            for (var host : end.hosts()) {
                var size = real.getOrDefault(host.host(), OLD);
                switch (host.step()) {
                    case RESIZED -> assertThat(size).as("seed " + seed).isEqualTo(NEW);
                    case NOT_RESIZED -> assertThat(size).as("seed " + seed).isEqualTo(OLD);
                    case UNKNOWN -> assertThat(end.phase()).isEqualTo(Phase.PARTIAL);
                    case RESCANNING, VERIFIED, RESIZING -> throw new AssertionError("seed " + seed + ": " + end);
                }
            }
            if (end.phase() == Phase.REFUSED) {
                assertThat(real.values()).as("seed " + seed).containsOnly(OLD);
            }
        }
    }

    private static HostAnswer answer(Order order, Map<HostId, Long> real, Random random) {
        if (order.command() instanceof HostCommand.Resize && random.nextInt(4) > 0) {
            real.put(order.host(), NEW);
        }
        return random.nextInt(6) == 0
                ? new HostAnswer.Refused("did not answer")
                : sizes(real.getOrDefault(order.host(), OLD), NEW);
    }

    private static ResizeRun.Next start() {
        return ResizeRun.start("r1", new ResizePlan(LUN, HOSTS, List.of()), "eve", NOW);
    }

    private static ResizeRun.Next after(ResizeRun run, HostAnswer... answers) {
        var next = new ResizeRun.Next(run, List.of());
        for (var host = 0; host < answers.length; host++) {
            next = answered(next.run(), host, answers[host]);
        }
        return next;
    }

    private static ResizeRun.Next answered(ResizeRun run, int host, HostAnswer answer) {
        return run.answered(HOSTS.get(host), answer, NOW).orElseThrow();
    }

    private static HostAnswer sizes(long map, long paths) {
        return told(map, new PathSize("sda", "ready", true, paths), new PathSize("sdb", "ready", true, paths));
    }

    private static HostAnswer told(long map, PathSize... paths) {
        return new HostAnswer.Sizes(LUN, map, List.of(paths));
    }
}
