package org.lunwarden.deploy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP: a wish that the configuration be read again. The JDK's only way to hear a signal is {@code sun.misc.Signal}, in
 * module jdk.unsupported, which a compiler that takes warnings for errors does not let be named.
 */
final class HangUp {

    private static final Logger LOG = LoggerFactory.getLogger(HangUp.class);

    private HangUp() {}

    /** From now on; without it the signal ends the process. */
    @SuppressWarnings("ReferenceEquality") // a proxy is equal to itself alone
    static void listen(Runnable wish) {
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
