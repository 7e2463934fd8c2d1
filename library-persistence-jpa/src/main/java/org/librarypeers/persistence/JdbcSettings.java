package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.librarypeers.sync.library.SettingRepository;

/** A repository of settings with one row per setting. */
record JdbcSettings(Transactions transactions) implements SettingRepository {

    /** A lock against other writers, but not against readers such as a backup. */
    private static final String LOCK = "lock table setting in share row exclusive mode";

    private static final String PUT =
            "insert into setting (name, value) values (?, ?) on conflict (name) do update set value = excluded.value";

    @Override
    public Map<String, String> all() {
        return transactions.read(JdbcSettings::read);
    }

    @Override
    public Map<String, String> allForUpdate() {
        if (!transactions.isOpen()) {
            throw new IllegalStateException("settings can be locked only in a transaction");
        }
        return transactions.call(unit -> unit.jdbc(connection -> {
            Sql.update(connection, LOCK);
            return read(connection);
        }));
    }

    private static Map<String, String> read(Connection connection) throws SQLException {
        Map<String, String> all = new TreeMap<>();
        Sql.query(connection, "select name, value from setting", rows -> {
            while (rows.next()) {
                all.put(rows.getString(1), rows.getString(2));
            }
            return all;
        });
        return Collections.unmodifiableMap(all);
    }

    @Override
    public void put(String name, String text) {
        transactions.single(connection -> Sql.update(connection, PUT, name, text));
    }

    @Override
    public void remove(String name) {
        transactions.single(connection -> Sql.update(connection, "delete from setting where name = ?", name));
    }
}
