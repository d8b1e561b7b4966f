package org.lunwarden.io;

import java.util.Map;
import java.util.function.Consumer;

import org.lunwarden.model.DeviceName;

/** Device events of one host, after udev's rules have run (libudev monitor, subsystem {@code block}, type disk). */
public interface UeventSource {

    /** Hears of every event from now on, in order, on one thread; the listener must not block. */
    Subscription onUevent(Consumer<Uevent> listener);

    /**
     * @param action {@code add}, {@code change}, {@code remove}, {@code move}, …
     * @param properties udev's, among them {@code DEVNAME}, {@code MAJOR}, {@code MINOR}, {@code SEQNUM}
     */
    record Uevent(String action, DeviceName device, Map<String, String> properties) {
        public Uevent {
            properties = Map.copyOf(properties);
        }
    }
}
