package org.lunwarden.fleet.history;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a view keeps its history.
 *
 * @param retention what is older is forgotten, except incidents that are still open
 */
public record HistorySettings(Where where, Duration retention) {

    public sealed interface Where {}

    /** A database embedded in the view, in a folder of its own that is made where it is missing. */
    public record Folder(Path folder) implements Where {}

    /**
     * A PostgreSQL server. Several views may share one: each keeps rows of its own.
     *
     * @param url for example {@code jdbc:postgresql://db.example.org/lunwarden}
     * @param passwordFile its first line is the password; read at each connection
     */
    public record Server(String url, String user, Optional<Path> passwordFile) implements Where {

        /** @throws IllegalArgumentException when the URL is none of PostgreSQL, or holds a password that logs would tell */
        public Server {
            if (url.toLowerCase(Locale.ROOT).contains("password=")) {
                throw new IllegalArgumentException("the password belongs into a file of its own");
            }
            if (!url.startsWith("jdbc:postgresql:")) {
                throw new IllegalArgumentException("not a URL such as jdbc:postgresql://host/database: " + url);
            }
        }
    }

    /** @throws IllegalArgumentException when the retention is shorter than an hour */
    public HistorySettings {
        if (retention.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException("history is kept for an hour at least, not " + retention);
        }
    }
}
