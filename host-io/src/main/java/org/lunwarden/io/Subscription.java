package org.lunwarden.io;

/** Ends a subscription; after {@code close} returns, the listener is not called again. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

    @Override
    void close();
}
