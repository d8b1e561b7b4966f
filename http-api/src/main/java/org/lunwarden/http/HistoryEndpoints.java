package org.lunwarden.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;

import org.lunwarden.fleet.FleetView;
import org.lunwarden.fleet.history.Happening;
import org.lunwarden.fleet.history.HistoryPage;
import org.lunwarden.fleet.history.HistoryQuery;
import org.lunwarden.fleet.history.HistoryStatus;

/** What happened, as the view has kept it. */
record HistoryEndpoints(FleetView view) {

    private static final int LIMIT = 100;

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record HistoryJson(List<Happening> items, Optional<Long> next, HistoryStatus store) {

        static HistoryJson of(HistoryPage page, HistoryStatus store) {
            return new HistoryJson(page.items(), page.next(), store);
        }
    }

    List<Endpoint> all() {
        return List.of(Endpoint.get("/api/v1/history", this::history));
    }

    private CompletionStage<HttpResponse> history(HttpRequest request) {
        var query = new Query(request).only("since", "until", "kind", "host", "incident", "before", "limit");
        var asked = new HistoryQuery(
                instant(query, "since"),
                instant(query, "until"),
                query.text("kind"),
                query.text("host"),
                query.text("incident"),
                query.value("before", number(Long.MAX_VALUE), "a number that an answer gave as next"),
                query.value("limit", number(HistoryQuery.MOST), "a number from 1 to " + HistoryQuery.MOST)
                        .map(Long::intValue)
                        .orElse(LIMIT));
        return view.history(asked)
                .thenApply(page -> Json.response(StatusCodes.OK, HistoryJson.of(page, view.historyStatus())));
    }

    private static Optional<Instant> instant(Query query, String name) {
        return query.value(
                name,
                text -> {
                    try {
                        return Optional.of(Instant.parse(text));
                    } catch (DateTimeException wrong) {
                        return Optional.empty();
                    }
                },
                "an instant such as 2026-03-01T10:00:00Z");
    }

    private static Function<String, Optional<Long>> number(long most) {
        return text -> text.matches("\\d{1,18}")
                ? Optional.of(Long.parseLong(text)).filter(n -> n >= 1 && n <= most)
                : Optional.empty();
    }
}
