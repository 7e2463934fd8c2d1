package org.librarypeers.persistence;

import java.io.IOException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.storage.ConcurrentChangeException;
import org.librarypeers.sync.storage.StorageException;
import org.librarypeers.sync.storage.StorageUnavailableException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The translation of database failures into exceptions of the storage port, with messages of one line. */
final class StorageFailures {

    private static final String DEADLOCK = "40P01";
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String CONNECTION_CLASS = "08";

    /** The SQL states of a connection that broke, or was closed by a server that is stopping. */
    private static final Set<String> CONNECTION_BROKE = Set.of("08003", "08006", "57P01", "57P02");

    /** The SQL state with which a pooler reports that it lost the server. */
    private static final String POOLER_FAILED = "08P01";

    /** The SQL state of a change on a server that accepts none, because it is a standby now. */
    private static final String READ_ONLY = "25006";

    /** The SQL states of a server that is starting, stopping, or out of connections. */
    private static final Set<String> NOT_YET = Set.of("57P03", "53300");

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private StorageFailures() {}

    /**
     * Returns the failure as an exception of the storage port. Its cause is the innermost exception of the driver,
     * because Hibernate's wrappers quote statements with their values.
     */
    static StorageException storage(String what, Throwable failure) {
        SQLException root = root(failure);
        if (root == null) {
            return new StorageException(what + ": " + oneLine(failure), failure);
        }
        if (DEADLOCK.equals(root.getSQLState())) {
            return new ConcurrentChangeException(what + ": deadlock with another transaction", root);
        }
        if (isReadOnly(root)) {
            return new StorageUnavailableException(
                    what + ": the database server accepts no changes; it may have become a standby", root);
        }
        if (isBroken(root)) {
            return new StorageUnavailableException(what + ": the connection to the database was lost", root);
        }
        if (isUnreachable(failure)) {
            return new StorageUnavailableException(what + ": " + unreachable(root), root);
        }
        ServerErrorMessage server = serverMessage(root);
        String why = server == null || server.getMessage() == null ? oneLine(root) : server.getMessage();
        return new StorageException(what + ": " + oneLine(why) + PoolerHints.of(root), root);
    }

    /** Returns whether an established connection can no longer be used for changes. */
    static boolean isConnectionLost(Throwable failure) {
        SQLException root = root(failure);
        return root != null && (isBroken(root) || POOLER_FAILED.equals(root.getSQLState()) || isReadOnly(root));
    }

    private static boolean isBroken(SQLException failure) {
        // The pool has closed a connection that broke in an earlier statement of the same transaction.
        boolean isClosedByPool = failure.getSQLState() == null && "Connection is closed".equals(failure.getMessage());
        return isClosedByPool || CONNECTION_BROKE.contains(String.valueOf(failure.getSQLState()));
    }

    /** Returns whether the server accepts no changes. */
    static boolean isReadOnly(SQLException failure) {
        return READ_ONLY.equals(failure.getSQLState());
    }

    /** Returns whether no connection could be obtained. A later attempt may succeed. */
    static boolean isUnreachable(Throwable failure) {
        SQLException root = root(failure);
        String state = root == null ? "" : String.valueOf(root.getSQLState());
        return state.startsWith(CONNECTION_CLASS)
                || NOT_YET.contains(state)
                || failure instanceof SQLTransientConnectionException
                || root instanceof SQLTransientConnectionException;
    }

    /**
     * Returns why the database cannot be reached. Adds what the driver's message omits: the unknown host, or the I/O
     * error.
     */
    private static String unreachable(SQLException root) {
        Throwable cause = root.getCause();
        if (cause instanceof UnknownHostException unknown) {
            return "the host '" + oneLine(unknown) + "' is unknown; check the host in the address of the database";
        }
        ServerErrorMessage server = serverMessage(root);
        String why = oneLine(
                server == null || server.getMessage() == null
                        ? String.valueOf(root.getMessage())
                        : server.getMessage());
        if (ReachableSource.TOO_MANY_CONNECTIONS.equals(root.getSQLState())) {
            return "the server has no connection left (" + why
                    + "); lower the pool size of the processes on this server, or raise max_connections";
        }
        return cause instanceof IOException
                ? why.replaceFirst("\\.$", "") + ": " + oneLine(cause)
                : why + PoolerHints.of(root);
    }

    /** Returns whether the failure is a violation of this unique constraint. */
    static boolean violates(String constraint, Throwable failure) {
        SQLException root = root(failure);
        ServerErrorMessage server = root == null ? null : serverMessage(root);
        return root != null
                && server != null
                && UNIQUE_VIOLATION.equals(root.getSQLState())
                && constraint.equals(server.getConstraint());
    }

    /** Returns the GUID that already exists, or an empty {@code Optional} if the failure does not name one. */
    static Optional<Guid> duplicateGuid(Throwable failure) {
        SQLException root = root(failure);
        ServerErrorMessage server = root == null ? null : serverMessage(root);
        if (server == null || server.getDetail() == null) {
            return Optional.empty();
        }
        Matcher guid = UUID.matcher(server.getDetail());
        return guid.find() ? Optional.of(Guid.of(guid.group())) : Optional.empty();
    }

    private static @Nullable ServerErrorMessage serverMessage(SQLException failure) {
        return failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    }

    /**
     * Returns the innermost {@code SQLException}, or null if it is missing. For a failed batch, returns that of the
     * failed statement.
     */
    private static @Nullable SQLException root(Throwable failure) {
        SQLException found = null;
        Throwable current = failure;
        for (int depth = 0; current != null && depth < 30; depth++) {
            Throwable next = current.getCause();
            if (current instanceof SQLException sql) {
                found = sql;
                if (next == null) {
                    next = sql.getNextException();
                }
            }
            current = next;
        }
        return found;
    }

    private static String oneLine(Throwable failure) {
        String message = failure.getMessage();
        return oneLine(message == null ? failure.getClass().getSimpleName() : message);
    }

    private static String oneLine(String message) {
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("no reason given");
    }
}
