package org.librarypeers.embeddedpostgres;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Short-lived connections to the server. */
record Connections(Password password) {

    private static final Logger log = LoggerFactory.getLogger(Connections.class);

    static final String USER = "library";

    private static final String MAINTENANCE_DATABASE = "postgres";
    private static final int CONNECT_SECONDS = 5;
    private static final int ANSWER_SECONDS = 10;

    private static final String STARTING_OR_STOPPING = "57P03";
    private static final String TOO_MANY_CONNECTIONS = "53300";
    private static final Set<String> NOT_LET_IN = Set.of("28P01", "28000");
    /**
     * The SQL states of a database that already exists. The second occurs if another process creates it at the same
     * time.
     */
    private static final Set<String> EXISTS_ALREADY = Set.of("42P04", "23505");

    /** The answer of a server to a connection attempt. */
    enum Answer {
        READY,
        BUSY_STARTING_OR_STOPPING,
        PASSWORD_REFUSED,
        OTHER_DATA,
        NONE
    }

    static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + '/' + database;
    }

    /** Checks whether the server of these data listens on the port. */
    Answer ask(int port, Path data, int seconds) {
        try (Connection connection = connect(port, seconds);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW data_directory")) {
            rows.next();
            return isSame(Path.of(rows.getString(1)), data) ? Answer.READY : Answer.OTHER_DATA;
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            log.debug("The server on port {} answered {}: {}", port, state, Text.oneLine(e));
            if (state.equals(STARTING_OR_STOPPING)) {
                return Answer.BUSY_STARTING_OR_STOPPING;
            }
            if (NOT_LET_IN.contains(state)) {
                return Answer.PASSWORD_REFUSED;
            }
            return state.equals(TOO_MANY_CONNECTIONS) ? Answer.READY : Answer.NONE;
        }
    }

    void createDatabaseIfMissing(int port, String database) {
        try (Connection connection = connect(port, ANSWER_SECONDS * 6);
                Statement statement = connection.createStatement()) {
            try (ResultSet found =
                    statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + database + '\'')) {
                if (found.next()) {
                    return;
                }
            }
            statement.executeUpdate("CREATE DATABASE \"" + database + '"');
        } catch (SQLException e) {
            if (!EXISTS_ALREADY.contains(String.valueOf(e.getSQLState()))) {
                throw new EmbeddedPostgresException(
                        "PostgreSQL could not create the database " + database + ": " + Text.oneLine(e), e);
            }
        }
    }

    void dropDatabase(int port, String database) {
        try (Connection connection = connect(port, ANSWER_SECONDS * 6);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DROP DATABASE IF EXISTS \"" + database + '"');
        } catch (SQLException e) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL could not remove the database " + database + ": " + Text.oneLine(e), e);
        }
    }

    /** Returns whether the server has other connections. A server that cannot be reached counts as unused. */
    boolean inUse(int port) {
        try (Connection connection = connect(port, ANSWER_SECONDS);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT EXISTS (SELECT FROM pg_stat_activity"
                        + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid())")) {
            return rows.next() && rows.getBoolean(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private Connection connect(int port, int answerSeconds) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", password.text());
        // Another program that took over the port must not receive the password.
        properties.setProperty("requireAuth", "scram-sha-256");
        properties.setProperty("sslmode", "disable");
        properties.setProperty("connectTimeout", Integer.toString(Math.min(CONNECT_SECONDS, answerSeconds)));
        properties.setProperty("socketTimeout", Integer.toString(answerSeconds));
        properties.setProperty("ApplicationName", "library-embedded");
        return DriverManager.getConnection(url(port, MAINTENANCE_DATABASE), properties);
    }

    private static boolean isSame(Path reported, Path data) {
        try {
            return reported.toRealPath().equals(data.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }
}
