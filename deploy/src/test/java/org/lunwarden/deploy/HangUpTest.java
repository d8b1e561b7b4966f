package org.lunwarden.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.Semaphore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class HangUpTest {

    @Test
    void aSignalThatComesBeforeThereIsANodeIsServedOnceThereIsOneAndEachLaterOneAtOnce() throws Exception {
        var served = new Semaphore(0);
        var hangUp = HangUp.listen();

        give();
        while (!hangUp.isWaiting()) {
            Thread.onSpinWait();
        }
        hangUp.serve(served::release);

        assertThat(served.tryAcquire()).isTrue();
        assertThat(hangUp.isWaiting()).isFalse();
        give();
        served.acquire();
        assertThat(hangUp.isWaiting()).isFalse();
    }

    private static void give() throws IOException, InterruptedException {
        var self = ProcessHandle.current().pid();
        assertThat(new ProcessBuilder("kill", "-HUP", Long.toString(self))
                        .start()
                        .waitFor())
                .isZero();
    }
}
