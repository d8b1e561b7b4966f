package org.lunwarden.node.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;

/**
 * Disks that nobody gives a WWID, of which udev may know more when it looks again. Each is asked for some times, a while
 * apart, and then left. Source: multipath.conf(5), {@code retrigger_tries} and {@code retrigger_delay}. Pure.
 */
public record UdevQuestions(SortedMap<DeviceName, Question> open) {

    public static final UdevQuestions NONE = new UdevQuestions(new TreeMap<>());

    /**
     * @param asked how often udev was asked
     * @param next uptime at which it may be asked again
     */
    public record Question(DevT device, int asked, Duration next) {

        private Question askedAt(Duration now, Patience patience) {
            return new Question(device, asked + 1, now.plus(patience.delay()));
        }
    }

    /** @param tries how often udev is asked for one disk at most */
    public record Patience(int tries, Duration delay) {}

    /** @param nameless the disks without a WWID, all of them */
    public UdevQuestions after(Map<DeviceName, DevT> nameless, Patience patience, Duration now) {
        var next = new TreeMap<DeviceName, Question>();
        nameless.forEach((name, device) -> {
            var before = open.get(name);
            next.put(
                    name,
                    before != null && before.device().equals(device)
                            ? before
                            : new Question(device, 0, now.plus(patience.delay())));
        });
        return new UdevQuestions(next);
    }

    /** The disks to ask for now. */
    public List<DeviceName> due(Patience patience, Duration now) {
        return open.entrySet().stream()
                .filter(entry -> mayAsk(entry.getValue(), patience)
                        && entry.getValue().next().compareTo(now) <= 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** @param name one that is due */
    public UdevQuestions asked(DeviceName name, Patience patience, Duration now) {
        var next = new TreeMap<>(open);
        next.put(name, Objects.requireNonNull(open.get(name)).askedAt(now, patience));
        return new UdevQuestions(next);
    }

    /** The disks for which udev is asked no more, and has had its time after the last question. */
    public Set<DeviceName> unheard(Patience patience, Duration now) {
        return open.entrySet().stream()
                .filter(entry -> !mayAsk(entry.getValue(), patience)
                        && entry.getValue().next().compareTo(now) <= 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Uptime at which the next question is due, or the time after the last one is over; empty when there is none. */
    public Optional<Duration> next(Patience patience, Duration now) {
        return open.values().stream()
                .filter(question ->
                        mayAsk(question, patience) || question.next().compareTo(now) > 0)
                .map(Question::next)
                .min(Duration::compareTo);
    }

    private static boolean mayAsk(Question question, Patience patience) {
        return question.asked() < patience.tries();
    }
}
