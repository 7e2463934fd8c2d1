package org.librarypeers.examples.embedding;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.sync.storage.StorageException;
import org.librarypeers.sync.storage.StorageUnavailableException;

/**
 * A SQLite database on one connection. Only one thread uses it at a time: other threads wait until its transaction
 * ends. Only one process uses it at a time: a second process cannot open it.
 */
final class Database implements AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final Connection connection;

    /** A function that reads a value from a row of a result. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private interface Work<T> {
        T run() throws SQLException;
    }

    /** Opens the database and creates it if it does not exist. */
    Database(Path file, String schema) {
        try {
            connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        } catch (SQLException e) {
            throw new StorageUnavailableException("database " + file + " cannot be opened: " + e.getMessage(), e);
        }
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "pragma busy_timeout = 0; pragma locking_mode = exclusive; pragma journal_mode = wal");
            statement.executeUpdate("begin immediate");
            statement.executeUpdate(schema);
            statement.executeUpdate("commit");
        } catch (SQLException e) {
            close();
            throw new StorageUnavailableException("database " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Runs work in one transaction, or in the current one of this thread. */
    <T> T inTransaction(Supplier<T> work) {
        lock.lock();
        try {
            if (lock.getHoldCount() > 1) {
                return work.get();
            }
            execute("begin immediate");
            boolean done = false;
            try {
                T result = work.get();
                execute("commit");
                done = true;
                return result;
            } finally {
                if (!done) {
                    execute("rollback");
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Runs work without a result, as {@link #inTransaction} does. */
    void change(Runnable work) {
        inTransaction(() -> {
            work.run();
            return true;
        });
    }

    private void execute(String sql) {
        guarded(() -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    /** Inserts, updates or deletes, and returns the number of rows. */
    int update(String sql, @Nullable Object... values) {
        return guarded(() -> {
            try (PreparedStatement statement = prepared(sql, values)) {
                return statement.executeUpdate();
            }
        });
    }

    /** Returns a value of each row of the result. */
    <T> List<T> query(Row<T> row, String sql, @Nullable Object... values) {
        return guarded(() -> {
            try (PreparedStatement statement = prepared(sql, values);
                    ResultSet result = statement.executeQuery()) {
                List<T> all = new ArrayList<>();
                while (result.next()) {
                    all.add(row.read(result));
                }
                return all;
            }
        });
    }

    /** Returns a value of the first row of the result. */
    <T> Optional<T> find(Row<T> row, String sql, @Nullable Object... values) {
        return query(row, sql, values).stream().findFirst();
    }

    /** Returns the number in the first column of the only row of the result. */
    long number(String sql, @Nullable Object... values) {
        return query(row -> row.getLong(1), sql, values).get(0);
    }

    /** Returns a number that is higher than all earlier ones of this kind. */
    long nextNumber(String kind) {
        return number(
                "insert into last_number values (?, 1) on conflict do update set value = value + 1 returning value",
                kind);
    }

    private <T> T guarded(Work<T> work) {
        lock.lock();
        try {
            return work.run();
        } catch (SQLException e) {
            throw new StorageException("the database failed: " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, column(values[i]));
        }
        return statement;
    }

    /** Returns a value as SQLite stores it. A collection becomes a JSON array, for {@code json_each(?)}. */
    private static @Nullable Object column(@Nullable Object value) {
        if (value == null || value instanceof Number || value instanceof byte[]) {
            return value;
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (value instanceof PeerId peer) {
            return peer.value();
        }
        if (value instanceof SyncLogId run) {
            return run.value();
        }
        if (value instanceof Instant time) {
            return micros(time);
        }
        if (value instanceof Collection<?> all) {
            return Json.write(all.stream().map(Database::column).toList());
        }
        return value.toString();
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** Reads a time that was stored in this column. */
    static Instant time(ResultSet row, String column) throws SQLException {
        return Instant.EPOCH.plus(row.getLong(column), ChronoUnit.MICROS);
    }

    @Override
    public void close() {
        guarded(() -> {
            connection.close();
            return true;
        });
    }
}
