package org.librarypeers.persistence;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** A data source that records every statement execution. A JDBC batch counts as one. */
final class CountingDataSource extends DelegatingSource {

    private final DataSource target;
    private final List<String> executed = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong fetchSize = new AtomicLong();

    CountingDataSource(DataSource target) {
        super(target);
        this.target = target;
    }

    /** Returns the statements executed since the last call, and clears the list. */
    List<String> executed() {
        synchronized (executed) {
            List<String> all = List.copyOf(executed);
            executed.clear();
            return all;
        }
    }

    /** Returns the number of rows that statements outside of JDBC batches have written since the last call. */
    long written() {
        return written.getAndSet(0);
    }

    /** Returns the number of rows at a time that a statement asked for last; 0 if none did since the last call. */
    long fetchSize() {
        return fetchSize.getAndSet(0);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return proxy(Connection.class, target.getConnection(), "");
    }

    private <T> T proxy(Class<T> type, T real, String sql) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getName().startsWith("execute")) {
                        executed.add(arguments != null && arguments[0] instanceof String text ? text : sql);
                    }
                    if (method.getName().equals("setFetchSize")) {
                        fetchSize.set((Integer) arguments[0]);
                    }
                    Object result;
                    try {
                        result = method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (method.getName().equals("executeUpdate")) {
                        written.addAndGet((Integer) result);
                    }
                    String prepared = arguments != null && arguments[0] instanceof String text ? text : "";
                    if (result instanceof PreparedStatement statement && !(result instanceof CallableStatement)) {
                        return proxy(PreparedStatement.class, statement, prepared);
                    }
                    return result instanceof Statement statement ? proxy(Statement.class, statement, prepared) : result;
                }));
    }
}
