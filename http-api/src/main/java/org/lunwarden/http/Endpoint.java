package org.lunwarden.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.http.javadsl.server.PathMatcher1;
import org.apache.pekko.http.javadsl.server.PathMatchers;
import org.apache.pekko.http.javadsl.server.Route;

/**
 * One operation of the API: a method, a path with at most one parameter, and what answers it. The list of endpoints is
 * what the OpenAPI document is checked against.
 *
 * @param path as OpenAPI writes it, for example {@code /api/v1/hosts/{host}}
 */
record Endpoint(HttpMethod method, String path, Route route) {

    private static final Duration BODY_WITHIN = Duration.ofSeconds(10);
    private static final long GREATEST_BODY = 64 * 1024;

    static Endpoint get(String path, Function<HttpRequest, CompletionStage<HttpResponse>> answer) {
        return plain(HttpMethods.GET, path, answer);
    }

    static Endpoint post(String path, Function<HttpRequest, CompletionStage<HttpResponse>> answer) {
        return plain(HttpMethods.POST, path, answer);
    }

    static Endpoint get(String path, BiFunction<HttpRequest, String, CompletionStage<HttpResponse>> answer) {
        return parameterised(HttpMethods.GET, path, answer);
    }

    static Endpoint post(String path, BiFunction<HttpRequest, String, CompletionStage<HttpResponse>> answer) {
        return parameterised(HttpMethods.POST, path, answer);
    }

    static Endpoint delete(String path, BiFunction<HttpRequest, String, CompletionStage<HttpResponse>> answer) {
        return parameterised(HttpMethods.DELETE, path, answer);
    }

    private static Endpoint plain(
            HttpMethod method, String path, Function<HttpRequest, CompletionStage<HttpResponse>> answer) {
        var matcher = PathMatchers.separateOnSlashes(path.substring(1));
        return new Endpoint(
                method, path, Directives.path(matcher, () -> whole(method, request -> answer.apply(request))));
    }

    private static Endpoint parameterised(
            HttpMethod method, String path, BiFunction<HttpRequest, String, CompletionStage<HttpResponse>> answer) {
        return new Endpoint(
                method,
                path,
                Directives.path(
                        matcher(path), parameter -> whole(method, request -> answer.apply(request, parameter))));
    }

    /** The request with its body read whole, so that no unread body holds up the connection. */
    private static Route whole(HttpMethod method, Function<HttpRequest, CompletionStage<HttpResponse>> answer) {
        return Directives.method(
                method,
                () -> Directives.toStrictEntity(
                        BODY_WITHIN,
                        GREATEST_BODY,
                        () -> Directives.extractRequest(
                                request -> Directives.completeWithFuture(answer.apply(request)))));
    }

    /** The body of a request that came through an endpoint. */
    static byte[] body(HttpRequest request) {
        return request.entity() instanceof HttpEntity.Strict strict
                ? strict.getData().toArray()
                : new byte[0];
    }

    /** The path's only {@code {parameter}} may stand anywhere but first; it matches one segment. */
    private static PathMatcher1<String> matcher(String path) {
        var segments = List.of(path.substring(1).split("/", -1));
        var at = segments.indexOf(segments.stream()
                .filter(word -> word.startsWith("{"))
                .findFirst()
                .orElseThrow());
        PathMatcher1<String> matcher = PathMatchers.separateOnSlashes(String.join("/", segments.subList(0, at)))
                .slash(PathMatchers.segment());
        for (var segment : segments.subList(at + 1, segments.size())) {
            matcher = matcher.slash(segment);
        }
        return matcher;
    }
}
