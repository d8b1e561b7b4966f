package org.lunwarden.deploy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP: a wish that the configuration be read again, remembered until there is somebody who can. The JDK's only way to
 * hear a signal is {@code sun.misc.Signal}, in module jdk.unsupported, which a compiler that takes warnings for errors does
 * not let be named.
 */
final class HangUp {

    private static final Logger LOG = LoggerFactory.getLogger(HangUp.class);

    private Optional<Runnable> reload = Optional.empty();
    private boolean waiting;

    private HangUp() {}

    /** Heard from now on; without it the signal ends the process. */
    static HangUp listen() {
        var hangUp = new HangUp();
        listen(hangUp::heard);
        return hangUp;
    }

    /** Of a process that the signal is to end. */
    static HangUp unheard() {
        return new HangUp();
    }

    private synchronized void heard() {
        reload.ifPresentOrElse(Runnable::run, () -> waiting = true);
    }

    /** At once, when the signal was given before; then each time that it is given. */
    synchronized void serve(Runnable reading) {
        reload = Optional.of(reading);
        if (waiting) {
            waiting = false;
            reading.run();
        }
    }

    /** Whether it was given and nobody has been there to serve it. */
    synchronized boolean isWaiting() {
        return waiting;
    }

    @SuppressWarnings("ReferenceEquality") // a proxy is equal to itself alone
    private static void listen(Runnable wish) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var heard = Proxy.newProxyInstance(
                    HangUp.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getDeclaringClass() != Object.class) {
                            wish.run();
                            return null;
                        }
                        return switch (method.getName()) {
                            case "equals" -> arguments != null && proxy == arguments[0];
                            case "hashCode" -> System.identityHashCode(proxy);
                            default -> HangUp.class.getName();
                        };
                    });
            var unused = signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), heard);
        } catch (ReflectiveOperationException absent) {
            var why = absent instanceof InvocationTargetException wrapped ? wrapped.getCause() : absent;
            LOG.warn("SIGHUP is not heard: {}", String.valueOf(why));
        }
    }
}
