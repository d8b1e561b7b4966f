package org.lunwarden.io.linux;

import java.util.function.Consumer;

import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.io.Subscription;
import org.lunwarden.io.UeventSource;
import org.lunwarden.model.DeviceName;

/** Device events as udev passes them on, heard by one thread. */
final class UdevMonitor implements UeventSource {

    private static final int BUFFER_BYTES = 128 * 1024 * 1024;

    private final Listeners<Uevent> listeners;
    private final UdevRules rules;

    UdevMonitor(UdevRules rules) {
        this(rules, BUFFER_BYTES);
    }

    /** @param buffer bytes of events that are kept until they are read */
    UdevMonitor(UdevRules rules, int buffer) {
        this.listeners = new Listeners<>(to -> Receiver.start(to, buffer));
        this.rules = rules;
    }

    @Override
    public Subscription onUevent(Consumer<Uevent> listener) {
        return listeners.add(listener);
    }

    @Override
    public boolean udevRuns() {
        return rules.udevRuns();
    }

    private static final class Receiver implements Listeners.Running {

        private static final Logger log = LoggerFactory.getLogger(UdevMonitor.class);
        private static final int RETRY_MILLIS = 1000;

        private final LibUdev.Calls calls = LibUdev.calls();
        private final Consumer<Uevent> to;
        private final int buffer;
        private final Wakeup wakeup = new Wakeup();
        private final @Nullable Pointer udev = calls.udev_new();
        private @Nullable Pointer monitor;
        /** Some were lost; those before them are still to be read, and to be told first: they are older than what is there now. */
        private boolean isBehind;

        private volatile boolean stopped;

        Receiver(Consumer<Uevent> to, int buffer) {
            this.to = to;
            this.buffer = buffer;
        }

        static Listeners.Running start(Consumer<Uevent> to, int buffer) {
            var receiver = new Receiver(to, buffer);
            receiver.monitor = receiver.listen();
            var thread = new Thread(receiver::run, "uevents");
            thread.setDaemon(true);
            thread.start();
            return receiver;
        }

        private void run() {
            var poll = new Poll();
            while (!stopped) {
                try {
                    step(poll);
                } catch (RuntimeException broke) {
                    log.error("uevents: the monitor goes on after", broke);
                    poll.await(-1, wakeup, RETRY_MILLIS);
                }
            }
            if (monitor != null) {
                var unused = calls.udev_monitor_unref(monitor);
            }
            if (udev != null) {
                var unused = calls.udev_unref(udev);
            }
            wakeup.close();
        }

        private void step(Poll poll) {
            if (monitor == null) {
                poll.await(-1, wakeup, RETRY_MILLIS);
                monitor = listen();
                if (monitor != null) {
                    to.accept(Uevent.LOST);
                }
                return;
            }
            var isReady = poll.await(calls.udev_monitor_get_fd(monitor), wakeup, isBehind ? 0 : -1);
            if (stopped) {
                return;
            }
            if (isReady) {
                receive(monitor);
            } else if (isBehind) {
                isBehind = false;
                to.accept(Uevent.LOST);
            }
        }

        private @Nullable Pointer listen() {
            var made = udev == null ? null : calls.udev_monitor_new_from_netlink(udev, "udev");
            if (made == null) {
                log.warn("no uevents: libudev has no monitor");
                return null;
            }
            if (calls.udev_monitor_set_receive_buffer_size(made, buffer) < 0) {
                log.info("uevents: the receive buffer stays at the system's size");
            }
            if (calls.udev_monitor_filter_add_match_subsystem_devtype(made, "block", "disk") < 0
                    || calls.udev_monitor_enable_receiving(made) < 0) {
                log.warn("no uevents: libudev does not receive");
                var unused = calls.udev_monitor_unref(made);
                return null;
            }
            return made;
        }

        private void receive(Pointer from) {
            var device = calls.udev_monitor_receive_device(from);
            if (device == null) {
                if (LibC.errno() == LibC.ENOBUFS) {
                    log.warn("uevents were lost: the receive buffer was full");
                    isBehind = true;
                }
                return;
            }
            try {
                var action = calls.udev_device_get_action(device);
                var name = calls.udev_device_get_sysname(device);
                if (action != null && name != null) {
                    to.accept(new Uevent(action, new DeviceName(name), LibUdev.properties(device)));
                }
            } catch (IllegalArgumentException noName) {
                log.warn("uevent dropped: {}", noName.getMessage());
            } finally {
                var unused = calls.udev_device_unref(device);
            }
        }

        @Override
        public void stop() {
            stopped = true;
            wakeup.wake();
        }
    }
}
