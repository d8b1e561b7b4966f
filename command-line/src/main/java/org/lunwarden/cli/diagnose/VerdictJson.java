package org.lunwarden.cli.diagnose;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import org.lunwarden.fleet.localization.Cause;
import org.lunwarden.fleet.localization.ComponentName;
import org.lunwarden.fleet.localization.Localized;
import org.lunwarden.fleet.localization.RiskIndex;
import org.lunwarden.fleet.localization.RowReading;
import org.lunwarden.fleet.localization.Suspicion;

/**
 * A verdict as JSON.
 *
 * <pre>
 * {"incidents": [{"suspects": [suspect...], "doubt"?, "runnerUp": suspect|null, "gap", "nexuses", "hosts", "onset": ms|null}],
 *  "unexplained": [{"host", "initiatorPort", "targetPort", "state"}],
 *  "notObservable": [{"components": [component...], "why"}],
 *  "badLines": [{"file", "line", "problem"}]}
 * suspect   := {"class", "id", "equivalent": [component...], "fraction", "confidence", "explained", "contradicting"}
 * component := {"class", "id", "together"?: n}     those with one n look like the suspect when all of them fail at once
 * </pre>
 */
final class VerdictJson {

    private final RiskIndex index;
    private final Localized verdict;
    private final List<NotObservable> notes;
    private final List<BadLine> bad;

    VerdictJson(RiskIndex index, Localized verdict, List<NotObservable> notes, List<BadLine> bad) {
        this.index = index;
        this.verdict = verdict;
        this.notes = notes;
        this.bad = bad;
    }

    void write(PrintWriter out) {
        try (var json = new JsonFactory()
                .createGenerator(out)
                .configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false)
                .configure(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM, false)) {
            json.writeStartObject();
            json.writeArrayFieldStart("incidents");
            for (var cause : verdict.causes()) {
                incident(json, cause);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("unexplained");
            for (var row : verdict.unexplained()) {
                json.writeStartObject();
                json.writeStringField("host", index.host(row));
                json.writeStringField("initiatorPort", index.initiator(row));
                json.writeStringField("targetPort", index.target(row));
                json.writeStringField("state", index.state(row).word());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("notObservable");
            for (var note : notes) {
                json.writeStartObject();
                json.writeArrayFieldStart("components");
                for (var component : note.components()) {
                    json.writeStartObject();
                    component(json, component);
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeStringField("why", note.why());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("badLines");
            for (var line : bad) {
                json.writeStartObject();
                json.writeStringField("file", line.file());
                json.writeNumberField("line", line.line());
                json.writeStringField("problem", line.problem());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException cannotBe) {
            throw new UncheckedIOException(cannotBe);
        }
        out.println();
    }

    private void incident(JsonGenerator json, Cause cause) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("suspects");
        for (var suspect : cause.suspects()) {
            suspect(json, suspect);
        }
        json.writeEndArray();
        if (!cause.doubt().isEmpty()) {
            json.writeStringField("doubt", cause.doubt());
        }
        json.writeFieldName("runnerUp");
        if (cause.runnerUp().isPresent()) {
            suspect(json, cause.runnerUp().get());
        } else {
            json.writeNull();
        }
        json.writeNumberField("gap", rounded(cause.gap()));
        json.writeNumberField("nexuses", cause.members().size());
        json.writeNumberField("hosts", cause.hosts());
        json.writeFieldName("onset");
        if (cause.onset() == RowReading.NO_TIME) {
            json.writeNull();
        } else {
            json.writeNumber(cause.onset());
        }
        json.writeEndObject();
    }

    private void suspect(JsonGenerator json, Suspicion suspect) throws IOException {
        json.writeStartObject();
        component(json, index.component(suspect.component()));
        json.writeArrayFieldStart("equivalent");
        for (var other : suspect.equivalent()) {
            equivalent(json, other, 0);
        }
        for (var other : suspect.hidden()) {
            equivalent(json, other, 0);
        }
        var set = 0;
        for (var together : suspect.together()) {
            set++;
            for (var other : together) {
                equivalent(json, other, set);
            }
        }
        json.writeEndArray();
        json.writeNumberField("fraction", rounded(suspect.fraction()));
        json.writeNumberField("confidence", rounded(suspect.confidence()));
        json.writeNumberField("explained", suspect.down() + suspect.partial());
        json.writeNumberField("contradicting", suspect.up());
        json.writeEndObject();
    }

    private void equivalent(JsonGenerator json, int other, int set) throws IOException {
        json.writeStartObject();
        component(json, index.component(other));
        if (set > 0) {
            json.writeNumberField("together", set);
        }
        json.writeEndObject();
    }

    private static void component(JsonGenerator json, ComponentName name) throws IOException {
        json.writeStringField("class", name.kind());
        json.writeStringField("id", name.id());
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
