package org.librarypeers.persistence;

/**
 * Gapless counters for numbers that people read. Each number is one higher than the last, even after a server crash. A
 * transaction that draws a number blocks other draws from the same counter until it ends.
 */
enum Counters {
    SYNC_LOG("sync_log"),
    PEER("peer");

    private final String name;

    Counters(String name) {
        this.name = name;
    }

    /** Returns the next number. The first one is 1. */
    long next(UnitOfWork unit) {
        String sql = "update counter set last = last + 1 where name = ? returning last";
        return unit.jdbc(connection ->
                Sql.first(connection, sql, row -> row.getLong(1), name).orElseThrow());
    }
}
