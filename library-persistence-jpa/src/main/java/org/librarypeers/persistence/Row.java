package org.librarypeers.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.LocalizedText;

/** The current row of a result. Each call reads the next column. */
final class Row {

    private final ResultSet rows;
    private int column;

    Row(ResultSet rows) {
        this(rows, 0);
    }

    /** Creates a reader of the columns after the first ones. */
    Row(ResultSet rows, int skipped) {
        this.rows = rows;
        this.column = skipped;
    }

    long number() throws SQLException {
        return rows.getLong(++column);
    }

    @Nullable
    Long numberOrNull() throws SQLException {
        long number = number();
        return rows.wasNull() ? null : number;
    }

    int integer() throws SQLException {
        return rows.getInt(++column);
    }

    @Nullable
    Integer integerOrNull() throws SQLException {
        int number = integer();
        return rows.wasNull() ? null : number;
    }

    boolean yes() throws SQLException {
        return rows.getBoolean(++column);
    }

    String text() throws SQLException {
        return Objects.requireNonNull(textOrNull());
    }

    @Nullable
    String textOrNull() throws SQLException {
        return rows.getString(++column);
    }

    UUID uuid() throws SQLException {
        return rows.getObject(++column, UUID.class);
    }

    @Nullable
    UUID uuidOrNull() throws SQLException {
        return uuid();
    }

    LocalizedText localized() throws SQLException {
        return Json.text(text());
    }

    Instant time() throws SQLException {
        return Objects.requireNonNull(timeOrNull());
    }

    @Nullable
    Instant timeOrNull() throws SQLException {
        OffsetDateTime time = rows.getObject(++column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    @Nullable
    LocalDateTime localTimeOrNull() throws SQLException {
        return rows.getObject(++column, LocalDateTime.class);
    }
}
