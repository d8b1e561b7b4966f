package org.lunwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class FailbackTextTest {

    @Test
    void aPlanTellsWhatMovesWhatDoesNotAndHowItIsDone() throws JsonProcessingException {
        assertThat(FailbackText.plan(json("""
                {"fingerprint":"0a1b2c3d4e5f","expiresAt":"2026-03-01T11:00:00Z","waves":[
                 {"steps":[{"host":"h1","maps":["3600b1"]}]},
                 {"steps":[{"host":"h1","maps":["3600a0","3600a1"]},{"host":"h2","maps":["3600a0"]}]}],
                 "leftOut":[{"host":"h3","map":"3600c0","reason":"host h3 is silent"},
                            {"host":"h4","map":"3600c0","reason":"host h3 is silent"}]}
                """))).isEqualTo("""
                Would move 4 maps in 2 steps; --yes --plan 0a1b2c3d4e5f does it, until 2026-03-01T11:00:00Z:
                  step 1: h1 (1)
                  step 2: h1 (2), h2 (1)
                  left out, 2 maps: host h3 is silent
                """);
        assertThat(FailbackText.plan(json("{\"waves\":[],\"leftOut\":[]}"))).isEqualTo("Nothing would move.\n");
    }

    @Test
    void aFailbackTellsHowFarItIsAndWhyItStopped() throws JsonProcessingException {
        var failback = json("""
                {"id":"failback-7","phase":"STOPPED","mapsDone":2,"maps":6,"stepsDone":1,"steps":4,
                 "reason":"host h3 is silent","log":[{"at":"10:00","text":"begun by eve"},{"at":"10:01","text":"stopped"}]}
                """);

        assertThat(FailbackText.of(failback)).isEqualTo("""
                failback-7 stopped: 2 of 6 maps, step 1 of 4: host h3 is silent
                  10:00 begun by eve
                  10:01 stopped
                """);
        assertThat(FailbackText.log(failback, 1)).isEqualTo("  10:01 stopped\n");
        assertThat(FailbackText.list(json("[]"))).isEqualTo("No failback is known.\n");
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return ViewOption.JSON.readTree(text);
    }
}
