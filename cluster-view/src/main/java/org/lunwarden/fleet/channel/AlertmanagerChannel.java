package org.lunwarden.fleet.channel;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import org.lunwarden.fleet.alert.Notification;

/**
 * Alertmanagers, over their API v2. An alert there is its labels: what fires is told again and again, with an end ahead
 * that moves on, and labels that an incident has no more are told to have ended together with its new ones, so that one
 * incident is one alert at any time. Each of a cluster is told; one that takes it is enough.
 */
final class AlertmanagerChannel implements Channel {

    private final ChannelSettings.Alertmanager settings;
    private final HttpPost post;

    AlertmanagerChannel(ChannelSettings.Alertmanager settings) {
        this.settings = settings;
        this.post = new HttpPost(settings.authority());
    }

    /** As {@code postableAlert} of the API. */
    record Alert(
            Map<String, String> labels,
            Map<String, String> annotations,
            Instant startsAt,
            Instant endsAt,
            String generatorURL) {}

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public Outcome send(Notification notification, Instant now) {
        return send(alerts(notification, now, settings.expire()), now);
    }

    @Override
    public Optional<Duration> repeats() {
        return Optional.of(settings.resend());
    }

    @Override
    public Outcome repeat(List<Notification> standing, Instant now) {
        var alerts = standing.stream()
                .flatMap(each -> alerts(each, now, settings.expire()).stream())
                .toList();
        return alerts.isEmpty() ? new Outcome.Delivered() : send(alerts, now);
    }

    static List<Alert> alerts(Notification told, Instant now, Duration expire) {
        var annotations = new TreeMap<String, String>();
        annotations.put("summary", told.summary());
        annotations.put("description", told.description());
        annotations.put("reason", told.reason());
        annotations.put("notification", told.id());
        var alerts = new ArrayList<Alert>();
        for (var former : told.former()) {
            alerts.add(new Alert(
                    former.labels(),
                    annotations,
                    told.startsAt(),
                    later(told.startsAt(), former.endsAt()),
                    told.url()));
        }
        var end = told.endsAt().map(ended -> later(told.startsAt(), ended)).orElseGet(() -> now.plus(expire));
        alerts.add(new Alert(told.labels(), annotations, told.startsAt(), end, told.url()));
        return alerts;
    }

    /** One that ends before it starts is refused. */
    private static Instant later(Instant start, Instant end) {
        return end.isAfter(start) ? end : start.plusMillis(1);
    }

    private Outcome send(List<Alert> alerts, Instant now) {
        var headers = new HashMap<String, String>();
        headers.put("Content-Type", "application/json");
        try {
            if (settings.token().isPresent()) {
                headers.put(
                        "Authorization",
                        "Bearer " + Trust.secret(settings.token().get()));
            }
        } catch (IOException unread) {
            return new Outcome.Again("the token cannot be read: " + unread.getMessage());
        }
        var body = HttpPost.bytes(alerts);
        var sending = settings.urls().stream()
                .map(url -> post.sending(endpoint(url), body, headers, now))
                .toList();
        return best(sending.stream().map(CompletableFuture::join).toList());
    }

    /** One that took it tells the others of its cluster whom it notified. */
    private static Outcome best(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(Outcome.Delivered.class::isInstance)
                .findFirst()
                .or(() -> outcomes.stream()
                        .filter(Outcome.Again.class::isInstance)
                        .findFirst())
                .orElseGet(outcomes::getFirst);
    }

    private static URI endpoint(URI url) {
        var text = url.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + "/api/v2/alerts");
    }
}
