package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.sync.storage.StorageException;

/** Tests with tables of a later program version, and with databases that cannot hold our tables. */
@Timeout(60)
class SchemaTest {

    private static final String READ_VERSION = "select version, script, installed_by from library_schema_history";

    private final List<String> statements = new ArrayList<>();

    private JpaStorage recorded(TestDatabase database) {
        DataSource source = recorded(DataSource.class, database.pool());
        return JpaStorage.builder()
                .dataSource(source)
                .secretKey(TestDatabase.KEY)
                .program("Library Peer Network 0.1.0")
                .build();
    }

    /** Wraps the target in a proxy that records every statement sent to the database. */
    private <T> T recorded(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (arguments != null && arguments.length > 0 && arguments[0] instanceof String sql) {
                        statements.add(sql);
                    }
                    Object result;
                    try {
                        result = method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (result instanceof Connection connection) {
                        return recorded(Connection.class, connection);
                    }
                    if (result instanceof PreparedStatement statement) {
                        return recorded(PreparedStatement.class, statement);
                    }
                    return result instanceof Statement statement ? recorded(Statement.class, statement) : result;
                }));
    }

    private static void upgradeByLaterProgram(TestDatabase database) {
        database.execute(
                "insert into library_schema_history (installed_rank, version, description, type, script, checksum,"
                        + " installed_by, execution_time, success) values (9000, '9000', 'later', 'SQL', 'V9000__later.sql', 1,"
                        + " 'Library Peer Network 9.1.0', 1, true)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"migrate", "check", "isNew"})
    void tables_of_a_later_program_are_refused_by_the_statement_that_reads_their_version(String use) {
        TestDatabase database = TestDatabase.create();
        try (JpaStorage storage = recorded(database)) {
            storage.migrate();
            upgradeByLaterProgram(database);
            statements.clear();

            assertThatThrownBy(() -> use(storage, use))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("later version of the program")
                    .hasMessageContaining("Run Library Peer Network 9.1.0 or later")
                    .hasMessageContaining("schema version 9000")
                    .hasMessageContaining("UPGRADING.md");

            assertThat(statements).singleElement().asString().startsWith(READ_VERSION);
        }
    }

    private static void use(JpaStorage storage, String use) {
        switch (use) {
            case "migrate" -> storage.migrate();
            case "check" -> storage.check();
            default -> assertThat(storage.isNew()).isFalse();
        }
    }

    @Test
    void migrating_current_tables_takes_one_statement() {
        TestDatabase database = TestDatabase.create();
        try (JpaStorage storage = recorded(database)) {
            storage.migrate();
            statements.clear();

            storage.migrate();

            assertThat(statements).singleElement().asString().startsWith(READ_VERSION);
        }
    }

    @Test
    void the_program_that_changed_the_tables_is_recorded_and_its_own_tables_are_no_later_ones() {
        TestDatabase database = TestDatabase.create();
        try (JpaStorage storage = recorded(database)) {
            assertThat(storage.isNew()).isTrue();
            storage.migrate();

            assertThat(storage.isNew()).isFalse();
            assertThatCode(storage::migrate).doesNotThrowAnyException();
            assertThat(database.texts("select distinct installed_by from library_schema_history"))
                    .containsExactly("Library Peer Network 0.1.0");
        }
    }

    @Test
    void looking_whether_a_database_is_new_makes_no_tables() {
        TestDatabase database = TestDatabase.create();
        try (JpaStorage storage = recorded(database)) {
            assertThat(storage.isNew()).isTrue();
        }

        assertThat(database.texts("select tablename::text from pg_tables where schemaname = 'public'"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SQL_ASCII", "LATIN1"})
    void a_database_that_cannot_hold_all_texts_is_refused_and_stays_empty(String encoding) {
        TestDatabase database = TestDatabase.create(
                "encoding '" + encoding + "' locale_provider libc lc_collate 'C' lc_ctype 'C' template template0");
        try (JpaStorage storage = recorded(database)) {
            assertThatThrownBy(storage::migrate)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("'library_")
                    .hasMessageContaining(encoding)
                    .hasMessageContaining("createdb --encoding=UTF8");
        }

        assertThat(database.texts("select tablename::text from pg_tables where schemaname = 'public'"))
                .isEmpty();
    }

    @Test
    void a_database_that_can_only_be_read_is_not_healthy() {
        TestDatabase database = TestDatabase.create();
        try (JpaStorage storage = recorded(database)) {
            storage.migrate();
            storage.check();
            String name = database.texts("select current_database()").get(0);
            database.execute("alter database " + name + " set default_transaction_read_only = on");
            database.pool().getHikariPoolMXBean().softEvictConnections();

            assertThatThrownBy(storage::check).hasMessageContaining("read-only");
        }
    }
}
