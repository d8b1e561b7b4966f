package org.lunwarden.map;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.lunwarden.io.AuditTrail;
import org.lunwarden.io.DeviceMapper;
import org.lunwarden.map.MapOperations.Ended;
import org.lunwarden.map.MapOperations.NotBegun;
import org.lunwarden.map.MapOperations.Order;
import org.lunwarden.map.MapOperations.Performed;
import org.lunwarden.map.plan.KernelView;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.settings.Ending;
import org.lunwarden.model.settings.QueueWithoutDaemon;

/** What is to be said to maps when the daemon ends, to each that is there and queues then. */
final class Farewells {

    private final Map<Wwid, Order> orders = new TreeMap<>();
    private final Map<Wwid, QueueWithoutDaemon> rules = new HashMap<>();

    /** Those that wait for their map to be resumed. */
    private final Set<Wwid> postponed = new TreeSet<>();

    /** In place of what was to be said to that map before. */
    void put(Order order, QueueWithoutDaemon queueing) {
        orders.put(order.wwid(), order);
        rules.put(order.wwid(), queueing);
    }

    void remove(Wwid wwid) {
        orders.remove(wwid);
    }

    /** Forgets those of maps that may go on to queue. */
    List<Order> dueAt(Ending ending) {
        orders.keySet()
                .removeIf(wwid ->
                        !rules.getOrDefault(wwid, QueueWithoutDaemon.YES).failsIoAt(ending));
        return List.copyOf(orders.values());
    }

    boolean has(Order order) {
        return order.equals(orders.get(order.wwid()));
    }

    boolean isEmpty() {
        return orders.isEmpty();
    }

    void postpone(Wwid wwid) {
        postponed.add(wwid);
    }

    /** What waited for that. */
    Optional<Order> resumed(Wwid wwid) {
        return postponed.remove(wwid) ? Optional.ofNullable(orders.get(wwid)) : Optional.empty();
    }

    /** What was made or renamed meanwhile is found as it is; what cannot be read is told to all the same. */
    static Ended say(DeviceMapper dm, Order order) {
        var name = switch (KernelReader.read(dm, order.wwid(), order.name())) {
            case KernelView.Present(var map, var event) ->
                map.queueing() ? Optional.of(map.name()) : Optional.<String>empty();
            case KernelView.Unreadable unreadable -> Optional.of(order.name());
            case KernelView.Absent absent -> Optional.<String>empty();
            case KernelView.NameTaken taken -> Optional.<String>empty();
            case KernelView.Foreign foreign -> Optional.<String>empty();
        };
        if (name.isEmpty()) {
            return new NotBegun(order.action(), "it does not queue");
        }
        AuditTrail.note(order.wwid(), ActWords.audit(order.action()) + ", since the daemon stops");
        return new Performed(new DmOperation(dm, order.wwid(), order.udev()).perform(order.action(), name.get()));
    }
}
