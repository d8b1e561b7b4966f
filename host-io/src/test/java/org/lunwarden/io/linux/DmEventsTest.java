package org.lunwarden.io.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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

        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(new Event("mpatha", new DevT(254, 1), 5, true));
        running.stop();
    }

    static Stream<Arguments> successors() { // the entry before, the one after it -> whether an event is told, and anew
        return Stream.of(
                arguments(entry("mpatha", "mpath-x", 5), entry("mpatha", "mpath-x", 5), Optional.empty()),
                arguments(entry("mpatha", "mpath-x", 5), entry("mpatha", "mpath-x", 6), Optional.of(false)),
                arguments(entry("mpatha", "mpath-x", 5), entry("mpathb", "mpath-x", 6), Optional.of(false)),
                arguments(entry("mpatha", "mpath-x", 5), entry("mpathb", "mpath-x", 5), Optional.empty()),
                arguments(entry("mpatha", "mpath-x", 5), entry("mpatha", "mpath-x", 2), Optional.of(true)),
                arguments(entry("mpatha", "mpath-x", 5), entry("mpathb", "mpath-y", 5), Optional.of(true)),
                arguments(entry("mpatha", "mpath-x", 5), entry("mpathb", "mpath-y", 7), Optional.of(true)),
                arguments(entry("one", "", 5), entry("other", "", 5), Optional.of(true)),
                arguments(entry("one", "", 5), entry("one", "", 6), Optional.of(false)));
    }

    @ParameterizedTest
    @MethodSource("successors")
    void aDeviceThatGotTheNumberOfAnotherIsToldThoughItReachedTheSameEvent(
            DmNames.Entry before, DmNames.Entry after, Optional<Boolean> anew) {
        assertThat(DmEvents.eventOf(Optional.of(before), after).map(Event::anew))
                .isEqualTo(anew);
    }

    @Test
    void aDeviceThatWasNotListedBeforeIsToldOnceItHadAnEvent() {
        assertThat(DmEvents.eventOf(Optional.empty(), entry("mpatha", "mpath-x", 0)))
                .isEmpty();
        assertThat(DmEvents.eventOf(Optional.empty(), entry("mpatha", "mpath-x", 1)))
                .contains(new Event("mpatha", new DevT(254, 1), 1, true));
    }

    private static DmNames.Entry entry(String name, String uuid, long number) {
        return new DmNames.Entry(name, Optional.of(uuid), new DevT(254, 1), number);
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
