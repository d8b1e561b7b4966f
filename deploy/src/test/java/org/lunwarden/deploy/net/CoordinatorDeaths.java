package org.lunwarden.deploy.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import org.lunwarden.deploy.lab.Await;
import org.lunwarden.io.simulated.Part;

/**
 * Maps were driven off their best group and go back, coordinated; the coordinator is killed after the first step, that of the
 * next failback after two, and so on.
 *
 * @param coordinator the view that it is with now
 */
record CoordinatorDeaths(NetFleet fleet, Supplier<String> coordinator) {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** @param fabric without which maps have no path to their best group */
    String during(Part fabric) {
        var episode = Episode.begin(fleet, fabric);
        episode.told();
        episode.agreed();
        var figures = episode.over();
        var deaths = 0;
        while (offBest("v1") > 0) {
            deaths++;
            killAfter(deaths);
        }
        assertThat(deaths).as("failbacks in which the coordinator was killed").isPositive();
        assertThat(fleet.failedReads()).as("reads that failed").isZero();
        return figures + "; coordinator killed " + deaths + " times until all maps were on their best group";
    }

    private void killAfter(int steps) {
        var victim = coordinator.get();
        var asked = NetFleet.VIEWS.stream()
                .filter(view -> !view.equals(victim))
                .findFirst()
                .orElseThrow();
        var id = Await.untilPresent(
                        PATIENCE,
                        "a failback is started",
                        () -> fleet.post(asked, "/api/v1/failbacks", "{\"dryRun\": false}"))
                .path("failback")
                .path("id")
                .asText();
        Await.until(
                PATIENCE,
                "it has done " + steps + " steps, or has ended",
                () -> failback(asked, id),
                seen -> seen.path("stepsDone").asInt() >= steps || isOver(seen));
        fleet.member(victim).kill();
        Await.until(PATIENCE, "it has ended", () -> failback(asked, id), CoordinatorDeaths::isOver);
        fleet.start(victim);
        fleet.awaitWell();
    }

    private static boolean isOver(JsonNode failback) {
        return !failback.path("phase").asText("RUNNING").equals("RUNNING");
    }

    private JsonNode failback(String view, String id) {
        return fleet.get(view, "/api/v1/failbacks/" + id).orElseGet(JsonNodeFactory.instance::objectNode);
    }

    private int offBest(String view) {
        return Await.untilPresent(PATIENCE, view + " answers", () -> fleet.get(view, "/api/v1/maps?offBestGroup=true"))
                .path("total")
                .asInt();
    }
}
