package org.lunwarden.node.uevent;

import java.util.Optional;
import java.util.OptionalInt;

import org.lunwarden.io.UeventSource.Uevent;
import org.lunwarden.model.Wwid;

/** What the properties of an event say. */
public final class UeventFacts {

    private static final int LONGEST_NUMBER = 9;

    private UeventFacts() {}

    /** Empty when the event does not have it, or has it empty. */
    public static Optional<String> text(Uevent event, String property) {
        return Optional.ofNullable(event.properties().get(property)).filter(value -> !value.isEmpty());
    }

    /** A decimal number that is not negative; empty for anything else. */
    public static OptionalInt number(Uevent event, String property) {
        return text(event, property)
                .filter(value ->
                        value.length() <= LONGEST_NUMBER && value.chars().allMatch(c -> c >= '0' && c <= '9'))
                .map(value -> OptionalInt.of(Integer.parseInt(value)))
                .orElseGet(OptionalInt::empty);
    }

    public static boolean isOfDm(Uevent event) {
        return event.device().value().startsWith("dm-");
    }

    /**
     * Whether the kernel tells the same by the number of the map's event. Source: {@code dm_send_uevents} in Linux {@code
     * drivers/md/dm-uevent.c}.
     */
    public static boolean isOfMapsEvent(Uevent event) {
        return text(event, "DM_ACTION")
                .filter(action -> action.startsWith("PATH_"))
                .isPresent();
    }

    /** The WWID whose multipath map the event is of. */
    public static Optional<Wwid> mapOf(Uevent event) {
        return text(event, "DM_UUID").flatMap(Wwid::ofMap);
    }
}
