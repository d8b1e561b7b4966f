package org.lunwarden.fleet.history;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.fleet.history.HistoryStore.Observed;
import org.lunwarden.fleet.incident.Incident;

/** The greater values of one view's history: incidents, and what was observed at their moments. Table {@code lunwarden_document}. */
record JdbcDocuments(Sql sql, String view) {

    static final String TABLE = """
            CREATE TABLE IF NOT EXISTS lunwarden_document (
              view_name VARCHAR(255) NOT NULL, incident VARCHAR(255) NOT NULL, kind VARCHAR(16) NOT NULL,
              piece INTEGER NOT NULL, content BYTEA NOT NULL,
              PRIMARY KEY (view_name, incident, kind, piece))""";

    private static final Logger LOG = LoggerFactory.getLogger(JdbcDocuments.class);

    /** A document longer than this is kept in pieces: H2 takes no longer values of this type. */
    private static final int PIECE = 512 * 1024;

    private static final String INCIDENT = "incident";

    /** Followed by Unix milliseconds, which have as many digits for the next 250 years. */
    private static final String OBSERVED = "o";

    private static final int MOMENTS = 10;

    void keep(Incident incident) throws SQLException {
        write(incident.id(), INCIDENT, IncidentDocument.format(incident));
    }

    Optional<Incident> incident(String id) throws SQLException {
        var document = read(id, INCIDENT);
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

    /** All moments, oldest first. */
    Optional<byte[]> observed(String incident) throws SQLException {
        var all = new ByteArrayOutputStream();
        for (var moment : moments(incident)) {
            read(incident, moment).ifPresent(all::writeBytes);
        }
        return all.size() == 0 ? Optional.empty() : Optional.of(all.toByteArray());
    }

    private void write(String incident, String kind, byte[] content) throws SQLException {
        try (var delete = sql.prepared(
                "DELETE FROM lunwarden_document WHERE view_name = ? AND incident = ? AND kind = ?",
                view,
                incident,
                kind)) {
            delete.executeUpdate();
        }
        for (var from = 0; from < content.length; from += PIECE) {
            var piece = Arrays.copyOfRange(content, from, Math.min(content.length, from + PIECE));
            try (var insert = sql.prepared(
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

    private Optional<byte[]> read(String incident, String kind) throws SQLException {
        var whole = new ByteArrayOutputStream();
        try (var select = sql.prepared(
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

    /** How it began, and the last moments. */
    void keep(Observed moment) throws SQLException {
        write(
                moment.incident(),
                OBSERVED + moment.at().toEpochMilli(),
                moment.lines().get());
        var kinds = moments(moment.incident());
        for (var at = 1; at < kinds.size() - MOMENTS + 1; at++) {
            try (var delete = sql.prepared(
                    "DELETE FROM lunwarden_document WHERE view_name = ? AND incident = ? AND kind = ?",
                    view,
                    moment.incident(),
                    kinds.get(at))) {
                delete.executeUpdate();
            }
        }
    }

    /** What was kept under an id that it has no more is its own. */
    void move(String from, String to) throws SQLException {
        try (var delete = sql.prepared(
                        "DELETE FROM lunwarden_document WHERE view_name = ? AND incident = ? AND (kind = ? OR kind IN"
                                + " (SELECT kind FROM lunwarden_document WHERE view_name = ? AND incident = ?))",
                        view,
                        from,
                        INCIDENT,
                        view,
                        to);
                var update = sql.prepared(
                        "UPDATE lunwarden_document SET incident = ? WHERE view_name = ? AND incident = ?",
                        to,
                        view,
                        from)) {
            delete.executeUpdate();
            update.executeUpdate();
        }
    }

    void forget(String incident) throws SQLException {
        try (var delete =
                sql.prepared("DELETE FROM lunwarden_document WHERE view_name = ? AND incident = ?", view, incident)) {
            delete.executeUpdate();
        }
    }

    /** What belongs to no incident: at once if it is one itself, else when it is older. */
    int forgetOrphans(long before, int most) throws SQLException {
        try (var delete = sql.prepared(
                "DELETE FROM lunwarden_document WHERE view_name = ? AND (kind = ? OR kind < ?) AND incident IN (SELECT"
                        + " d.incident FROM lunwarden_document d WHERE d.view_name = ? AND (d.kind = ? OR d.kind < ?) AND"
                        + " NOT EXISTS (SELECT 1 FROM lunwarden_incident i WHERE i.view_name = d.view_name AND i.id ="
                        + " d.incident) LIMIT ?)",
                view,
                INCIDENT,
                OBSERVED + before,
                view,
                INCIDENT,
                OBSERVED + before,
                most)) {
            return delete.executeUpdate();
        }
    }

    private List<String> moments(String incident) throws SQLException {
        var kinds = new ArrayList<String>();
        try (var select = sql.prepared(
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
}
