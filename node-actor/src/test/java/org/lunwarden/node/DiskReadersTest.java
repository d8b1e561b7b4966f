package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.lunwarden.model.DeviceName;
import org.lunwarden.node.DiskReaders.Kind;

@Timeout(180)
class DiskReadersTest {

    private static final DeviceName DISK = new DeviceName("sdb");
    private static final DeviceName OTHER = new DeviceName("sdc");

    private final AtomicReference<Duration> now = new AtomicReference<>(Duration.ZERO);
    private final DiskReaders readers = new DiskReaders(now::get);
    private final List<String> performed = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> answer = new CompletableFuture<>();

    @AfterEach
    void close() {
        answer.complete("late");
        readers.close();
    }

    @Test
    void aDiskThatHangsIsAskedAgainOnlyWhenItHasAnsweredAndOnlyForTheNewest() {
        var hung = readers.read(DISK, Kind.OPENING, answer::join);
        var second = readers.read(DISK, Kind.OPENING, () -> perform("second"));
        var third = readers.read(DISK, Kind.OPENING, () -> perform("third"));
        assertThat(readers.read(OTHER, Kind.OPENING, () -> perform("other disk"))
                        .join())
                .isEqualTo("other disk");
        assertThat(readers.read(DISK, Kind.IDENTITY, () -> perform("other kind"))
                        .join())
                .isEqualTo("other kind");
        assertThat(performed).containsExactly("other disk", "other kind");

        answer.complete("first");

        assertThat(hung.join()).isEqualTo("first");
        assertThat(third.join()).isEqualTo("third");
        assertThat(second).isNotDone();
        assertThat(performed).doesNotContain("second");
    }

    @Test
    void whatHangsIsCounted() {
        var hung = readers.read(DISK, Kind.OPENING, answer::join);
        assertThat(readers.hanging()).isZero();
        now.set(Duration.ofSeconds(2));
        assertThat(readers.hanging()).isEqualTo(1);
        var next = readers.read(DISK, Kind.OPENING, () -> perform("next"));

        answer.complete("first");

        assertThat(hung.join()).isEqualTo("first");
        assertThat(next.join()).isEqualTo("next");
        OneHost.await(() -> readers.hanging() == 0);
    }

    @Test
    void aReadingThatBreaksLeavesTheWayFree() {
        var broken = readers.<String>read(DISK, Kind.OPENING, () -> {
            throw new IllegalStateException("broken");
        });
        assertThat(broken.handle((text, broke) -> broke instanceof IllegalStateException)
                        .join())
                .isTrue();

        assertThat(readers.read(DISK, Kind.OPENING, () -> perform("next")).join())
                .isEqualTo("next");
    }

    private String perform(String what) {
        performed.add(what);
        return what;
    }
}
