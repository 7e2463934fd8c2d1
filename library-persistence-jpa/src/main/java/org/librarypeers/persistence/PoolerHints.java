package org.librarypeers.persistence;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Advice on failures that a connection pooler with other settings causes. */
final class PoolerHints {

    private static final String NO_SUCH_STATEMENT = "26000";
    private static final String SAME_STATEMENT = "42P05";
    private static final Pattern STARTUP = Pattern.compile("unsupported startup parameter: (\\w+)");

    private PoolerHints() {}

    /** Returns the remedy for a failure, after a semicolon. Empty if no pooler caused it. */
    static String of(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        if (state.equals(NO_SUCH_STATEMENT) || state.equals(SAME_STATEMENT)) {
            return "; a connection pooler in transaction mode is between this program and the server, so write"
                    + " prepareThreshold=0 into the address of the database";
        }
        Matcher startup = STARTUP.matcher(String.valueOf(failure.getMessage()));
        return startup.find()
                ? "; remove it from the address of the database, or add " + startup.group(1)
                        + " to ignore_startup_parameters in the settings of the pooler"
                : "";
    }
}
