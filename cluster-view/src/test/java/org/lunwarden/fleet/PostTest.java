package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.lunwarden.fleet.alert.Notification;
import org.lunwarden.fleet.alert.Notification.Kind;
import org.lunwarden.fleet.alert.Reach;
import org.lunwarden.fleet.alert.Severity;
import org.lunwarden.fleet.channel.Channel.Outcome;
import org.lunwarden.fleet.channel.ChannelSettings;
import org.lunwarden.fleet.channel.Channels;

class PostTest {

    private static final Instant NOW = Instant.parse("2026-03-01T03:00:00Z");
    private static final Outcome BUSY = new Outcome.Again("busy", Optional.empty());

    private final Post post = new Post(Channels.of(
                    List.of(new ChannelSettings.Webhook(
                            "hook", URI.create("http://127.0.0.1:1"), Optional.empty(), Optional.empty())),
                    "san1")
            .getFirst());
    private final Notification old = told("i-1", NOW.minusSeconds(9));
    private final Notification late = told("i-2", NOW.minusSeconds(1));

    @Test
    void theOldestIsToldFirst() {
        assertThat(post.next(List.of(late, old), NOW)).contains(old);
    }

    @Test
    void oneThatIsNotTakenKeepsNoOtherWaiting() {
        var log = LoggerFactory.getLogger(PostTest.class);
        for (var failure = 0; failure < 20; failure++) {
            assertThat(post.isDone(old, BUSY, NOW, log)).isFalse();
        }

        assertThat(post.next(List.of(old), NOW)).isEmpty();
        assertThat(post.next(List.of(late, old), NOW)).contains(late);
        assertThat(post.next(List.of(late, old), NOW.plus(Duration.ofMinutes(5))))
                .contains(late);
        assertThat(post.next(List.of(old), NOW.plus(Duration.ofMinutes(5)))).contains(old);
        assertThat(post.isDone(late, new Outcome.Delivered(), NOW, log)).isTrue();
        assertThat(post.next(List.of(old), NOW)).contains(old);
    }

    @Test
    void whenAReceiverWantsToBeLeftAloneItIsForFiveMinutesAtMost() {
        var wish = new Outcome.Again("busy", Optional.of(Duration.ofDays(1)));

        post.isDone(old, wish, NOW, LoggerFactory.getLogger(PostTest.class));

        assertThat(post.next(List.of(late, old), NOW.plus(Duration.ofSeconds(299))))
                .isEmpty();
        assertThat(post.next(List.of(late, old), NOW.plus(Duration.ofMinutes(5))))
                .contains(late);
    }

    static Notification told(String incident, Instant at) {
        return new Notification(
                incident,
                1,
                Kind.FIRING,
                "confirmed",
                at,
                Severity.ERROR,
                at,
                Optional.empty(),
                Map.of(),
                List.of(),
                "error",
                "error",
                "",
                new Reach(1, List.of(), 0, 0, 1, List.of(), 0, 0));
    }
}
