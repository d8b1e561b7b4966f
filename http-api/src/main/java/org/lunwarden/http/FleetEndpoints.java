package org.lunwarden.http;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;

import org.lunwarden.fleet.Contact;
import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.FleetSnapshot.FleetHost;
import org.lunwarden.fleet.FleetView;
import org.lunwarden.fleet.diagnosis.Member;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.http.IncidentShapes.IncidentJson;
import org.lunwarden.http.Shapes.ComponentJson;
import org.lunwarden.http.Shapes.FleetJson;
import org.lunwarden.http.Shapes.HostDetailJson;
import org.lunwarden.http.Shapes.HostJson;
import org.lunwarden.http.Shapes.HostMapJson;
import org.lunwarden.http.Shapes.LunDetailJson;
import org.lunwarden.http.Shapes.LunJson;
import org.lunwarden.http.Shapes.LunOnHostJson;
import org.lunwarden.http.Shapes.NexusJson;
import org.lunwarden.http.Shapes.Page;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.NexusState;

/** What can be read of the fleet. All but a LUN's topology comes from this view's own snapshot. */
record FleetEndpoints(FleetView view, InstantSource clock) {

    List<Endpoint> all() {
        return List.of(
                Endpoint.get("/api/v1/fleet", this::fleet),
                Endpoint.get("/api/v1/hosts", this::hosts),
                Endpoint.get("/api/v1/hosts/{host}", this::host),
                Endpoint.get("/api/v1/maps", this::maps),
                Endpoint.get("/api/v1/maps/{wwid}", this::map),
                Endpoint.get("/api/v1/nexuses", this::nexuses),
                Endpoint.get("/api/v1/components", this::components),
                Endpoint.get("/api/v1/incidents", this::incidents),
                Endpoint.get("/api/v1/incidents/{id}", this::incident));
    }

    private CompletionStage<HttpResponse> fleet(HttpRequest request) {
        new Query(request).only();
        return fromSnapshot(fleet -> ok(FleetJson.of(fleet, warnings(), clock.instant())));
    }

    private List<String> warnings() {
        return view.viewsWithAnotherSite().stream()
                .map(other -> "view " + other + " follows another site file than this one")
                .toList();
    }

    private CompletionStage<HttpResponse> hosts(HttpRequest request) {
        var query = new Query(request).only("contact", "offset", "limit");
        var contact =
                query.value("contact", byName(Contact.values()), "a contact: reporting, expected, silent, stopped");
        return fromSnapshot(fleet -> ok(Page.of(
                fleet,
                fleet.hosts().stream()
                        .filter(host -> contact.map(host.contact()::equals).orElse(true))
                        .map(host -> HostJson.of(host, fleet.at()))
                        .toList(),
                query.paging())));
    }

    private CompletionStage<HttpResponse> host(HttpRequest request, String name) {
        new Query(request).only();
        return fromSnapshot(fleet -> fleet.hosts().stream()
                .filter(host -> host.host().value().equals(name))
                .findFirst()
                .map(host -> ok(HostDetailJson.of(host, fleet)))
                .orElseGet(() -> ProblemDocument.notFound("no host '" + name + "' is known here")));
    }

    private CompletionStage<HttpResponse> maps(HttpRequest request) {
        var query = new Query(request).only("offBestGroup", "withoutPath", "offset", "limit");
        var offBest = query.flag("offBestGroup");
        var withoutPath = query.flag("withoutPath");
        return fromSnapshot(fleet -> ok(Page.of(
                fleet,
                LunJson.all(fleet).stream()
                        .filter(lun -> offBest.map(wanted -> wanted == (lun.hostsOffBestGroup() > 0))
                                .orElse(true))
                        .filter(lun -> withoutPath
                                .map(wanted -> wanted == (lun.hostsWithoutPath() > 0))
                                .orElse(true))
                        .toList(),
                query.paging())));
    }

    private CompletionStage<HttpResponse> map(HttpRequest request, String text) {
        var query = new Query(request).only("host");
        if (!Wwid.isValid(text)) {
            throw new BadRequest("'" + text + "' is no WWID");
        }
        var wwid = new Wwid(text);
        return view.snapshot().thenCompose(fleet -> {
            var having = fleet.hosts().stream()
                    .filter(host ->
                            query.text("host").map(host.host().value()::equals).orElse(true))
                    .filter(host ->
                            host.maps().stream().anyMatch(map -> map.wwid().equals(wwid)))
                    .toList();
            if (having.isEmpty()) {
                return CompletableFuture.completedStage(
                        ProblemDocument.notFound("no host that is known here has a map " + text));
            }
            var asked = having.stream()
                    .map(host -> describe(host, wwid).toCompletableFuture())
                    .toList();
            return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                    .thenApply(all -> ok(new LunDetailJson(
                            text, asked.stream().map(CompletableFuture::join).toList(), fleet.at(), fleet.member())));
        });
    }

