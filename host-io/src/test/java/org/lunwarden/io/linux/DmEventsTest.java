package org.lunwarden.io.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import org.lunwarden.io.DeviceMapper.Event;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DevT;

@EnabledOnOs(OS.LINUX)
class DmEventsTest {

    @Test
    void aListThatIsRefusedOrBreaksIsReadAgain() throws InterruptedException {
        var heard = new LinkedBlockingQueue<Event>();
        var calls = new AtomicInteger();

        var running = DmEvents.start(() -> listed(calls.incrementAndGet()), heard::add);

        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(new Event("mpatha", new DevT(254, 1), 5));
        running.stop();
    }

    private static IoResult<List<DmNames.Entry>> listed(int call) {
        return switch (call) {
            case 1 -> new IoResult.Refused<>(12, "list", "Cannot allocate memory");
            case 2 -> throw new IllegalStateException("unreadable");
            default ->
                new IoResult.Ok<>(List.of(new DmNames.Entry("mpatha", Optional.of("mpath-x"), new DevT(254, 1), 5)));
        };
    }
}
