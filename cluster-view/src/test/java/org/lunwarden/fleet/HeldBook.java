package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A book that answers when the test does. */
final class HeldBook implements SharedBook {

    final Calls<Long> read = new Calls<>();
    final Calls<Write> written = new Calls<>();

    /** Whether the newest read waits for all seeds. */
    volatile boolean isForAll;

    record Write(long number, FailbackEntry entry) {}

    @Override
    public void read(long number) {
        isForAll = true;
        read.calls.add(number);
    }

    @Override
    public void readAgain(long number) {
        isForAll = false;
        read.calls.add(number);
    }

    @Override
    public void write(long number, FailbackEntry entry) {
        written.calls.add(new Write(number, entry));
    }

    /** Calls that were made, one after the other. */
    static final class Calls<T> {

        private final BlockingQueue<T> calls = new LinkedBlockingQueue<>();

        T expect() {
            try {
                return Optional.ofNullable(calls.poll(10, TimeUnit.SECONDS))
                        .orElseThrow(() -> new AssertionError("no call"));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        void expectNone() {
            try {
                assertThat(Optional.ofNullable(calls.poll(100, TimeUnit.MILLISECONDS)))
                        .isEmpty();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        Optional<T> now() {
            return Optional.ofNullable(calls.poll());
        }
    }
}
