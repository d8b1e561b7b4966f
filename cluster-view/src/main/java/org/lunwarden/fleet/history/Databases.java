package org.lunwarden.fleet.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

import org.lunwarden.fleet.history.HistorySettings.Folder;
import org.lunwarden.fleet.history.HistorySettings.Server;

/** Opens the database that the settings name. Blocks, for some seconds at most. */
final class Databases {

    private static final String SECONDS = "10";

    private Databases() {}

    static HistoryStore open(HistorySettings.Where where, String view) throws HistoryStore.Failed {
        try {
            return switch (where) {
                case Folder(var folder) -> embedded(folder, view);
                case Server server -> server(server, view);
            };
        } catch (SQLException refused) {
            throw JdbcHistory.failed(refused);
        } catch (IOException broken) {
            throw broken instanceof HistoryStore.Failed failed
                    ? failed
                    : new HistoryStore.Failed(broken.toString(), false, broken);
        }
    }

    /** H2 in its PostgreSQL manner, with little of its own memory. */
    private static HistoryStore embedded(Path folder, String view) throws SQLException, IOException {
        Files.createDirectories(folder);
        var url = "jdbc:h2:file:" + folder.toAbsolutePath().resolve("history")
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=4096;TRACE_LEVEL_FILE=0";
        return JdbcHistory.over(DriverManager.getConnection(url), view);
    }

    private static HistoryStore server(Server server, String view) throws SQLException, IOException {
        var properties = new Properties();
        properties.setProperty("user", server.user());
        properties.setProperty("connectTimeout", SECONDS);
        properties.setProperty("loginTimeout", SECONDS);
        properties.setProperty("socketTimeout", "20");
        properties.setProperty("ApplicationName", "lunwarden " + view);
        if (server.passwordFile().isPresent()) {
            try (var lines = Files.lines(server.passwordFile().get())) {
                properties.setProperty("password", lines.findFirst().orElse(""));
            }
        }
        return JdbcHistory.over(DriverManager.getConnection(server.url(), properties), view);
    }
}
