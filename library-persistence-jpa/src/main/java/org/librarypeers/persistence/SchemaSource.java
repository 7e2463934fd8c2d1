package org.librarypeers.persistence;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A data source that sets the connections of another one to a schema while they are in use. The other users of its pool
 * get them unchanged.
 */
final class SchemaSource extends DelegatingSource {

    private final DataSource target;
    private final String schema;

    SchemaSource(DataSource target, String schema) {
        super(target);
        this.target = target;
        this.schema = schema;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = target.getConnection();
        try {
            String before = replacePath(connection, schema);
            return restoring(connection, before);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Sets the search path, and returns the previous one. */
    private static String replacePath(Connection connection, String path) throws SQLException {
        String before;
        try (PreparedStatement replace = connection.prepareStatement(
                "select before, set_config('search_path', ?, false) from current_setting('search_path') before")) {
            replace.setString(1, path);
            try (ResultSet row = replace.executeQuery()) {
                row.next();
                before = row.getString(1);
            }
        }
        // Otherwise a rollback would set the path back.
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
        return before;
    }

    /** Returns a connection that restores the search path before it is closed. */
    private static Connection restoring(Connection connection, String path) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close") && !connection.isClosed()) {
                        restore(connection, path);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void restore(Connection connection, String path) throws SQLException {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            replacePath(connection, path);
        } catch (SQLException e) {
            // Nobody else may get the connection in this state. Usually it is broken anyway.
            connection.abort(Runnable::run);
        }
    }
}
