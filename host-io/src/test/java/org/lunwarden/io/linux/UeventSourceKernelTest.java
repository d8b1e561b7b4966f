package org.lunwarden.io.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.io.contract.Expect.eventually;

import java.nio.file.Path;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.lunwarden.io.UeventSource.Uevent;
import org.lunwarden.io.contract.HostFixture;
import org.lunwarden.io.contract.UeventSourceContract;

@Tag("kernel")
class UeventSourceKernelTest extends UeventSourceContract {

    private static final int SMALL_BUFFER = 16 * 1024;
    private static final int ROUNDS = 8;

    @Override
    protected HostFixture open() {
        return new ScsiDebugHost();
    }

    /** An old event that is told after the word to look at everything would take away what came since. */
    @Test
    void thatSomeWereLostIsToldWhenAllBeforeThemHaveBeen() {
        var heard = new CopyOnWriteArrayList<Uevent>();
        var isFull = new CountDownLatch(1);
        var monitor = new UdevMonitor(new UdevRules(new SysfsTree(Path.of("/"))), SMALL_BUFFER);

        try (var host = new ScsiDebugHost();
                var subscription = monitor.onUevent(event -> {
                    heard.add(event);
                    await(isFull);
                })) {
            assertThat(subscription).isNotNull();
            for (var round = 0; round < ROUNDS; round++) {
                host.paths(0).forEach(host::change);
                host.paths(1).forEach(host::change);
            }
            host.settle();
            isFull.countDown();
            eventually("that some were lost", () -> heard.contains(Uevent.LOST));

            assertThat(heard).hasSizeGreaterThan(2).last().isEqualTo(Uevent.LOST);
            host.change(host.paths(0).getFirst());
            eventually("events after that", () -> !heard.getLast().equals(Uevent.LOST));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
