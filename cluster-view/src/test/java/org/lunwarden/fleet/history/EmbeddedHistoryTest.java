package org.lunwarden.fleet.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Optional;

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
    void ofWhatIsWrittenTogetherOnlyWhatNoStoreTakesIsDropped() throws Exception {
        Files.writeString(folder.resolve("history"), "a file where the folder should be");
        var history = open("v0");
        history.keep(Stories.openIncident());
        history.note(happening(1, "host-back"));
        history.note(new Happening(NOW, "k".repeat(100), Optional.empty(), Optional.empty(), "too long a kind"));
        history.note(happening(2, "host-silent"));
        history.keep(Stories.openIncident().id(), NOW, () -> {
            throw new IllegalStateException("cannot be told");
        });
        Files.delete(folder.resolve("history"));

        await(
                "written",
                () -> history.status().waiting() == 0 && history.status().written() > 0);

        assertThat(history.status().dropped()).isEqualTo(2);
        assertThat(get(history.happenings(HistoryQuery.last(10))).items())
                .extracting(Happening::kind)
                .containsExactly("host-silent", "host-back");
        assertThat(get(history.incident(Stories.openIncident().id()))).isPresent();
    }

    @Test
    void tablesOfALaterReleaseAreLeftAlone() throws Exception {
        try (var store = Databases.open(where(), "v0")) {
            assertThat(store.happenings(HistoryQuery.last(1)).items()).isEmpty();
        }
        var url = "jdbc:h2:file:" + folder.resolve("history").resolve("history")
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE";
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO lunwarden_schema (version) VALUES (99)");
        }

        assertThatThrownBy(() -> Databases.open(where(), "v0")).hasMessageContaining("of a later release: version 99");
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
