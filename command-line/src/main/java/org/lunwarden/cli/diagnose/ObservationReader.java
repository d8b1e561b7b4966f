package org.lunwarden.cli.diagnose;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

import org.lunwarden.fleet.localization.ComponentName;
import org.lunwarden.fleet.localization.Event;
import org.lunwarden.fleet.localization.RiskIndexBuilder;
import org.lunwarden.fleet.localization.RowReading;
import org.lunwarden.model.fleet.NexusState;

/** Reads observations and events, one JSON object a line. A line that is wrong is told and left out. */
final class ObservationReader {

    private static final String NAMELESS_PORT = "scsi-host-";

    private static final List<String> HOST_WORDS = List.of("host", "server", "node", "machine", "client");
    private static final List<String> PORT_WORDS =
            List.of("port", "hba", "nic", "adapter", "initiator", "target", "wwpn", "iqn", "interface");

    private final JsonFactory json = new JsonFactory();
    private final RiskIndexBuilder index = new RiskIndexBuilder();
    private final OptionalLong at;
    private final List<BadLine> bad = new ArrayList<>();
    private long read;
    private long later;

    private @Nullable String host;
    private @Nullable String initiator;
    private @Nullable String target;
    private @Nullable NexusState state;
    private long paths;
    private long down;
    private long changedAt;
    private long reportedAt;
    private long seenAt;
    private final Recording recording = new Recording();
    private final EventFields event = new EventFields();
    private final List<Event> events = new ArrayList<>();
    private final List<ComponentName> named = new ArrayList<>();
    private int[] numbers = new int[16];

    /** What makes a line useless. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1;

        Wrong(String problem) {
            super(problem);
        }
    }

    /** @param at what was reported after this time, in Unix milliseconds, is left out */
    ObservationReader(OptionalLong at) {
        this.at = at;
    }

    void read(String file, InputStream in) throws IOException {
        var lines = new Lines(in);
        while (lines.next()) {
            if (lines.isBlank()) {
                continue;
            }
            try {
                if (lines.isTooLong()) {
                    throw new Wrong("longer than " + Lines.LONGEST + " bytes");
                }
                parse(lines);
                if (event.isEvent()) {
                    enterEvent();
                } else {
                    enter();
                }
            } catch (JsonProcessingException malformed) {
                bad.add(new BadLine(file, lines.number(), "not JSON: " + malformed.getOriginalMessage()));
            } catch (Wrong wrong) {
                bad.add(new BadLine(file, lines.number(), String.valueOf(wrong.getMessage())));
            }
        }
    }

    RiskIndexBuilder index() {
        recording.into(index);
        return index;
    }

    /** What happened until the time that was asked for, in the order of lines. */
    List<Event> events() {
        return events;
    }

    List<BadLine> bad() {
        return bad;
    }

    /** Lines that could be used. */
    long read() {
        return read;
    }

    /** Of these, reported too late to count. */
    long later() {
        return later;
    }

    private void parse(Lines lines) throws IOException, Wrong {
        host = null;
        initiator = null;
        target = null;
        state = null;
        paths = -1;
        down = -1;
        changedAt = RowReading.NO_TIME;
        reportedAt = RowReading.NO_TIME;
        seenAt = RowReading.NO_TIME;
        named.clear();
        event.clear();
        var start = lines.number() == 1 && startsWithMark(lines) ? 3 : 0;
        try (var parser = json.createParser(lines.bytes(), start, lines.length() - start)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Wrong("not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                field(parser, parser.currentName());
            }
            if (parser.nextToken() != null) {
                throw new Wrong("more than one JSON object");
            }
        }
    }

    private static boolean startsWithMark(Lines lines) {
        var bytes = lines.bytes();
        return lines.length() > 2 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
    }

    private void field(JsonParser parser, String name) throws IOException, Wrong {
        var token = parser.nextToken();
        switch (name) {
            case "host" -> host = word(parser, token, name);
            case "initiatorPort" -> initiator = word(parser, token, name);
            case "targetPort" -> target = word(parser, token, name);
            case "state" -> state = state(word(parser, token, name));
            case "paths" -> paths = number(parser, token, name);
            case "down" -> down = number(parser, token, name);
            case "changedAt" -> changedAt = time(parser, token, name);
            case "reportedAt" -> reportedAt = time(parser, token, name);
            case "seenAt" -> seenAt = time(parser, token, name);
            case "components" -> components(parser, token);
            default -> event.field(parser, token, name);
        }
    }

    private static String word(JsonParser parser, JsonToken token, String name) throws IOException, Wrong {
        var text = token == JsonToken.VALUE_STRING ? parser.getText() : "";
        if (text.isBlank()) {
            throw new Wrong(name + ": not a string that says something");
        }
        return text;
    }

