package org.lunwarden.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;

import org.lunwarden.fleet.alert.Window;
import org.lunwarden.model.Component;

/** The JSON shapes of silences and maintenance. */
final class WindowShapes {

    private static final Duration LONGEST = Duration.ofDays(366);

    private WindowShapes() {}

    record ComponentRequestJson(@JsonProperty("class") Optional<String> kind, Optional<String> id) {}

    /**
     * What {@code POST /silences} and {@code POST /maintenance} take.
     *
     * @param from empty: now
     */
    record WindowRequestJson(
            Optional<List<String>> incidents,
            Optional<List<ComponentRequestJson>> components,
            Optional<String> from,
            Optional<String> until,
            Optional<String> by,
            Optional<String> reason) {

        Window window(Window.Kind kind, Instant now) {
            var begins = from.map(WindowShapes::instant).orElse(now);
            var ends =
                    until.map(WindowShapes::instant).orElseThrow(() -> new BadRequest("until must say when it ends"));
            if (!ends.isAfter(now)) {
                throw new BadRequest("until " + ends + " is over already");
            }
            if (ends.isAfter(now.plus(LONGEST))) {
                throw new BadRequest("until must be within " + LONGEST.toDays() + " days");
            }
            if (!PlainText.is(by.orElse("")) || !PlainText.is(reason.orElse(""))) {
                throw new BadRequest("by and reason must be without control characters");
            }
            try {
                return new Window(
                        (kind == Window.Kind.SILENCE ? "s-" : "m-")
                                + UUID.randomUUID().toString().substring(0, 8),
                        kind,
                        incidents.orElse(List.of()),
                        components.orElse(List.of()).stream()
                                .map(WindowShapes::component)
                                .toList(),
                        begins,
                        ends,
                        by.orElse(""),
                        reason.orElse(""),
                        now);
            } catch (IllegalArgumentException wrong) {
                throw new BadRequest(String.valueOf(wrong.getMessage()));
            }
        }
    }

    private static Component component(ComponentRequestJson wish) {
        if (wish.kind().isEmpty() || wish.id().isEmpty()) {
            throw new BadRequest("a component has a class and an id");
        }
        return Body.component(wish.kind().get(), wish.id().get());
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException wrong) {
            throw new BadRequest("'" + text + "' is no instant such as 2026-03-01T10:00:00Z");
        }
    }

    /** One, as it is told. */
    record WindowJson(
            String id,
            Window.Kind kind,
            String state,
            List<String> incidents,
            List<Component> components,
            Instant from,
            Instant until,
            String by,
            String reason,
            Instant createdAt) {

        static WindowJson of(Window window, Instant now) {
            var state = window.isActive(now) ? "active" : now.isBefore(window.from()) ? "planned" : "over";
            return new WindowJson(
                    window.id(),
                    window.kind(),
                    state,
                    window.incidents(),
                    window.components(),
                    window.from(),
                    window.until(),
                    window.by(),
                    window.reason(),
                    window.createdAt());
        }
    }
}
