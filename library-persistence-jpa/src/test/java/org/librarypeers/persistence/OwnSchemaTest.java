package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.sync.contract.LibraryStorageContract;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.StorageException;

/** Tests a library in a schema of its own, beside an application that uses Flyway and the same names of tables. */
class OwnSchemaTest extends LibraryStorageContract {

    /** Not the name of the user, whose schema would be on the search path of the application too. */
    private static final String SCHEMA = "peer_library";

    private static final String PUBLIC_TABLES =
            "select tablename::text from pg_tables where schemaname = 'public' order by tablename";
    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final JpaStorage STORAGE;
    private static final List<String> TABLES_OF_THE_APPLICATION;

    static {
        Flyway.configure().dataSource(DATABASE.pool()).load().migrate();
        TABLES_OF_THE_APPLICATION = DATABASE.texts(PUBLIC_TABLES);
        STORAGE = DATABASE.storage().schema(SCHEMA).build();
        STORAGE.migrate();
    }

    @Override
    protected LibraryStorage newStorage() {
        DATABASE.empty(SCHEMA);
        return STORAGE;
    }

    @AfterAll
    static void the_application_has_its_tables_and_its_connections_as_before() {
        assertThat(TABLES_OF_THE_APPLICATION).contains("resource", "flyway_schema_history");
        assertThat(DATABASE.texts(PUBLIC_TABLES)).isEqualTo(TABLES_OF_THE_APPLICATION);
        assertThat(DATABASE.texts("select name from resource")).containsExactly("water");
        assertThat(DATABASE.texts("select count(*) from peer")).containsExactly("0");
        assertThat(DATABASE.texts("select version from flyway_schema_history")).containsExactly("1");
        assertThat(DATABASE.texts("show search_path")).containsExactly("\"$user\", public");
        Flyway.configure().dataSource(DATABASE.pool()).load().validate();
        STORAGE.close();
        DATABASE.pool().close();
    }

    @Test
    void a_second_library_in_another_schema_shares_nothing() {
        try (JpaStorage other = JpaStorage.builder()
                .database(DATABASE.url(), TestDatabase.USER, TestDatabase.PASSWORD)
                .secretKey(TestDatabase.KEY)
                .schema("other_library")
                .build()) {
            assertThat(other.isNew()).isTrue();
            assertThatThrownBy(other::check).hasMessageContaining("no library tables yet");

            other.migrate();
            other.migrate();

            other.check();
            STORAGE.check();
            assertThat(other.isNew()).isFalse();
            assertThat(other.id()).isNotEqualTo(STORAGE.id());
            newStorage().resources().save(Samples.local("Water"));
            assertThat(other.resources().counts()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_borrowed_connection_is_given_back_with_its_search_path_even_after_a_failure(boolean autoCommit)
            throws SQLException {
        try (HikariDataSource one = new HikariDataSource()) {
            one.setJdbcUrl(DATABASE.url());
            one.setUsername(TestDatabase.USER);
            one.setPassword(TestDatabase.PASSWORD);
            one.setAutoCommit(autoCommit);
            one.setMaximumPoolSize(1);
            one.setConnectionInitSql("set search_path to public, pg_temp");
            try (JpaStorage storage = JpaStorage.builder()
                    .dataSource(one)
                    .secretKey(TestDatabase.KEY)
                    .schema(SCHEMA)
                    .build()) {
                storage.check();
                assertThatThrownBy(() -> storage.inTransaction(() -> {
                            storage.resources().save(Samples.local("Water"));
                            throw new IllegalStateException("changed my mind");
                        }))
                        .hasMessage("changed my mind");
                try (Connection connection = storage.connections().getConnection();
                        Statement statement = connection.createStatement()) {
                    assertThatThrownBy(() -> statement.execute("select nonsense"))
                            .isInstanceOf(SQLException.class);
                }
                assertThat(searchPath(one)).isEqualTo("public, pg_temp");
            }
        }
    }

    private static String searchPath(HikariDataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show search_path")) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void without_a_schema_the_tables_of_the_application_are_in_the_way() {
        try (JpaStorage storage = DATABASE.storage().build()) {
            assertThatThrownBy(storage::migrate)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("(account, harvest, peer, resource, tag, upload)")
                    .hasMessageContaining("schema of its own");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Library", "pg_library", "1st", "a-b", "a;drop table x", "a\"b"})
    void a_name_that_would_have_to_be_quoted_is_refused(String name) {
        assertThatThrownBy(() -> JpaStorage.builder().schema(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'");
    }
}
