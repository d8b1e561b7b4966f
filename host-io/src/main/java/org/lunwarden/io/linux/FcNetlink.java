package org.lunwarden.io.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

import jnr.ffi.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.io.FabricEvents;
import org.lunwarden.io.Subscription;
import org.lunwarden.model.fc.FabricEventCodec;

/** Hears the kernel's FC transport class by netlink(7), family {@code NETLINK_SCSITRANSPORT}. */
final class FcNetlink implements FabricEvents {

    private static final Logger log = LoggerFactory.getLogger(FcNetlink.class);

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int NETLINK_SCSITRANSPORT = 18;
    private static final int GROUP_FC_EVENTS = 1 << 2;
    private static final int ADDRESS_SIZE = 12;

    /** The kernel looks for a module each time. */
    private static final int RETRY_MILLIS = 60_000;

    private final Listeners<Said> listeners = new Listeners<>(this::start);
    private final SysfsTree tree;

    FcNetlink(SysfsTree tree) {
        this.tree = tree;
    }

    @Override
    public Subscription onFabricEvent(Consumer<Said> listener) {
        return listeners.add(listener);
    }

    private Listeners.Running start(Consumer<Said> to) {
        var receiver = new Receiver(to);
        receiver.open();
        var thread = new Thread(receiver::run, "fc-events");
        thread.setDaemon(true);
        thread.start();
        return receiver;
    }

    private String adapter(int host) {
        return tree.text("sys/class/fc_host/host" + host + "/port_name");
    }

    /** A socket that is in the group of FC events; less than 0 when there is none to be had. */
    private static int socket() {
        var calls = LibC.calls();
        var socket = calls.socket(AF_NETLINK, SOCK_RAW | LibC.O_CLOEXEC | LibC.O_NONBLOCK, NETLINK_SCSITRANSPORT);
        if (socket < 0) {
            return socket;
        }
        var address = ByteBuffer.allocate(ADDRESS_SIZE)
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_NETLINK)
                .putShort((short) 0)
                .putInt(0)
                .putInt(GROUP_FC_EVENTS)
                .array();
        if (calls.bind(socket, address, address.length) < 0) {
            var errno = LibC.errno();
            var unused = calls.close(socket);
            LibC.runtime().setLastError(errno);
            return -1;
        }
        return socket;
    }

    /** The kernel may get the transport class, and with it the socket's family, after this daemon began. */
    private final class Receiver implements Listeners.Running {

        private static final int LONGEST = 64 * 1024;

        private final Consumer<Said> to;
        private final Wakeup wakeup = new Wakeup();
        private final Pointer buffer = LibC.allocate(LONGEST);
        private int socket = -1;
        private boolean isToldOf;
        /** Some were lost; those before them are still to be read. */
        private boolean isBehind;

        private volatile boolean stopped;

        Receiver(Consumer<Said> to) {
            this.to = to;
        }

        private void open() {
            socket = socket();
            if (socket < 0 && !isToldOf) {
                log.info("no events of FC fabrics yet: {}", LibC.reason(LibC.errno()));
                isToldOf = true;
            }
        }

        private void run() {
            var poll = new Poll();
            while (!stopped) {
                var isReady = poll.await(socket, wakeup, socket < 0 ? RETRY_MILLIS : isBehind ? 0 : -1) || isBehind;
                if (!stopped) {
                    step(isReady);
                }
            }
            if (socket >= 0) {
                var unused = LibC.calls().close(socket);
            }
            wakeup.close();
        }

        private void step(boolean isReady) {
            if (socket >= 0) {
                if (isReady) {
                    receive();
                }
                return;
            }
            open();
            if (socket >= 0) {
                log.info("events of FC fabrics are heard");
                to.accept(new Missed());
            }
        }

        private void receive() {
            var got = LibC.calls().read(socket, buffer, LONGEST);
            if (got < 0) {
                var errno = LibC.errno();
                if (errno == LibC.ENOBUFS) {
                    log.warn("events of FC fabrics were lost: the receive buffer was full");
                    isBehind = true;
                } else if (errno == LibC.EAGAIN && isBehind) {
                    isBehind = false;
                    to.accept(new Missed());
                }
                return;
            }
            var datagram = new byte[(int) got];
            buffer.get(0, datagram, 0, datagram.length);
            FabricEventCodec.parse(datagram, ByteOrder.nativeOrder())
                    .forEach(event -> to.accept(new Heard(event, adapter(event.host()))));
        }

        @Override
        public void stop() {
            stopped = true;
            wakeup.wake();
        }
    }
}
