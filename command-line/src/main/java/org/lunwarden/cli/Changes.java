package org.lunwarden.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What of a view's observations is new since they were last asked for. */
final class Changes {

    private Map<String, ObjectNode> known = Map.of();
    private Map<String, ObjectNode> coming = new HashMap<>();
    private final List<String> all = new ArrayList<>();
    private final List<String> changed = new ArrayList<>();

    /** One line of an answer. */
    void read(String line) throws IOException {
        all.add(line);
        if (!(ViewOption.JSON.readTree(line) instanceof ObjectNode row)) {
            throw new IOException("not an observation: " + line);
        }
        if (row.has("kind")) {
            return;
        }
        row.remove("seenAt");
        var key = row.path("host").asText() + "\n" + row.path("initiatorPort").asText() + "\n"
                + row.path("targetPort").asText();
        coming.put(key, row);
        if (!row.equals(known.get(key))) {
            changed.add(line);
        }
    }

    /** The answer is over: gives the lines that a recording needs. When a nexus is gone, these are all. */
    List<String> end() {
        var isWhole = known.isEmpty() || !coming.keySet().containsAll(known.keySet());
        var lines = List.copyOf(isWhole ? all : changed);
        known = coming;
        coming = new HashMap<>();
        all.clear();
        changed.clear();
        return lines;
    }

    /** The answer broke off: it counts as not read. */
    void broke() {
        coming = new HashMap<>();
        all.clear();
        changed.clear();
    }
}
