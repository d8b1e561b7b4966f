package org.lunwarden.node.uevent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.lunwarden.io.UeventSource.Uevent;

/**
 * What is left of events that came together. Source: the queue's rules in multipath-tools 0.14.3, libmultipath/uevent.c.
 *
 * <p>A later {@code remove} takes the place of all earlier events of its device, a later {@code add} that of its earlier
 * {@code change}s. Of several disks of one unit that are added, or removed, the last one's event stands for all.
 */
public final class UeventQueue {

    private UeventQueue() {}

    /** @param merged events of other disks that this one stands for, the oldest first: they are dealt with before it */
    public record Standing(Uevent event, List<Uevent> merged) {
        public Standing {
            merged = List.copyOf(merged);
        }
    }

    /**
     * @param events the oldest first
     * @param wwid which unit an event's disk is a path of; empty for all when events are not to be merged
     */
    public static List<Standing> settle(List<Uevent> events, Function<Uevent, Optional<String>> wwid) {
        var left = new ArrayList<>(events);
        var settled = new ArrayList<Standing>();
        while (!left.isEmpty()) {
            var later = left.removeLast();
            left.removeIf(earlier -> isOvertaken(earlier, later));
            settled.addFirst(new Standing(later, merge(later, left, wwid)));
        }
        return List.copyOf(settled);
    }

    private static boolean isOvertaken(Uevent earlier, Uevent later) {
        return earlier.device().equals(later.device())
                && !UeventFacts.isOfDm(later)
                && (later.action().equals("remove")
                        || (later.action().equals("add") && earlier.action().equals("change")));
    }

    /** Takes out what the event stands for, back to the first event that may not be passed by. */
    private static List<Uevent> merge(Uevent later, List<Uevent> left, Function<Uevent, Optional<String>> wwid) {
        var merged = new ArrayList<Uevent>();
        var unit = wwid.apply(later);
        if (unit.isEmpty() || UeventFacts.isOfDm(later) || !isAddOrRemove(later)) {
            return merged;
        }
        for (var at = left.size() - 1; at >= 0; at--) {
            var earlier = left.get(at);
            var its = wwid.apply(earlier);
            if (its.isEmpty() || UeventFacts.isOfDm(earlier)) {
                return merged;
            }
            if (its.equals(unit) && !earlier.action().equals("change")) {
                if (!earlier.action().equals(later.action())) {
                    return merged;
                }
                merged.addFirst(left.remove(at));
            }
        }
        return merged;
    }

    private static boolean isAddOrRemove(Uevent event) {
        return event.action().equals("add") || event.action().equals("remove");
    }
}
