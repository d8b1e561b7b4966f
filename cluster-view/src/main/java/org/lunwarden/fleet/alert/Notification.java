package org.lunwarden.fleet.alert;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One thing that people are told of one incident. The same on every channel, and whoever sends it: what is sent twice has
 * the same id.
 *
 * @param incident by the id under which it was first told of
 * @param number counts up by one with everything that is told of the incident, from 1
 * @param reason in a few words why it is told now
 * @param at when it was decided
 * @param startsAt when the first member of the incident failed
 * @param endsAt when it was over; empty unless {@code kind} says that it is
 * @param labels what it is routed by; they change with the severity and the suspect
 * @param former labels under which the same incident was told of before and is not any more, with their end
 * @param summary one line
 * @param description several lines
 * @param url of the incident
 */
public record Notification(
        String incident,
        int number,
        Kind kind,
        String reason,
        Instant at,
        Severity severity,
        Instant startsAt,
        Optional<Instant> endsAt,
        Map<String, String> labels,
        List<Former> former,
        String summary,
        String description,
        String url,
        Reach reach) {

    private static final int BRIEF = 200;

    public Notification {
        labels = new TreeMap<>(labels);
        former = List.copyOf(former);
    }

    public enum Kind {
        FIRING("firing"),
        UPDATED("updated"),
        RESOLVED("resolved");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        @JsonValue
        public String word() {
            return word;
        }
    }

    /** Labels of which nothing is true any more since then. */
    public record Former(Map<String, String> labels, Instant endsAt) {
        public Former {
            labels = new TreeMap<>(labels);
        }
    }

    /** Unique in the fleet, and the same whenever this is sent. */
    public String id() {
        return incident + "-" + number;
    }

    /** The same with a short description, and without the labels of before. */
    Notification brief() {
        return new Notification(
                incident,
                number,
                kind,
                reason,
                at,
                severity,
                startsAt,
                endsAt,
                labels,
                List.of(),
                summary,
                description.length() <= BRIEF ? description : description.substring(0, BRIEF) + "...",
                url,
                reach);
    }

    /** The same without a word: only that it is over, and which number that was. Never to be sent. */
    Notification bare() {
        return new Notification(
                incident,
                number,
                kind,
                "",
                at,
                severity,
                startsAt,
                endsAt,
                Map.of(),
                List.of(),
                "",
                "",
                "",
                new Reach(0, List.of(), 0, 0, 0, List.of(), 0, 0));
    }

    boolean isBare() {
        return labels.isEmpty() && summary.isEmpty();
    }

    /** Characters of its texts. */
    int size() {
        return incident.length()
                + reason.length()
                + summary.length()
                + description.length()
                + url.length()
                + size(labels)
                + former.stream().mapToInt(each -> size(each.labels())).sum();
    }

    private static int size(Map<String, String> texts) {
        return texts.entrySet().stream()
                .mapToInt(text -> text.getKey().length() + text.getValue().length())
                .sum();
    }

    public boolean isResolved() {
        return kind == Kind.RESOLVED;
    }
}
