package org.lunwarden.fleet.history;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import org.lunwarden.fleet.incident.Incident;

/**
 * An incident as it is kept: gzip of JSON. What a later release adds is not there in an older document, and ignored by an
 * older release: an entry of the timeline is left out when it tells of something unknown.
 */
final class IncidentDocument {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .visibility(PropertyAccessor.GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .withConfigOverride(
                    List.class, lists -> lists.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .withConfigOverride(
                    String.class, text -> text.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .build();

    private IncidentDocument() {}

    static byte[] format(Incident incident) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            MAPPER.writeValue(zip, incident);
        } catch (IOException impossible) {
            throw new IllegalStateException("incident " + incident.id() + " cannot be written", impossible);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException when it is none */
    static Incident parse(byte[] document) throws IOException {
        try (var zip = new GZIPInputStream(new ByteArrayInputStream(document))) {
            var tree = MAPPER.readTree(zip);
            if (tree.path("timeline") instanceof ArrayNode timeline) {
                for (var entries = timeline.elements(); entries.hasNext(); ) {
                    if (!isUnderstood(entries.next())) {
                        entries.remove();
                    }
                }
            }
            return MAPPER.treeToValue(tree, Incident.class);
        }
    }

    private static boolean isUnderstood(JsonNode entry) {
        try {
            MAPPER.treeToValue(entry, Incident.Entry.class);
            return true;
        } catch (JsonProcessingException unknown) {
            return false;
        }
    }
}
