package org.lunwarden.fleet.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.lunwarden.fleet.alert.Notification;

/**
 * One place where people are told. Blocking, for some seconds at most; sends by one thread at a time, and repeats beside it by another.
 *
 * @see Channels
 */
public interface Channel {

    /** Unique among the channels of a fleet, and the same on all views. */
    String name();

    /** Hands it over. A repeat can be recognised as one by the receiver, see {@link Notification#id}. */
    Outcome send(Notification notification, Instant now);

    /** How often it wants to be told what still holds; empty: only once. */
    default Optional<Duration> repeats() {
        return Optional.empty();
    }

    /** Tells again what holds. */
    default Outcome repeat(List<Notification> standing, Instant now) {
        return new Outcome.Delivered();
    }

    /** What became of it. */
    sealed interface Outcome {
        record Delivered() implements Outcome {}

        /** @param notBefore how long the receiver wants not to be asked again */
        record Again(String problem, Optional<Duration> notBefore) implements Outcome {
            Again(String problem) {
                this(problem, Optional.empty());
            }
        }

        /** It will never be taken as it is. */
        record Refused(String problem) implements Outcome {}
    }
}
