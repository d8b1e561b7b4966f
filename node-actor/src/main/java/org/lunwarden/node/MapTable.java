package org.lunwarden.node;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import org.apache.pekko.actor.typed.ActorRef;

import org.lunwarden.io.DeviceMapper;
import org.lunwarden.map.MapActor;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.node.why.Subject;

/** The maps of a host: whose actor keeps them, and how they are. */
final class MapTable {

    /**
     * @param topology empty while the kernel has no such map
     * @param stuck the call of device-mapper that does not return; empty when none
     */
    record Entry(ActorRef<MapActor.Command> actor, Optional<MapTopology> topology, Optional<String> stuck) {

        Entry as(MapTopology now) {
            return new Entry(actor, Optional.of(now), stuck);
        }

        Entry vanished() {
            return new Entry(actor, Optional.empty(), stuck);
        }

        Entry stuckIn(String call) {
            return new Entry(actor, topology, Optional.of(call));
        }

        Entry freed() {
            return new Entry(actor, topology, Optional.empty());
        }
    }

    private final Map<Wwid, Entry> entries = new TreeMap<>();

    void add(Wwid wwid, ActorRef<MapActor.Command> actor) {
        entries.put(wwid, new Entry(actor, Optional.empty(), Optional.empty()));
    }

    void change(Wwid wwid, UnaryOperator<Entry> change) {
        entries.computeIfPresent(wwid, (same, entry) -> change.apply(entry));
    }

    void remove(Wwid wwid) {
        entries.remove(wwid);
    }

    Optional<Entry> get(Wwid wwid) {
        return Optional.ofNullable(entries.get(wwid));
    }

    Set<Wwid> wwids() {
        return Set.copyOf(entries.keySet());
    }

    /** The maps that the kernel has. */
    SortedMap<Wwid, Entry> present() {
        var present = new TreeMap<>(entries);
        present.values().removeIf(map -> map.topology().isEmpty());
        return present;
    }

    /** The map of that dm name: maps that are not known by name yet are named by their WWID. */
    Optional<Entry> named(String name) {
        return entries.values().stream()
                .filter(map -> map.topology()
                        .filter(known -> known.name().equals(name))
                        .isPresent())
                .findFirst()
                .or(() -> Wwid.isValid(name) ? get(new Wwid(name)) : Optional.empty());
    }

    /** A map tells its name after it has it: what is told in between may be of any. */
    void hear(DeviceMapper.Event event) {
        var device = event.device();
        var number = event.eventNumber();
        named(event.name())
                .ifPresentOrElse(
                        map -> map.actor().tell(new MapActor.KernelEvent(device, number, event.anew())),
                        () -> entries.values()
                                .forEach(map ->
                                        map.actor().tell(new MapActor.UnclaimedEvent(device, number, event.anew()))));
    }

    /** The map that is meant, be it in the kernel or not. */
    Optional<Wwid> find(Subject subject) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getKey().value().equals(subject.text())
                        || entry.getValue().topology().filter(subject::isOf).isPresent())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    SortedMap<Wwid, String> stuck() {
        var stuck = new TreeMap<Wwid, String>();
        entries.forEach((wwid, map) -> map.stuck().ifPresent(call -> stuck.put(wwid, call)));
        return stuck;
    }

    void tell(Wwid wwid, MapActor.Command command) {
        get(wwid).ifPresent(map -> map.actor().tell(command));
    }
}
