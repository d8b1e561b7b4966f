package org.lunwarden.fleet.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What happened, of one view's history. Table {@code lunwarden_happening}. */
record JdbcHappenings(Sql sql, String view) {

    static final List<String> TABLE = List.of(
            """
            CREATE TABLE IF NOT EXISTS lunwarden_happening (
              view_name VARCHAR(255) NOT NULL, number BIGINT NOT NULL, at_millis BIGINT NOT NULL,
              kind VARCHAR(64) NOT NULL, host VARCHAR(255), incident VARCHAR(255), words VARCHAR(4000) NOT NULL,
              PRIMARY KEY (view_name, number))""",
            "CREATE INDEX IF NOT EXISTS lunwarden_happening_at ON lunwarden_happening (view_name, at_millis)",
            "ALTER TABLE lunwarden_happening ADD COLUMN IF NOT EXISTS about VARCHAR(1000000) DEFAULT '' NOT NULL");

    /** No name has control characters. */
    private static final String BETWEEN = "\n";

    /** 0 when there is none. */
    long lastNumber() throws SQLException {
        try (var last = sql.prepared("SELECT MAX(number) FROM lunwarden_happening WHERE view_name = ?", view);
                var found = last.executeQuery()) {
            found.next();
            return found.getLong(1);
        }
    }

    boolean endsWith(List<Happening> happenings) throws SQLException {
        if (happenings.isEmpty()) {
            return false;
        }
        var last = page(HistoryQuery.last(happenings.size())).items().reversed();
        return last.size() == happenings.size()
                && IntStream.range(0, last.size()).allMatch(at -> last.get(at).isSameAs(happenings.get(at)));
    }

    int forget(long before, int most) throws SQLException {
        try (var delete = sql.prepared(
                "DELETE FROM lunwarden_happening WHERE view_name = ? AND number IN (SELECT number FROM"
                        + " lunwarden_happening WHERE view_name = ? AND at_millis < ? ORDER BY at_millis LIMIT ?)",
                view,
                view,
                before,
                most)) {
            return delete.executeUpdate();
        }
    }

    void insert(long number, Happening happening) throws SQLException {
        try (var insert = sql.prepared(
                "INSERT INTO lunwarden_happening (view_name, number, at_millis, kind, host, incident, about, words)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                view,
                number,
                happening.at().toEpochMilli(),
                happening.kind(),
                happening.host().orElse(""),
                happening.incident().orElse(""),
                String.join(BETWEEN, happening.about()),
                happening.words())) {
            insert.executeUpdate();
        }
    }

    HistoryPage page(HistoryQuery query) throws SQLException {
        var text = new StringBuilder(
                "SELECT number, at_millis, kind, host, incident, about, words FROM lunwarden_happening"
                        + " WHERE view_name = ?");
        var values = new ArrayList<Object>(List.of(view));
        query.since().ifPresent(since -> with(text, values, " AND at_millis >= ?", since.toEpochMilli()));
        query.until().ifPresent(until -> with(text, values, " AND at_millis < ?", until.toEpochMilli()));
        query.kind().ifPresent(kind -> with(text, values, " AND kind = ?", kind));
        query.host().ifPresent(host -> with(text, values, " AND host = ?", host));
        query.incident().ifPresent(incident -> with(text, values, " AND incident = ?", incident));
        query.before().ifPresent(before -> with(text, values, " AND number < ?", before));
        with(text, values, " ORDER BY number DESC LIMIT ?", query.limit() + 1);
        var items = new ArrayList<Happening>();
        try (var select = sql.prepared(text.toString(), values.toArray());
                var found = select.executeQuery()) {
            while (found.next()) {
                items.add(happening(found));
            }
        }
        var isMore = items.size() > query.limit();
        var page = isMore ? items.subList(0, query.limit()) : items;
        return new HistoryPage(page, isMore ? Optional.of(page.getLast().number()) : Optional.empty());
    }

    private static void with(StringBuilder text, List<Object> values, String condition, Object value) {
        text.append(condition);
        values.add(value);
    }

    private static Happening happening(ResultSet row) throws SQLException {
        return new Happening(
                row.getLong(1),
                Instant.ofEpochMilli(row.getLong(2)),
                row.getString(3),
                Optional.of(row.getString(4)).filter(text -> !text.isEmpty()),
                Optional.of(row.getString(5)).filter(text -> !text.isEmpty()),
                row.getString(6).lines().toList(),
                row.getString(7));
    }
}
