package org.lunwarden.fleet.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.fleet.incident.Incident;

/**
 * A history over JDBC, in words that H2 and PostgreSQL understand alike. Tables {@code lunwarden_incident} and those of its
 * parts; instants are Unix milliseconds.
 */
final class JdbcHistory implements HistoryStore {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcHistory.class);

    /** Of what is known here. A later release may change the tables, and says so by a greater one. */
    private static final int VERSION = 1;

    private static final int SLICE = 500;
    private static final int SLICE_OF_INCIDENTS = 20;

    private static final List<String> TABLES = List.of(
            "CREATE TABLE IF NOT EXISTS lunwarden_schema (version INTEGER NOT NULL PRIMARY KEY)",
            """
            CREATE TABLE IF NOT EXISTS lunwarden_incident (
              view_name VARCHAR(255) NOT NULL, id VARCHAR(255) NOT NULL, former_ids VARCHAR(4000) NOT NULL,
              changed_at BIGINT NOT NULL, is_open BOOLEAN NOT NULL,
              PRIMARY KEY (view_name, id))""",
            "CREATE INDEX IF NOT EXISTS lunwarden_incident_changed ON lunwarden_incident (view_name, is_open, changed_at)");

    /** Of what cannot be stored as it is, and of what contradicts a constraint. */
    private static final Set<String> REFUSALS = Set.of("22", "23");

    private final Connection connection;
    private final String view;
    private final Sql sql;
    private final JdbcDocuments documents;
    private final JdbcHappenings happenings;
    private long lastNumber;

    private JdbcHistory(Connection connection, String view) {
        this.connection = connection;
        this.view = view;
        this.sql = new Sql(connection);
        this.documents = new JdbcDocuments(sql, view);
        this.happenings = new JdbcHappenings(sql, view);
    }

    /** Takes over the connection, and makes the tables that are missing. */
    static JdbcHistory over(Connection connection, String view) throws Failed {
        var history = new JdbcHistory(connection, view);
        history.prepare();
        return history;
    }

    private void prepare() throws Failed {
        try {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                for (var table : TABLES) {
                    statement.execute(table);
                }
                statement.execute(JdbcDocuments.TABLE);
                for (var table : JdbcHappenings.TABLE) {
                    statement.execute(table);
                }
            }
            checkVersion();
            lastNumber = happenings.lastNumber();
            connection.commit();
        } catch (SQLException broke) {
            close();
            throw failed(broke);
        }
    }

    private void checkVersion() throws SQLException {
        var version = 0;
        try (var select = sql.prepared("SELECT MAX(version) FROM lunwarden_schema");
                var found = select.executeQuery()) {
            found.next();
            version = found.getInt(1);
        }
        if (version > VERSION) {
            throw new SQLException(
                    "the tables are those of a later release: version " + version + ", known here is " + VERSION);
        }
        if (version < VERSION) {
            try (var insert = sql.prepared("INSERT INTO lunwarden_schema (version) VALUES (?)", VERSION)) {
                insert.executeUpdate();
            }
        }
    }

    @Override
    public void keep(List<Incident> incidents, List<Happening> happened, List<Observed> observed) throws Failed {
        var number = lastNumber;
        try {
            for (var incident : incidents) {
                keep(incident);
            }
            for (var happening : happened) {
                happenings.insert(++number, happening);
            }
            for (var each : observed) {
                documents.keep(new Observed(idOf(each.incident()), each.at(), each.lines()));
            }
            connection.commit();
            lastNumber = number;
        } catch (SQLException broke) {
            rollBack();
            countAnew();
            throw failed(broke);
        } catch (RuntimeException broken) { // of what cannot even be formatted
            rollBack();
            throw new Failed(broken.toString(), true, broken);
        }
    }

    /** Somebody else may have written meanwhile. Where the connection is lost the next statement tells it. */
    private void countAnew() {
        try {
            lastNumber = happenings.lastNumber();
            connection.commit();
        } catch (SQLException lost) {
            rollBack();
        }
    }

    private void keep(Incident incident) throws SQLException {
        var changedAt = incident.timeline().getLast().at().toEpochMilli();
        var formerIds = " " + String.join(" ", incident.formerIds()) + " ";
        var former = formerIds.length() > 4000 ? formerIds.substring(0, 4000) : formerIds;
        try (var update = sql.prepared(
                "UPDATE lunwarden_incident SET former_ids = ?, changed_at = ?, is_open = ? WHERE view_name = ? AND id = ?",
                former,
                changedAt,
                incident.isOpen(),
                view,
                incident.id())) {
            if (update.executeUpdate() == 0) {
                try (var insert = sql.prepared(
                        "INSERT INTO lunwarden_incident (former_ids, changed_at, is_open, view_name, id) VALUES (?, ?, ?, ?, ?)",
                        former,
                        changedAt,
                        incident.isOpen(),
                        view,
                        incident.id())) {
                    insert.executeUpdate();
                }
            }
        }
        documents.keep(incident);
        for (var id : incident.formerIds()) {
            delete(id);
            documents.move(id, incident.id());
        }
    }

    private void delete(String id) throws SQLException {
        try (var delete = sql.prepared("DELETE FROM lunwarden_incident WHERE view_name = ? AND id = ?", view, id)) {
            delete.executeUpdate();
        }
    }

    @Override
    public List<Incident> incidents(Instant changedSince) throws Failed {
        return reading(() -> {
            var ids = new ArrayList<String>();
            try (var select = sql.prepared(
                            "SELECT id FROM lunwarden_incident WHERE view_name = ? AND (is_open OR changed_at >= ?)"
                                    + " ORDER BY id DESC",
                            view,
                            changedSince.toEpochMilli());
                    var found = select.executeQuery()) {
                while (found.next()) {
                    ids.add(found.getString(1));
                }
            }
            var incidents = new ArrayList<Incident>();
            for (var id : ids) {
                documents.incident(id).ifPresent(incidents::add);
            }
            return incidents;
        });
    }

    @Override
    public Optional<Incident> incident(String id) throws Failed {
        return reading(() -> {
            var known = documents.incident(id);
            return known.isPresent() ? known : documents.incident(idOf(id));
        });
    }

    /** What goes by this id now: itself, unless it is a former one. */
    private String idOf(String id) throws SQLException {
        if (id.isBlank() || id.contains(" ")) {
            return id;
        }
        try (var select = sql.prepared(
                        "SELECT id FROM lunwarden_incident WHERE view_name = ? AND (id = ? OR POSITION(? IN former_ids) > 0)"
                                + " ORDER BY CASE WHEN id = ? THEN 0 ELSE 1 END",
                        view,
                        id,
                        " " + id + " ",
                        id);
                var found = select.executeQuery()) {
            return found.next() ? found.getString(1) : id;
        }
    }

    @Override
    public HistoryPage happenings(HistoryQuery query) throws Failed {
        return reading(() -> happenings.page(query));
    }

    @Override
    public Optional<byte[]> observed(String incident) throws Failed {
        return reading(() -> documents.observed(idOf(incident)));
    }

    @Override
    public boolean endsWith(List<Happening> happened) throws Failed {
        return reading(() -> happenings.endsWith(happened));
    }

    @Override
    public int forget(Instant before) throws Failed {
        var millis = before.toEpochMilli();
        return reading(() -> {
            var old = new ArrayList<String>();
            try (var select = sql.prepared(
                            "SELECT id FROM lunwarden_incident WHERE view_name = ? AND is_open = FALSE AND changed_at < ?"
                                    + " ORDER BY changed_at LIMIT ?",
                            view,
                            millis,
                            SLICE_OF_INCIDENTS);
                    var found = select.executeQuery()) {
                while (found.next()) {
                    old.add(found.getString(1));
                }
            }
            for (var id : old) {
                documents.forget(id);
                delete(id);
            }
            return old.size() + happenings.forget(millis, SLICE) + documents.forgetOrphans(millis, SLICE_OF_INCIDENTS);
        });
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException broken) {
            LOG.debug("the connection to the history does not close", broken);
        }
    }

    private interface Reading<T> {
        T read() throws SQLException;
    }

    private <T> T reading(Reading<T> reading) throws Failed {
        try {
            var read = reading.read();
            connection.commit();
            return read;
        } catch (SQLException broke) {
            rollBack();
            throw failed(broke);
        }
    }

    private void rollBack() {
        try {
            connection.rollback();
        } catch (SQLException broken) {
            LOG.debug("the connection to the history is lost", broken);
        }
    }

    static Failed failed(SQLException broke) {
        var state = String.valueOf(broke.getSQLState());
        return new Failed(
                String.valueOf(broke.getMessage()).lines().findFirst().orElse(state),
                REFUSALS.contains(state.substring(0, Math.min(2, state.length()))),
                broke);
    }
}
