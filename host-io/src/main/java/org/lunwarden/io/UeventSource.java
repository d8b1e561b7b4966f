package org.lunwarden.io;

import java.util.Map;
import java.util.function.Consumer;

import org.lunwarden.model.DeviceName;

/** Device events of one host, after udev's rules have run (libudev monitor, subsystem {@code block}, type disk). */
public interface UeventSource {

    /**
     * Hears of every event from now on, in order, on one thread; the listener must not block. Where the kernel could
     * not keep all of them, {@link Uevent#LOST} comes instead.
     */
    Subscription onUevent(Consumer<Uevent> listener);

    /** Whether udev runs: where it does not, nobody tells of a device what the device does not tell itself. */
    default boolean udevRuns() {
        return true;
    }

    /**
     * @param action {@code add}, {@code change}, {@code remove}, {@code move}, …
     * @param properties udev's, among them {@code DEVNAME}, {@code MAJOR}, {@code MINOR}, {@code SEQNUM}
     */
    record Uevent(String action, DeviceName device, Map<String, String> properties) {

        /** Events were lost, nobody knows of which devices: look at all of them. Told by the source, never by udev. */
        public static final Uevent LOST = new Uevent("lost", new DeviceName("*"), Map.of());

        public Uevent {
            properties = Map.copyOf(properties);
        }
    }
}
