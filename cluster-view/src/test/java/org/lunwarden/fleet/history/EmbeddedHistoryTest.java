package org.lunwarden.fleet.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.lunwarden.fleet.incident.Stories;

class EmbeddedHistoryTest extends HistoryContract {

    @TempDir
    private Path folder;

    @Override
    HistorySettings.Where where() {
        return new HistorySettings.Folder(folder.resolve("history"));
    }

    @Test
    void aStoreThatCannotBeOpenedIsToldAndTriedAgainUntilWhatWaitedIsKept() throws Exception {
        Files.writeString(folder.resolve("history"), "a file where the folder should be");
        var history = open("v0");
        history.keep(Stories.openIncident());
        await(
                "told",
                () -> !history.status().working() && !history.status().problem().startsWith("not opened"));
        assertThat(history.status().waiting()).isEqualTo(1);
        assertThat(history.restored().toCompletableFuture()).isNotDone();

        Files.delete(folder.resolve("history"));

        written(history);
        assertThat(get(history.incident(Stories.openIncident().id()))).contains(Stories.openIncident());
        assertThat(get(history.restored())).isEmpty();
    }

    @Test
    void whatWaitsHasBoundedRoomAndTheOldestIsDroppedAndCounted() throws Exception {
        Files.writeString(folder.resolve("history"), "a file where the folder should be");
        var history = open("v0");
        for (var n = 0; n < 10_500; n++) {
            history.note(happening(n % 60, "host-back"));
        }
        for (var n = 0; n < 40; n++) {
            history.keep("i-" + n, NOW, () -> new byte[1 << 20]);
        }

        assertThat(history.status().dropped()).isEqualTo(500L + 24);
        assertThat(history.status().waiting()).isLessThan(10_100);
    }
}
