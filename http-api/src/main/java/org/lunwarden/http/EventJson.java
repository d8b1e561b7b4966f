package org.lunwarden.http;

import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;

import org.lunwarden.fleet.FleetEvent;
import org.lunwarden.fleet.FleetEvent.IncidentChanged;

/** An event on the wire: the incident in the shape of {@code GET /incidents/{id}}, everything else as it is. */
record EventJson(String id, Instant at, JsonNode what) {

    record IncidentChangedJson(String event, String change, IncidentShapes.IncidentJson incident) {}

    static EventJson of(FleetEvent event) {
        return event.what() instanceof IncidentChanged(var change, var incident)
                ? new EventJson(
                        event.id(),
                        event.at(),
                        tree(new IncidentChangedJson(
                                "incident-changed", change, IncidentShapes.IncidentJson.of(incident))))
                : new EventJson(event.id(), event.at(), tree(event.what()));
    }

    private static JsonNode tree(Object what) {
        return Json.MAPPER.valueToTree(what);
    }
}
