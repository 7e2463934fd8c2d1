package org.librarypeers.persistence;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;

/**
 * The state of the connection pool of a storage. All numbers are 0 if the application supplies the connections.
 *
 * @param active the connections in use
 * @param idle the open connections that are not in use
 * @param awaited the threads that wait for a connection
 * @param max the maximum number of connections
 */
public record PoolFigures(int active, int idle, int awaited, int max) {

    static final PoolFigures NONE = new PoolFigures(0, 0, 0, 0);

    static PoolFigures of(HikariDataSource pool) {
        // The pool has no state before its first connection.
        HikariPoolMXBean state = pool.getHikariPoolMXBean();
        return state == null
                ? NONE
                : new PoolFigures(
                        state.getActiveConnections(),
                        state.getIdleConnections(),
                        state.getThreadsAwaitingConnection(),
                        pool.getMaximumPoolSize());
    }
}