    private static NexusState state(String word) throws Wrong {
        return Arrays.stream(NexusState.values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new Wrong("state: " + word + " is none of up, down, partial, admin, unknown"));
    }

    private static long number(JsonParser parser, JsonToken token, String name) throws IOException, Wrong {
        if (token == JsonToken.VALUE_NULL) {
            return -1;
        }
        if (token != JsonToken.VALUE_NUMBER_INT || parser.getBigIntegerValue().bitLength() > 31) {
            throw new Wrong(name + ": not a count");
        }
        var value = parser.getLongValue();
        if (value < 0) {
            throw new Wrong(name + ": below zero");
        }
        return value;
    }

    private static long time(JsonParser parser, JsonToken token, String name) throws IOException, Wrong {
        if (token == JsonToken.VALUE_NULL) {
            return RowReading.NO_TIME;
        }
        var isNumber = token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
        var value = isNumber ? parser.getDoubleValue() : Double.NaN;
        if (!(Math.abs(value) < 1e16)) {
            throw new Wrong(name + ": not a time in Unix milliseconds");
        }
        return (long) value;
    }

    private void components(JsonParser parser, JsonToken token) throws IOException, Wrong {
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (token != JsonToken.START_OBJECT) {
            throw new Wrong("components: not an object of class and id");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var kind = parser.currentName();
            var value = parser.nextToken();
            if (value == JsonToken.START_ARRAY) {
                for (var each = parser.nextToken(); each != JsonToken.END_ARRAY; each = parser.nextToken()) {
                    component(kind, parser, each);
                }
            } else {
                component(kind, parser, value);
            }
        }
    }

    private void component(String kind, JsonParser parser, JsonToken value) throws IOException, Wrong {
        if (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT) {
            var id = parser.getText();
            if (!id.isBlank() && !kind.isBlank()) {
                named.add(new ComponentName(kind, id));
            }
        } else if (value != JsonToken.VALUE_NULL) {
            throw new Wrong("components: " + kind + " is not a string");
        }
    }

    private void enterEvent() throws Wrong {
        var told = event.told(host);
        read++;
        if (at.isPresent() && event.began() > at.getAsLong()) {
            later++;
        } else {
            events.add(told);
        }
    }

    private void enter() throws Wrong {
        if (event.kind().equals("snapshot") && host == null && seenAt != RowReading.NO_TIME) {
            read++;
            if (at.isPresent() && seenAt > at.getAsLong()) {
                later++;
            } else {
                recording.snapshot(seenAt);
            }
            return;
        }
        if (host == null || initiator == null || target == null || state == null) {
            if (!event.kind().isEmpty()) {
                throw new Wrong("kind: '" + event.kind() + "' is none of change, maintenance, reboot");
            }
            throw new Wrong("lacks "
                    + (host == null
                            ? "host"
                            : initiator == null ? "initiatorPort" : target == null ? "targetPort" : "state"));
        }
        if (paths >= 0 && down > paths) {
            throw new Wrong("down: more than there are paths");
        }
        read++;
        var told = seenAt == RowReading.NO_TIME ? reportedAt : seenAt;
        if (at.isPresent() && told != RowReading.NO_TIME && told > at.getAsLong()) {
            later++;
            return;
        }
        understand("host", host);
        understand("hbaPort", initiator.startsWith(NAMELESS_PORT) ? host + "/" + initiator : initiator);
        understand("targetPort", target);
        var share = paths > 0 && down >= 0 ? (double) down / paths : Double.NaN;
        if (seenAt != RowReading.NO_TIME) {
            recording.add(host, initiator, target, named, new RowReading(state, share, changedAt, seenAt));
            return;
        }
        if (named.size() > numbers.length) {
            numbers = new int[2 * named.size()];
        }
        for (var i = 0; i < named.size(); i++) {
            numbers[i] = index.component(named.get(i));
        }
        index.add(host, initiator, target, numbers, named.size(), new RowReading(state, share, changedAt, reportedAt));
    }

    /** A nexus crosses its host and both of its ports, whether or not it says so. */
    private void understand(String kind, String id) {
        for (var component : named) {
            if (component.kind().equals(kind) || (component.id().equals(id) && isOtherWord(kind, component.kind()))) {
                return;
            }
        }
        named.add(new ComponentName(kind, id));
    }

    /** Where ids are plain numbers, host 7 may be in rack 7: only a class that sounds like it is the same under another word. */
    private static boolean isOtherWord(String kind, String other) {
        var word = other.toLowerCase(Locale.ROOT);
        return switch (kind) {
            case "host" -> HOST_WORDS.stream().anyMatch(word::contains);
            default -> PORT_WORDS.stream().anyMatch(word::contains);
        };
    }
}
