package org.lunwarden.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class DemoIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void theStoryOfAFailedSwitchIsToldInLinesOfJsonAndEndsWell() throws Exception {
        try (var demo = DemoProcess.start("--script", "switch-failure")) {
            var story = new ArrayList<JsonNode>();
            for (var line = demo.line(PATIENCE); line.isPresent(); line = demo.line(PATIENCE)) {
                story.add(JSON.readTree(line.get()));
            }

            assertThat(demo.exit(PATIENCE)).as("%s", story).isZero();
            assertThat(story.stream().map(line -> line.get("event").asText()))
                    .containsExactly(
                            "start",
                            "cluster-up",
                            "fault-injected",
                            "incident-provisional",
                            "incident-confirmed",
                            "restored",
                            "incident-resolved",
                            "failback-planned",
                            "failback-done");
            assertThat(story.get(4).get("id")).isEqualTo(story.get(2).get("id"));
            assertThat(story.stream().skip(2).map(line -> line.get("secondsSinceFault")))
                    .allMatch(JsonNode::isNumber);
            assertThat(story.stream()
                            .skip(2)
                            .map(line -> line.get("secondsSinceFault").asDouble()))
                    .isSorted();
            assertThat(demo.errors()).isEmpty();
        }
    }

    @Test
    void aStoryWhoseIncidentNamesAnotherSwitchThanTheOneItIsAboutFails() throws Exception {
        var told = new ByteArrayOutputStream();
        try (var fleet = DemoFleet.start(4, 0, what -> {})) {
            var other = fleet.storySwitch().id().replaceFirst("12$", "11");

            var exit = new SwitchFailureStory(
                            fleet,
                            new StoryLine(new PrintStream(told, true, StandardCharsets.UTF_8)),
                            part -> fleet.faults().fail(other))
                    .tell();

            assertThat(exit).as("%s", told).isEqualTo(1);
        }
        var last = told.toString(StandardCharsets.UTF_8).lines().toList().getLast();
        assertThat(JSON.readTree(last).get("event").asText()).isEqualTo("failed");
        assertThat(JSON.readTree(last).get("reason").asText()).contains("does not name exactly");
    }

    @Test
    void aSignalEndsTheDemonstrationQuicklyAndInSilence() throws Exception {
        try (var demo = DemoProcess.start("--port", "0", "--hosts", "2")) {
            demo.line(line -> line.contains("all well"), PATIENCE);

            demo.terminate();

            assertThat(demo.exit(Duration.ofSeconds(20))).isZero();
            assertThat(demo.line(PATIENCE)).isEqualTo(Optional.of("Stopping ..."));
            assertThat(demo.errors()).isEmpty();
        }
    }
}
