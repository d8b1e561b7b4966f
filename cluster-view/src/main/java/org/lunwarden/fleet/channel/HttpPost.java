package org.lunwarden.fleet.channel;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.jspecify.annotations.Nullable;

import org.lunwarden.fleet.channel.Channel.Outcome;

/** Posts JSON, and tells what the answer means for another attempt. */
final class HttpPost {

    static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** From the first byte of the request to the last one of the answer. */
    private static final Duration WHOLE = Duration.ofSeconds(30);

    /** The request itself is at fault: it would be refused again. Anything else somebody may mend meanwhile. */
    private static final Set<Integer> NEVER = Set.of(400, 405, 410, 413, 414, 415, 422);

    private final Optional<Path> authority;
    private final Duration whole;
    private @Nullable HttpClient client;

    HttpPost(Optional<Path> authority) {
        this(authority, WHOLE);
    }

    /** @param whole how long a request and all of its answer may take */
    HttpPost(Optional<Path> authority, Duration whole) {
        this.authority = authority;
        this.whole = whole;
    }

    Outcome send(URI url, byte[] body, Map<String, String> headers, Instant now) {
        return sending(url, body, headers, now).join();
    }

    /** Never fails, and is over in time: the timeout of a request ends with the headers of the answer. */
    CompletableFuture<Outcome> sending(URI url, byte[] body, Map<String, String> headers, Instant now) {
        CompletableFuture<HttpResponse<Void>> answer;
        try {
            var request = HttpRequest.newBuilder(url).timeout(PATIENCE).POST(BodyPublishers.ofByteArray(body));
            headers.forEach(request::header);
            answer = client().sendAsync(request.build(), BodyHandlers.discarding());
        } catch (IOException unread) {
            return CompletableFuture.completedFuture(again(url, unread));
        }
        return answer.copy().orTimeout(whole.toMillis(), TimeUnit.MILLISECONDS).handle((response, broke) -> {
            answer.cancel(true);
            return broke == null ? outcome(url, response, now) : again(url, broke);
        });
    }

    private static Outcome outcome(URI url, HttpResponse<Void> response, Instant now) {
        var status = response.statusCode();
        if (status / 100 == 2) {
            return new Outcome.Delivered();
        }
        var problem = shown(url) + " answers " + status;
        return NEVER.contains(status)
                ? new Outcome.Refused(problem)
                : new Outcome.Again(
                        problem, response.headers().firstValue("Retry-After").flatMap(value -> retryAfter(value, now)));
    }

    private Outcome again(URI url, Throwable broke) {
        var cause = broke instanceof CompletionException && broke.getCause() != null ? broke.getCause() : broke;
        var message = cause instanceof TimeoutException
                ? "no whole answer within " + whole.toSeconds() + " s"
                : cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new Outcome.Again(shown(url) + ": " + message);
    }

    static byte[] bytes(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), broken);
        }
    }

    /** Without what may be a secret: user, query, and the path, which is one with the webhooks of chats. */
    static String shown(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    /** Seconds, or a date as RFC 9110 writes it. */
    static Optional<Duration> retryAfter(String value, Instant now) {
        if (value.strip().matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value.strip())));
        }
        try {
            var at = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO);
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }

    private synchronized HttpClient client() throws IOException {
        var known = client;
        if (known == null) {
            known = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .sslContext(Trust.context(authority))
                    .build();
            client = known;
        }
        return known;
    }
}
