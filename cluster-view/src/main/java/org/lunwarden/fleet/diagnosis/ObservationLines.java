package org.lunwarden.fleet.diagnosis;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import org.lunwarden.model.Component;

/**
 * Observations as JSON lines that {@code lunwarden diagnose} reads, and comes to the same verdict by.
 *
 * <pre>
 * {"kind": "snapshot", "seenAt"}                 what follows is all that was known then; lines before count no more
 * {"kind": "change", "class", "id", "at"}        a component that was changed lately
 * {"host", "initiatorPort", "targetPort", "components": {class: id or [id...]}, "state", "paths", "down", "changedAt", "seenAt"}
 * </pre>
 *
 * Times are Unix milliseconds; {@code seenAt} is when the view held it to be so. The state is the one that counted: {@code
 * unknown} where a host was silent.
 */
public final class ObservationLines {

    private static final JsonFactory JSON = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    private ObservationLines() {}

    /** All that a verdict rests on. */
    public static void write(OutputStream out, Verdict verdict, Instant seenAt) throws IOException {
        try (var json = JSON.createGenerator(out)) {
            json.setRootValueSeparator(null);
            json.writeStartObject();
            json.writeStringField("kind", "snapshot");
            json.writeNumberField("seenAt", seenAt.toEpochMilli());
            json.writeEndObject();
            json.writeRaw('\n');
            for (var component : new TreeMap<>(verdict.changed()).entrySet()) {
                change(json, component.getKey(), component.getValue());
            }
            for (var row : verdict.rows()) {
                row(json, row, seenAt);
            }
        }
    }

    private static void change(JsonGenerator json, Component component, Instant at) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", "change");
        json.writeStringField("class", component.kind().word());
        json.writeStringField("id", component.id());
        json.writeNumberField("at", at.toEpochMilli());
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private static void row(JsonGenerator json, Observation row, Instant seenAt) throws IOException {
        json.writeStartObject();
        json.writeStringField("host", row.host().value());
        json.writeStringField("initiatorPort", row.nexus().initiatorPort());
        json.writeStringField("targetPort", row.nexus().targetPort());
        json.writeObjectFieldStart("components");
        for (var byClass : byClass(Crossing.causes(row.components())).entrySet()) {
            json.writeFieldName(byClass.getKey());
            if (byClass.getValue().size() == 1) {
                json.writeString(byClass.getValue().getFirst());
            } else {
                json.writeStartArray();
                for (var id : byClass.getValue()) {
                    json.writeString(id);
                }
                json.writeEndArray();
            }
        }
        json.writeEndObject();
        json.writeStringField("state", row.state().word());
        json.writeNumberField("paths", row.paths());
        json.writeNumberField("down", row.failed());
        json.writeNumberField("changedAt", row.changedAt().toEpochMilli());
        json.writeNumberField("seenAt", seenAt.toEpochMilli());
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private static Map<String, List<String>> byClass(List<Component> components) {
        var sorted = new TreeMap<Component, String>();
        components.forEach(component -> sorted.put(component, component.id()));
        var byClass = new LinkedHashMap<String, List<String>>();
        sorted.forEach(
                (component, id) -> byClass.computeIfAbsent(component.kind().word(), any -> new ArrayList<>())
                        .add(id));
        return byClass;
    }
}
