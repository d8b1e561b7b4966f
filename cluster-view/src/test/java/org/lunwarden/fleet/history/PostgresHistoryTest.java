package org.lunwarden.fleet.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.incident.Stories;

/** Against a real server, which is killed, too. */
class PostgresHistoryTest extends HistoryContract {

    private static PostgresServer server;

    @BeforeAll
    static void start() throws IOException {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void clear() {
        await("answers", PostgresHistoryTest::isCleared);
    }

    private static boolean isCleared() {
        var properties = new Properties();
        properties.setProperty("user", "lunwarden");
        properties.setProperty("password", "of the test");
        try (var connection = DriverManager.getConnection(server.settings().url(), properties);
                var statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS lunwarden_incident, lunwarden_happening, lunwarden_document");
            return true;
        } catch (SQLException notYet) {
            return false;
        }
    }

    @Override
    HistorySettings.Where where() {
        return server.settings();
    }

    @Test
    void whileTheServerIsDownWhatHappensWaitsAndIsKeptWhenItIsBack() throws Exception {
        var history = open("v0");
        history.note(happening(1, "host-back"));
        written(history);

        server.kill();
        history.keep(Stories.openIncident());
        history.note(happening(2, "host-silent"));
        await("told", () -> !history.status().working());
        assertThat(history.status().waiting()).isEqualTo(2);
        assertThat(history.happenings(HistoryQuery.last(10))
                        .toCompletableFuture()
                        .handle((page, broke) -> broke != null)
                        .join())
                .isTrue();
        server.resume();

        written(history);
        assertThat(history.status().dropped()).isZero();
        assertThat(get(history.happenings(HistoryQuery.last(10))).items())
                .extracting(Happening::kind)
                .containsExactly("host-silent", "host-back");
        assertThat(get(history.incident(Stories.openIncident().id()))).isPresent();
    }
}
