package org.lunwarden.fleet.history;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
 * A history over JDBC, in words that H2 and PostgreSQL understand alike. Tables {@code lunwarden_incident}, {@code
 * lunwarden_happening} and {@code lunwarden_document}; instants are Unix milliseconds.
 */
final class JdbcHistory implements HistoryStore {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcHistory.class);

    private static final List<String> TABLES = List.of(
            """
            CREATE TABLE IF NOT EXISTS lunwarden_incident (
              view_name VARCHAR(255) NOT NULL, id VARCHAR(255) NOT NULL, former_ids VARCHAR(4000) NOT NULL,
              changed_at BIGINT NOT NULL, is_open BOOLEAN NOT NULL,
              PRIMARY KEY (view_name, id))""",
            """
            CREATE TABLE IF NOT EXISTS lunwarden_happening (
              view_name VARCHAR(255) NOT NULL, number BIGINT NOT NULL, at_millis BIGINT NOT NULL,
              kind VARCHAR(64) NOT NULL, host VARCHAR(255), incident VARCHAR(255), words VARCHAR(4000) NOT NULL,
              PRIMARY KEY (view_name, number))""",
            "CREATE INDEX IF NOT EXISTS lunwarden_happening_at ON lunwarden_happening (view_name, at_millis)",
            """
            CREATE TABLE IF NOT EXISTS lunwarden_document (
              view_name VARCHAR(255) NOT NULL, incident VARCHAR(255) NOT NULL, kind VARCHAR(16) NOT NULL,
              piece INTEGER NOT NULL, content BYTEA NOT NULL,
              PRIMARY KEY (view_name, incident, kind, piece))""");

    /** A document longer than this is kept in pieces: H2 takes no longer values of this type. */
    private static final int PIECE = 512 * 1024;

    private static final String INCIDENT = "incident";

    /** Followed by Unix milliseconds, which have as many digits for the next 250 years. */
    private static final String OBSERVED = "o";

    private static final int MOMENTS = 10;

    /** Of what cannot be stored as it is, and of what contradicts a constraint. */
    private static final Set<String> REFUSALS = Set.of("22", "23");

    private final Connection connection;
    private final String view;
    private long lastNumber;

    private JdbcHistory(Connection connection, String view) {
        this.connection = connection;
        this.view = view;
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
            }
            try (var last = prepared("SELECT MAX(number) FROM lunwarden_happening WHERE view_name = ?", view);
                    var found = last.executeQuery()) {
                found.next();
                lastNumber = found.getLong(1);
            }
            connection.commit();
        } catch (SQLException broke) {
            close();
            throw failed(broke);
        }
    }

    @Override
    public void keep(List<Incident> incidents, List<Happening> happenings, List<Observed> observed) throws Failed {
        var number = lastNumber;
        try {
            for (var incident : incidents) {
                keep(incident);
            }
            for (var happening : happenings) {
                insert(++number, happening);
            }
            for (var each : observed) {
                keep(each);
            }
            connection.commit();
            lastNumber = number;
        } catch (SQLException broke) {
            rollBack();
            throw failed(broke);
        }
    }

    private void keep(Incident incident) throws SQLException {
        var changedAt = incident.timeline().getLast().at().toEpochMilli();
        var formerIds = " " + String.join(" ", incident.formerIds()) + " ";
        var former = formerIds.length() > 4000 ? formerIds.substring(0, 4000) : formerIds;
        try (var update = prepared(
                "UPDATE lunwarden_incident SET former_ids = ?, changed_at = ?, is_open = ? WHERE view_name = ? AND id = ?",
                former,
                changedAt,
                incident.isOpen(),
                view,
                incident.id())) {
            if (update.executeUpdate() == 0) {
                try (var insert = prepared(
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
        document(incident.id(), INCIDENT, IncidentDocument.format(incident));
        for (var id : incident.formerIds()) {
            try (var delete = prepared("DELETE FROM lunwarden_incident WHERE view_name = ? AND id = ?", view, id)) {
                delete.executeUpdate();
            }
        }
    }

    private void insert(long number, Happening happening) throws SQLException {
        try (var insert = prepared(
                "INSERT INTO lunwarden_happening (view_name, number, at_millis, kind, host, incident, words)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                view,
                number,
                happening.at().toEpochMilli(),
                happening.kind(),
                happening.host().orElse(""),
                happening.incident().orElse(""),
                happening.words())) {
            insert.executeUpdate();
        }
    }

    /** How it began, and the last moments. */
    private void keep(Observed moment) throws SQLException {
        document(
                moment.incident(),
                OBSERVED + moment.at().toEpochMilli(),
                moment.lines().get());
        var kinds = moments(moment.incident());
        for (var at = 1; at < kinds.size() - MOMENTS + 1; at++) {
            try (var delete = prepared(
                    "DELETE FROM lunwarden_document WHERE view_name = ? AND incident = ? AND kind = ?",
                    view,
                    moment.incident(),
                    kinds.get(at))) {
                delete.executeUpdate();
            }
        }
    }

    private List<String> moments(String incident) throws SQLException {
        var kinds = new ArrayList<String>();
        try (var select = prepared(
                        "SELECT DISTINCT kind FROM lunwarden_document WHERE view_name = ? AND incident = ? AND kind <> ?"
                                + " ORDER BY kind",
                        view,
                        incident,
                        INCIDENT);
                var found = select.executeQuery()) {
            while (found.next()) {
                kinds.add(found.getString(1));
            }
        }
        return kinds;
    }

    private void document(String incident, String kind, byte[] content) throws SQLException {
        try (var delete = prepared(
                "DELETE FROM lunwarden_document WHERE view_name = ? AND incident = ? AND kind = ?",
                view,
                incident,
                kind)) {
            delete.executeUpdate();
        }
        for (var from = 0; from < content.length; from += PIECE) {
            var piece = java.util.Arrays.copyOfRange(content, from, Math.min(content.length, from + PIECE));
            try (var insert = prepared(
                    "INSERT INTO lunwarden_document (view_name, incident, kind, piece, content) VALUES (?, ?, ?, ?, ?)",
                    view,
                    incident,
                    kind,
                    from / PIECE,
                    piece)) {
                insert.executeUpdate();
            }
        }
    }

    @Override
    public List<Incident> incidents(Instant changedSince) throws Failed {
        return reading(() -> {
            var ids = new ArrayList<String>();
            try (var select = prepared(
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
                read(id).ifPresent(incidents::add);
            }
            return incidents;
        });
    }

    @Override
    public Optional<Incident> incident(String id) throws Failed {
        return reading(() -> {
            var known = read(id);
            return known.isPresent() || id.isBlank() || id.contains(" ") ? known : formerly(id);
        });
    }

    private Optional<Incident> formerly(String id) throws SQLException {
        try (var select = prepared(
                        "SELECT id FROM lunwarden_incident WHERE view_name = ? AND POSITION(? IN former_ids) > 0",
                        view,
                        " " + id + " ");
                var found = select.executeQuery()) {
            return found.next() ? read(found.getString(1)) : Optional.empty();
        }
    }

    private Optional<Incident> read(String id) throws SQLException {
        var document = document(id, INCIDENT);
        if (document.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(IncidentDocument.parse(document.get()));
        } catch (IOException unreadable) {
            LOG.warn("incident {} cannot be read from the history: {}", id, unreadable.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public HistoryPage happenings(HistoryQuery query) throws Failed {
        var sql = new StringBuilder("SELECT number, at_millis, kind, host, incident, words FROM lunwarden_happening"
                + " WHERE view_name = ?");
        var values = new ArrayList<Object>(List.of(view));
        query.since().ifPresent(since -> with(sql, values, " AND at_millis >= ?", since.toEpochMilli()));
        query.until().ifPresent(until -> with(sql, values, " AND at_millis < ?", until.toEpochMilli()));
        query.kind().ifPresent(kind -> with(sql, values, " AND kind = ?", kind));
        query.host().ifPresent(host -> with(sql, values, " AND host = ?", host));
        query.incident().ifPresent(incident -> with(sql, values, " AND incident = ?", incident));
        query.before().ifPresent(before -> with(sql, values, " AND number < ?", before));
        with(sql, values, " ORDER BY number DESC LIMIT ?", query.limit() + 1);
        return reading(() -> {
            var items = new ArrayList<Happening>();
            try (var select = prepared(sql.toString(), values.toArray());
                    var found = select.executeQuery()) {
                while (found.next()) {
                    items.add(happening(found));
                }
            }
            var isMore = items.size() > query.limit();
            var page = isMore ? items.subList(0, query.limit()) : items;
            return new HistoryPage(page, isMore ? Optional.of(page.getLast().number()) : Optional.empty());
        });
    }

    private static void with(StringBuilder sql, List<Object> values, String condition, Object value) {
        sql.append(condition);
        values.add(value);
    }

    private static Happening happening(ResultSet row) throws SQLException {
        return new Happening(
                row.getLong(1),
                Instant.ofEpochMilli(row.getLong(2)),
                row.getString(3),
                Optional.of(row.getString(4)).filter(text -> !text.isEmpty()),
                Optional.of(row.getString(5)).filter(text -> !text.isEmpty()),
                row.getString(6));
    }

    @Override
    public Optional<byte[]> observed(String incident) throws Failed {
        return reading(() -> {
            var all = new ByteArrayOutputStream();
            for (var moment : moments(incident)) {
                document(incident, moment).ifPresent(all::writeBytes);
            }
            return all.size() == 0 ? Optional.empty() : Optional.of(all.toByteArray());
        });
    }

    private Optional<byte[]> document(String incident, String kind) throws SQLException {
        var whole = new ByteArrayOutputStream();
        try (var select = prepared(
                        "SELECT content FROM lunwarden_document WHERE view_name = ? AND incident = ? AND kind = ?"
                                + " ORDER BY piece",
                        view,
                        incident,
                        kind);
                var found = select.executeQuery()) {
            while (found.next()) {
                whole.writeBytes(found.getBytes(1));
            }
        }
        return whole.size() == 0 ? Optional.empty() : Optional.of(whole.toByteArray());
    }

    @Override
    public int forget(Instant before) throws Failed {
        var millis = before.toEpochMilli();
        return reading(() -> {
            var forgotten = 0;
            try (var documents = prepared(
                            "DELETE FROM lunwarden_document WHERE view_name = ? AND incident IN (SELECT id FROM"
                                    + " lunwarden_incident WHERE view_name = ? AND NOT is_open AND changed_at < ?)",
                            view,
                            view,
                            millis);
                    var incidents = prepared(
                            "DELETE FROM lunwarden_incident WHERE view_name = ? AND NOT is_open AND changed_at < ?",
                            view,
                            millis);
                    var happenings = prepared(
                            "DELETE FROM lunwarden_happening WHERE view_name = ? AND at_millis < ?", view, millis)) {
                documents.executeUpdate();
                forgotten += incidents.executeUpdate();
                forgotten += happenings.executeUpdate();
            }
            return forgotten;
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

    private PreparedStatement prepared(String sql, Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (var at = 0; at < values.length; at++) {
            statement.setObject(at + 1, values[at]);
        }
        return statement;
    }

    static Failed failed(SQLException broke) {
        var state = String.valueOf(broke.getSQLState());
        return new Failed(
                String.valueOf(broke.getMessage()).lines().findFirst().orElse(state),
                REFUSALS.contains(state.substring(0, Math.min(2, state.length()))),
                broke);
    }
}
