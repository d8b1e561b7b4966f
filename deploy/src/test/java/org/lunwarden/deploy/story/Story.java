package org.lunwarden.deploy.story;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The kinds of events of a story, without what timing alone decides: how often an incident grew or was named more
 * sharply, how often progress was told, and how the incident's events mingle with the failback's. Incidents come first,
 * one after the other, then failbacks.
 */
public final class Story {

    private static final Set<String> BY_CHANCE = Set.of("grew", "sharpened");

    private final Map<String, List<String>> incidents = new LinkedHashMap<>();
    private final Map<String, List<String>> failbacks = new LinkedHashMap<>();

    /** @param kind as the API words it, for example {@code confirmed} */
    public void incident(String id, String kind) {
        if (!BY_CHANCE.contains(kind)) {
            note(incidents, id, "incident-" + kind);
        }
    }

    /** @param phase in any case, for example {@code running} */
    public void failback(String id, String phase) {
        note(failbacks, id, "failback-" + phase.toLowerCase(Locale.ROOT));
    }

    public List<String> events() {
        var events = new ArrayList<String>();
        incidents.values().forEach(events::addAll);
        failbacks.values().forEach(events::addAll);
        return List.copyOf(events);
    }

    /** The events that a story is to have: the lines of {@code story/<name>.events}. */
    public static List<String> told(String name) {
        var file = "/story/" + name + ".events";
        try (InputStream text = Story.class.getResourceAsStream(file)) {
            if (text == null) {
                throw new IllegalArgumentException("no story " + file);
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void note(Map<String, List<String>> subjects, String id, String event) {
        var events = subjects.computeIfAbsent(id, first -> new ArrayList<>());
        if (events.isEmpty() || !events.getLast().equals(event)) {
            events.add(event);
        }
    }
}
