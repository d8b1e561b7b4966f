package org.lunwarden.cli.diagnose;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

import org.lunwarden.cli.diagnose.ObservationReader.Wrong;
import org.lunwarden.fleet.localization.ComponentName;
import org.lunwarden.fleet.localization.Event;
import org.lunwarden.fleet.localization.RowReading;

/**
 * What a line says that tells an event.
 *
 * <pre>
 * {"kind": "change", "class", "id", "at"}
 * {"kind": "maintenance", "class", "id", "from"?, "to"?}
 * {"kind": "reboot", "host", "at"}
 * </pre>
 */
final class EventFields {

    /** So late that nothing ends after it, and that a day more is no overflow. */
    private static final long NO_END = Long.MAX_VALUE / 2;

    private String kind = "";
    private String type = "";
    private String id = "";
    private long at;
    private long from;
    private long to;

    void clear() {
        kind = "";
        type = "";
        id = "";
        at = RowReading.NO_TIME;
        from = RowReading.NO_TIME;
        to = RowReading.NO_TIME;
    }

    /** Of any line: in one that tells no event, such a field may stand for something else. */
    void field(JsonParser parser, JsonToken token, String name) throws IOException {
        var text = token == JsonToken.VALUE_STRING ? parser.getText().strip() : "";
        var number = token.isNumeric() ? parser.getDoubleValue() : Double.NaN;
        var time = Math.abs(number) < 1e16 ? (long) number : RowReading.NO_TIME;
        parser.skipChildren();
        switch (name) {
            case "kind" -> kind = text;
            case "class" -> type = text;
            case "id" -> id = text;
            case "at" -> at = time;
            case "from" -> from = time;
            case "to" -> to = time;
            default -> {}
        }
    }

    /** Empty when the line names none. */
    String kind() {
        return kind;
    }

    /** A line of another kind may still be an observation. */
    boolean isEvent() {
        return switch (kind) {
            case "change", "maintenance", "reboot" -> true;
            default -> false;
        };
    }

    /** When it began; {@link RowReading#NO_TIME} when that is not said. */
    long began() {
        return kind.equals("maintenance") ? from : at;
    }

    Event told(@Nullable String host) throws Wrong {
        if (kind.equals("reboot")) {
            if (host == null || at == RowReading.NO_TIME) {
                throw new Wrong("reboot: lacks " + (host == null ? "host" : "at"));
            }
            return new Event.Rebooted(host, at);
        }
        if (type.isEmpty() || id.isEmpty()) {
            throw new Wrong(kind + ": lacks " + (type.isEmpty() ? "class" : "id"));
        }
        var component = new ComponentName(type, id);
        if (kind.equals("change")) {
            if (at == RowReading.NO_TIME) {
                throw new Wrong("change: lacks at");
            }
            return new Event.Changed(component, at);
        }
        if (to != RowReading.NO_TIME && to < from) {
            throw new Wrong("maintenance: ends before it begins");
        }
        return new Event.Maintained(component, from, to == RowReading.NO_TIME ? NO_END : to);
    }
}