    /** Details of a host are asked of that host: the view holds summaries only. */
    private CompletionStage<LunOnHostJson> describe(FleetHost host, Wwid wwid) {
        var summary = host.maps().stream()
                .filter(map -> map.wwid().equals(wwid))
                .findFirst()
                .orElseThrow();
        var json = HostMapJson.of(host.host(), summary);
        return view.describeMaps(host.host(), Optional.of(wwid)).thenApply(answer -> switch (answer) {
            case HostAnswer.Maps(var maps)
            when !maps.isEmpty() -> new LunOnHostJson(json, Optional.of(maps.getFirst()), "");
            case HostAnswer.Maps(var none) -> new LunOnHostJson(json, Optional.empty(), "the host has it no more");
            case HostAnswer.Refused(var reason, var epoch) -> new LunOnHostJson(json, Optional.empty(), reason);
            case HostAnswer.Unanswered(var reason) -> new LunOnHostJson(json, Optional.empty(), reason);
            case HostAnswer.Accepted() -> new LunOnHostJson(json, Optional.empty(), "the host gave no map");
            case HostAnswer.Sizes sizes -> new LunOnHostJson(json, Optional.empty(), "the host gave no map");
            case HostAnswer.FailedBack(var outcomes) ->
                new LunOnHostJson(json, Optional.empty(), "the host gave no map");
        });
    }

    private CompletionStage<HttpResponse> nexuses(HttpRequest request) {
        var query = new Query(request).only("host", "state", "class", "id", "explained", "offset", "limit");
        var host = query.value("host", FleetEndpoints::hostId, "a host name");
        var state = query.value(
                "state",
                text -> Arrays.stream(NexusState.values())
                        .filter(one -> one.word().equals(text))
                        .findFirst(),
                "a state: up, down, partial, admin, unknown");
        var component = component(query);
        var explained = query.flag("explained");
        Predicate<NexusJson> wanted = nexus -> state.map(nexus.state()::equals).orElse(true)
                && component.map(nexus.components()::contains).orElse(true);
        return fromSnapshot(fleet -> {
            var unexplained = Set.copyOf(fleet.unexplained());
            return ok(Page.of(
                    fleet,
                    fleet.hosts().stream()
                            .filter(one -> host.map(one.host()::equals).orElse(true))
                            .flatMap(one -> one.nexuses().stream()
                                    .filter(nexus -> explained
                                            .map(wish -> wish
                                                    != unexplained.contains(new Member(
                                                            one.host(),
                                                            nexus.row().nexus())))
                                            .orElse(true))
                                    .map(nexus -> NexusJson.of(one.host(), nexus)))
                            .filter(wanted)
                            .toList(),
                    query.paging()));
        });
    }

    private CompletionStage<HttpResponse> components(HttpRequest request) {
        var query = new Query(request).only("class", "offset", "limit");
        var kind = query.value("class", ComponentClass::parse, "a class of component");
        return fromSnapshot(fleet -> ok(Page.of(
                fleet,
                fleet.components().stream()
                        .filter(state ->
                                kind.map(state.component().kind()::equals).orElse(true))
                        .map(state -> ComponentJson.of(state, view.names().of(state.component())))
                        .toList(),
                query.paging())));
    }

    private CompletionStage<HttpResponse> incidents(HttpRequest request) {
        var query = new Query(request).only("phase", "open", "offset", "limit");
        var phase = query.value(
                "phase",
                byName(Incident.Phase.values()),
                "a phase: provisional, confirmed, resolving, resolved, reopened");
        var open = query.flag("open");
        return fromSnapshot(fleet -> ok(Page.of(
                fleet,
                fleet.incidents().stream()
                        .filter(incident -> phase.map(incident.phase()::equals).orElse(true))
                        .filter(incident ->
                                open.map(wanted -> wanted == incident.isOpen()).orElse(true))
                        .map(IncidentJson::of)
                        .toList(),
                query.paging())));
    }

    private CompletionStage<HttpResponse> incident(HttpRequest request, String id) {
        new Query(request).only();
        return view.snapshot()
                .thenCompose(fleet -> fleet.incident(id)
                        .map(known -> CompletableFuture.<Optional<Incident>>completedStage(Optional.of(known)))
                        .orElseGet(() -> view.pastIncident(id))
                        .thenApply(found -> found.map(incident -> ok(IncidentJson.of(incident)))
                                .orElseGet(() -> ProblemDocument.notFound("no incident '" + id + "' is known here"))));
    }

    private CompletionStage<HttpResponse> fromSnapshot(Function<FleetSnapshot, HttpResponse> answer) {
        return view.snapshot().thenApply(answer);
    }

    private static HttpResponse ok(Object json) {
        return Json.response(StatusCodes.OK, json);
    }

    private static Optional<Component> component(Query query) {
        var kind = query.value("class", ComponentClass::parse, "a class of component");
        var id = query.text("id");
        if (kind.isPresent() != id.isPresent()) {
            throw new BadRequest("class and id go together");
        }
        return kind.map(one -> new Component(one, id.orElseThrow()));
    }

    private static Optional<HostId> hostId(String text) {
        try {
            return Optional.of(new HostId(text));
        } catch (IllegalArgumentException wrong) {
            return Optional.empty();
        }
    }

    private static <T extends Enum<T>> Function<String, Optional<T>> byName(T[] values) {
        return text -> Arrays.stream(values)
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }
}
