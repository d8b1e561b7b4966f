package org.lunwarden.fleet;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

import org.slf4j.Logger;

import org.lunwarden.fleet.alert.Backoff;
import org.lunwarden.fleet.channel.Channel;
import org.lunwarden.fleet.channel.Channel.Outcome;

/** One channel of the notifier, and how it goes with it. */
final class Post {

    final Channel channel;
    boolean isBusy;
    Instant notBefore = Instant.EPOCH;
    Instant repeatedAt = Instant.EPOCH;
    private int failures;

    Post(Channel channel) {
        this.channel = channel;
    }

    /** Whether what came of it need not be tried again; if it must, not before a while. */
    boolean isDone(Outcome outcome, Instant now, Logger log) {
        return switch (outcome) {
            case Outcome.Delivered() -> {
                failures = 0;
                yield true;
            }
            case Outcome.Refused(var problem) -> {
                failures = 0;
                log.error("{}: refused, and not tried again: {}", channel.name(), problem);
                yield true;
            }
            case Outcome.Again(var problem, var wish) -> {
                failures++;
                var wait = Backoff.after(
                        failures, wish, ThreadLocalRandom.current().nextDouble());
                notBefore = now.plus(wait);
                log.warn("{}: tried again in {} s: {}", channel.name(), wait.toSeconds(), problem);
                yield false;
            }
        };
    }
}
