package org.lunwarden.http;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.http.javadsl.server.ExceptionHandler;
import org.apache.pekko.http.javadsl.server.MethodRejection;
import org.apache.pekko.http.javadsl.server.RejectionHandler;
import org.apache.pekko.http.javadsl.server.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.fleet.FleetView;
import org.lunwarden.fleet.FleetView.FleetUnavailable;

/** All that the server answers: the endpoints, the page, and an RFC 9457 document for everything else. */
record Endpoints(List<Endpoint> endpoints) {

    private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);

    static Endpoints of(FleetView view, HttpSettings settings, Optional<FaultInjection> faults) {
        var endpoints = new ArrayList<Endpoint>();
        endpoints.addAll(new FleetEndpoints(view, InstantSource.system()).all());
        endpoints.addAll(new FailbackEndpoints(view).all());
        endpoints.addAll(new AcknowledgementEndpoints(view).all());
        endpoints.addAll(new HistoryEndpoints(view).all());
        endpoints.addAll(new ObservationEndpoints(view).all());
        endpoints.addAll(new ImpactEndpoints(view).all());
        endpoints.addAll(new ResizeEndpoints(view).all());
        endpoints.addAll(new AuditEndpoints(view, settings.audit()).all());
        endpoints.addAll(new WindowEndpoints(view, InstantSource.system()).all());
        endpoints.addAll(new EventEndpoint(view).all());
        endpoints.addAll(new HealthEndpoints(view).all());
        endpoints.addAll(new SiteEndpoint(view).all());
        endpoints.addAll(new MetricsEndpoint(view, settings.version()).all());
        endpoints.add(OpenApiDocument.endpoint());
        faults.ifPresent(injection -> endpoints.addAll(new FaultEndpoints(injection).all()));
        return new Endpoints(List.copyOf(endpoints));
    }

    Route route() {
        var api = endpoints.stream().map(Endpoint::route).toArray(Route[]::new);
        var all = Directives.concat(WebPage.route(), api);
        var guarded = Directives.extractRequest(
                request -> Origins.refusal(request).map(Directives::complete).orElse(all));
        return Directives.handleExceptions(failures(), () -> Directives.handleRejections(rejections(), () -> guarded))
                .seal();
    }

    private static ExceptionHandler failures() {
        return ExceptionHandler.newBuilder()
                .match(FleetUnavailable.class, unavailable -> Directives.complete(unavailable(unavailable)))
                .match(
                        CompletionException.class,
                        broken -> broken.getCause() instanceof FleetUnavailable unavailable
                                ? Directives.complete(unavailable(unavailable))
                                : Directives.complete(broken(broken)))
                .match(
                        Body.NotJson.class,
                        other -> Directives.complete(ProblemDocument.of(
                                StatusCodes.UNSUPPORTED_MEDIA_TYPE, String.valueOf(other.getMessage()))))
                .match(
                        BadRequest.class,
                        bad -> Directives.complete(ProblemDocument.badRequest(String.valueOf(bad.getMessage()))))
                .matchAny(broken -> Directives.complete(broken(broken)))
                .build();
    }

    private static HttpResponse unavailable(FleetUnavailable unavailable) {
        return ProblemDocument.of(StatusCodes.SERVICE_UNAVAILABLE, String.valueOf(unavailable.getMessage()));
    }

    private static HttpResponse broken(Throwable broken) {
        LOG.error("a request failed", broken);
        return ProblemDocument.of(
                StatusCodes.INTERNAL_SERVER_ERROR, "this is a defect of the server; its log has the cause");
    }

    private static RejectionHandler rejections() {
        return RejectionHandler.newBuilder()
                .handleAll(
                        MethodRejection.class,
                        wrong -> Directives.complete(ProblemDocument.of(
                                StatusCodes.METHOD_NOT_ALLOWED,
                                "this resource takes "
                                        + wrong.stream()
                                                .map(MethodRejection::supported)
                                                .map(HttpMethod::value)
                                                .distinct()
                                                .sorted()
                                                .collect(Collectors.joining(", ")))))
                .handle(
                        org.apache.pekko.http.javadsl.server.Rejection.class,
                        rejection -> Directives.complete(ProblemDocument.badRequest(rejection.toString())))
                .handleNotFound(Directives.complete(
                        ProblemDocument.notFound("no such resource; /api/v1/openapi.json lists all of them")))
                .build();
    }

    static HttpResponse html(byte[] page) {
        return HttpResponse.create().withEntity(HttpEntities.create(ContentTypes.TEXT_HTML_UTF8, page));
    }
}
