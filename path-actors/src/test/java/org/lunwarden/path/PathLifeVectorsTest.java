package org.lunwarden.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.model.PathState;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.model.settings.Precautions;
import org.lunwarden.model.settings.PrioKind;
import org.lunwarden.model.settings.ShakyPathRule;
import org.lunwarden.model.settings.TransportTimeouts;
import org.lunwarden.path.PathLife.Checked;
import org.lunwarden.path.purge.Quarantine;
import org.lunwarden.vectors.Vectors;

@Tag("vectors")
class PathLifeVectorsTest {

    static Stream<Arguments> checkInterval() {
        return Vectors.states("check_interval");
    }

    static Stream<Arguments> daemonStateMapping() {
        return Vectors.states("daemon_state_mapping");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("checkInterval")
    void thePauseGrowsAsInTheReference(String id, JsonNode in, JsonNode expect) {
        var settings = settings(
                in.get("polling_interval").asInt(),
                in.get("max_polling_interval").asInt());
        var life = new PathLife(
                Vectors.state(in.get("initial_state")), settings.pollingInterval(), Optional.empty(), 0, false, false);

        var pauses = new ArrayList<Integer>();
        for (var result : in.get("results")) {
            var step = life.observe(new Checked(Vectors.state(result)), settings, new Spread(0.5), Duration.ZERO);
            life = step.next();
            pauses.add((int) life.pause().toSeconds());
        }

        var expected = new ArrayList<Integer>();
        expect.get("interval_after_each_check").forEach(each -> expected.add(each.asInt()));
        assertThat(pauses).as(id).isEqualTo(expected).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("daemonStateMapping")
    void aCheckersStateBecomesThePathsStateAsInTheReference(String id, JsonNode in, JsonNode expect) {
        var settings = settings(5, 20);
        var before = new PathLife(PathState.GHOST, settings.pollingInterval(), Optional.empty(), 0, false, false);

        var step = before.observe(
                new Checked(Vectors.state(in.get("checker_state"))), settings, new Spread(0.5), Duration.ZERO);

        if (expect.get("skip_update").asBoolean()) {
            assertThat(step.next().state()).as(id).isEqualTo(before.state());
        } else {
            assertThat(step.next().state()).as(id).isEqualTo(Vectors.state(expect.get("state")));
        }
        // when the mark is acted on is the quarantine's to say
        assertThat(Quarantine.NONE
                        .after(Vectors.state(in.get("checker_state")), settings, Duration.ZERO)
                        .isMarked())
                .as(id)
                .isEqualTo(expect.get("mark_for_purge").asBoolean());
    }

    private static PathSettings settings(int polling, int max) {
        return new PathSettings(
                CheckerKind.TUR,
                false,
                PrioKind.CONST,
                true,
                "",
                Duration.ofSeconds(polling),
                Duration.ofSeconds(max),
                Duration.ofSeconds(30),
                new Precautions(new ShakyPathRule.None(), false, TransportTimeouts.UNSET, true, false, false));
    }
}
