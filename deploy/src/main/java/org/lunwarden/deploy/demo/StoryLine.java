package org.lunwarden.deploy.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Prints a story as JSON objects, one a line: {@code {"event": …, "secondsSinceStart": …, "secondsSinceFault": …}},
 * the latter null before the fault.
 */
final class StoryLine {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintStream out;
    private final long start = System.nanoTime();
    private Optional<Long> fault = Optional.empty();

    StoryLine(PrintStream out) {
        this.out = out;
    }

    void faultIsNow() {
        fault = Optional.of(System.nanoTime());
    }

    /** @param details in pairs: name, value */
    void tell(String event, Object... details) {
        var now = System.nanoTime();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", event);
        line.put("secondsSinceStart", seconds(now - start));
        line.put("secondsSinceFault", fault.map(at -> seconds(now - at)).orElse(null));
        for (var i = 0; i < details.length; i += 2) {
            line.put(String.valueOf(details[i]), details[i + 1]);
        }
        try {
            out.println(JSON.writeValueAsString(line));
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(broken);
        }
        out.flush();
    }

    private static double seconds(long nanos) {
        return Duration.ofNanos(nanos).toMillis() / 1000.0;
    }
}
