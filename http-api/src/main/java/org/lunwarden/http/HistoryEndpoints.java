package org.lunwarden.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;

import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.FleetView;
import org.lunwarden.fleet.history.Beside;
import org.lunwarden.fleet.history.Happening;
import org.lunwarden.fleet.history.HistoryPage;
import org.lunwarden.fleet.history.HistoryQuery;
import org.lunwarden.fleet.history.HistoryStatus;
import org.lunwarden.fleet.incident.Incident;

/** What happened, as the view has kept it. */
record HistoryEndpoints(FleetView view) {

    private static final int LIMIT = 100;

    /** What is kept is counted in Unix milliseconds. */
    private static final Instant EARLIEST = Instant.ofEpochMilli(Long.MIN_VALUE);

    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record HistoryJson(List<Happening> items, Optional<Long> next, HistoryStatus store) {

        static HistoryJson of(HistoryPage page, HistoryStatus store) {
            return new HistoryJson(page.items(), page.next(), store);
        }
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.get("/api/v1/history", this::history),
                Endpoint.get("/api/v1/incidents/{id}/changes", this::changes));
    }

    /** Not what it did itself. */
    private CompletionStage<HttpResponse> changes(HttpRequest request, String id) {
        new Query(request).only();
        return view.snapshot()
                .thenCompose(fleet -> fleet.incident(id)
                        .map(known -> CompletableFuture.<Optional<Incident>>completedStage(Optional.of(known)))
                        .orElseGet(() -> view.pastIncident(id))
                        .thenCompose(found -> found.map(incident -> changesBeside(incident, fleet))
                                .orElseGet(() -> CompletableFuture.completedStage(
                                        ProblemDocument.notFound("no incident '" + id + "' is known here")))));
    }

    private CompletionStage<HttpResponse> changesBeside(Incident incident, FleetSnapshot fleet) {
        var beside = Beside.of(incident, fleet);
        var nearby = view.history(beside.near());
        var earlier = beside.earlier().stream()
                .map(query -> view.history(query).thenApply(HistoryPage::items))
                .reduce((one, other) -> one.thenCombine(other, HistoryEndpoints::both))
                .orElseThrow();
        return nearby.thenCombine(
                earlier.thenCombine(view.windows(), (set, windows) -> Map.entry(set, windows)),
                (near, before) -> Json.response(
                        StatusCodes.OK,
                        HistoryJson.of(
                                new HistoryPage(
                                        beside.in(near.items(), before.getKey(), before.getValue()), near.next()),
                                view.historyStatus())));
    }

    private static List<Happening> both(List<Happening> one, List<Happening> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    private CompletionStage<HttpResponse> history(HttpRequest request) {
        var query = new Query(request).only("since", "until", "kind", "host", "incident", "before", "limit");
        var asked = new HistoryQuery(
                instant(query, "since"),
                instant(query, "until"),
                plain(query, "kind"),
                plain(query, "host"),
                plain(query, "incident"),
                query.value("before", number(Long.MAX_VALUE), "a number that an answer gave as next"),
                query.value("limit", number(HistoryQuery.MOST), "a number from 1 to " + HistoryQuery.MOST)
                        .map(Long::intValue)
                        .orElse(LIMIT));
        return view.history(asked)
                .thenApply(page -> Json.response(StatusCodes.OK, HistoryJson.of(page, view.historyStatus())));
    }

    private static Optional<String> plain(Query query, String name) {
        return query.value(name, text -> Optional.of(text).filter(PlainText::is), "a text without control characters");
    }

    private static Optional<Instant> instant(Query query, String name) {
        return query.value(
                name,
                text -> {
                    try {
                        var instant = Instant.parse(text);
                        return instant.isBefore(EARLIEST) || instant.isAfter(LATEST)
                                ? Optional.empty()
                                : Optional.of(instant);
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
