package org.lunwarden.fleet;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import org.slf4j.Logger;

import org.lunwarden.fleet.alert.Backoff;
import org.lunwarden.fleet.alert.Notification;
import org.lunwarden.fleet.channel.Channel;
import org.lunwarden.fleet.channel.Channel.Outcome;

/**
 * One channel of the notifier, and how it goes with it. Each incident waits by itself: one of which a receiver cannot take
 * what it is told keeps nothing else from being told.
 */
final class Post {

    private static final Failing NEVER = new Failing(0, Instant.EPOCH);

    final Channel channel;
    boolean isBusy;
    boolean isRepeating;
    private boolean isFailing;
    Instant repeatedAt = Instant.EPOCH;
    private Instant notBefore = Instant.EPOCH;
    private final Map<String, Failing> failing = new HashMap<>();

    private record Failing(int failures, Instant notBefore) {}

    Post(Channel channel) {
        this.channel = channel;
    }

    /** What is told next: what failed least, the oldest of it. */
    Optional<Notification> next(Collection<Notification> waiting, Instant now) {
        return now.isBefore(notBefore)
                ? Optional.empty()
                : waiting.stream()
                        .filter(each -> !now.isBefore(of(each).notBefore()))
                        .min(Comparator.comparingInt((Notification each) -> of(each).failures())
                                .thenComparing(Notification::at)
                                .thenComparing(Notification::id));
    }

    /** Whether it took nothing since it last failed. */
    boolean isFailing() {
        return isFailing;
    }

    private Failing of(Notification notification) {
        return failing.getOrDefault(notification.incident(), NEVER);
    }

    /** Whether what came of it need not be tried again; if it must, not before a while. */
    boolean isDone(Notification told, Outcome outcome, Instant now, Logger log) {
        isFailing = outcome instanceof Outcome.Again;
        return switch (outcome) {
            case Outcome.Delivered() -> {
                failing.remove(told.incident());
                failing.replaceAll((incident, one) -> new Failing(one.failures(), now));
                yield true;
            }
            case Outcome.Refused(var problem) -> {
                failing.remove(told.incident());
                log.error("{}: refused, and not tried again: {}", channel.name(), problem);
                yield true;
            }
            case Outcome.Again(var problem, var wish) -> {
                var failures = of(told).failures() + 1;
                var wait = Backoff.after(
                        failures, wish, ThreadLocalRandom.current().nextDouble());
                failing.put(told.incident(), new Failing(failures, now.plus(wait)));
                if (wish.isPresent()) {
                    notBefore = now.plus(Backoff.after(1, wish, 0));
                }
                log.warn(
                        "{}: {} is tried again in {} s: {}",
                        channel.name(),
                        told.incident(),
                        wait.toSeconds(),
                        problem);
                yield false;
            }
        };
    }

    boolean isToRepeat(Instant now) {
        return !isRepeating
                && channel.repeats()
                        .filter(every -> !repeatedAt.plus(every).isAfter(now))
                        .isPresent();
    }

    /** What is not taken is told again when it is due again: that is soon. */
    void repeated(Outcome outcome, Logger log) {
        isRepeating = false;
        isFailing = outcome instanceof Outcome.Again;
        switch (outcome) {
            case Outcome.Delivered() -> {}
            case Outcome.Refused(var problem) -> log.error("{}: a repeat is refused: {}", channel.name(), problem);
            case Outcome.Again(var problem, var wish) ->
                log.warn("{}: a repeat is not taken: {}", channel.name(), problem);
        }
    }
}
