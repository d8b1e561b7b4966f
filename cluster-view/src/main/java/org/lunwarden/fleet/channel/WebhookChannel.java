package org.lunwarden.fleet.channel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.lunwarden.fleet.alert.Notification;

/**
 * A webhook: one CloudEvent (version 1.0, structured, JSON) by POST. With a secret the request carries
 * <pre>Lunwarden-Signature: t=SECONDS,v1=HEX</pre>
 * where HEX is the HMAC-SHA256 of {@code SECONDS.BODY}: whoever receives it checks both, and that SECONDS is not long ago.
 */
final class WebhookChannel implements Channel {

    static final String SIGNATURE = "Lunwarden-Signature";

    private final ChannelSettings.Webhook settings;
    private final String fleet;
    private final HttpPost post;

    WebhookChannel(ChannelSettings.Webhook settings, String fleet) {
        this.settings = settings;
        this.fleet = fleet;
        this.post = new HttpPost(settings.authority());
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public Outcome send(Notification notification, Instant now) {
        var body = HttpPost.bytes(event(notification, fleet));
        var headers = new HashMap<String, String>();
        headers.put("Content-Type", "application/cloudevents+json; charset=utf-8");
        try {
            if (settings.secret().isPresent()) {
                headers.put(SIGNATURE, signature(Trust.secret(settings.secret().get()), body, now));
            }
        } catch (IOException unread) {
            return new Outcome.Again("the secret cannot be read: " + unread.getMessage());
        }
        return post.send(settings.url(), body, headers, now);
    }

    static Map<String, Object> event(Notification told, String fleet) {
        var data = new LinkedHashMap<String, Object>();
        data.put("incident", told.incident());
        data.put("number", told.number());
        data.put("state", told.kind());
        data.put("reason", told.reason());
        data.put("severity", told.severity());
        data.put("startsAt", told.startsAt());
        told.endsAt().ifPresent(end -> data.put("endsAt", end));
        data.put("labels", told.labels());
        data.put("summary", told.summary());
        data.put("description", told.description());
        data.put("url", told.url());
        data.put("hosts", told.reach().hosts());
        data.put("mapsWithoutPath", told.reach().mapsWithoutPath());
        data.put("mapsOnOneFabric", told.reach().mapsOnOneFabric());
        data.put("mapsReduced", told.reach().mapsReduced());
        data.put("mapsUnknown", told.reach().mapsUnknown());
        var event = new LinkedHashMap<String, Object>();
        event.put("specversion", "1.0");
        event.put("id", told.id());
        event.put("source", "/lunwarden/" + fleet);
        event.put("type", "org.lunwarden.incident." + told.kind().word());
        event.put("subject", told.incident());
        event.put("time", told.at());
        event.put("datacontenttype", "application/json");
        event.put("data", data);
        return event;
    }

    static String signature(String secret, byte[] body, Instant now) {
        try {
            var seconds = Long.toString(now.getEpochSecond());
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has HMAC-SHA256", missing);
        }
    }
}
