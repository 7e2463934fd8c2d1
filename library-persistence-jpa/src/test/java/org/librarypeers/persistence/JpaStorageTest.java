package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.librarypeers.sync.contract.Await.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.storage.StorageException;
import org.slf4j.LoggerFactory;

@Timeout(60)
class JpaStorageTest {

    private static final String NOWHERE = "jdbc:postgresql://127.0.0.1:1/library";

    @Test
    void building_does_no_io_and_using_it_says_in_one_line_what_is_wrong() {
        try (JpaStorage storage = JpaStorage.builder()
                .database(NOWHERE, "somebody", "pa$$word")
                .secretKey(TestDatabase.KEY)
                .build()) {
            for (Runnable use : List.<Runnable>of(
                    storage::check,
                    storage::migrate,
                    () -> storage.resources().find(Guid.random()),
                    () -> storage.inTransaction(() -> storage.peers().all()))) {
                assertThatThrownBy(use::run)
                        .isInstanceOf(StorageException.class)
                        .hasMessageContaining("127.0.0.1:1 refused")
                        .message()
                        .hasLineCount(1)
                        .doesNotContain("pa$$word");
            }
            assertThat(storage.toString()).doesNotContain("pa$$word");
        }
    }

    @Test
    void a_database_without_tables_is_told_from_one_that_is_ready() {
        TestDatabase database = TestDatabase.create();
        try (JpaStorage storage = JpaStorage.builder()
                .database(database.url(), TestDatabase.USER, TestDatabase.PASSWORD)
                .secretKey(TestDatabase.KEY)
                .poolSize(2)
                .build()) {
            assertThatThrownBy(storage::check)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("no library tables yet");
            assertThatThrownBy(() -> storage.resources().counts())
                    .isInstanceOf(StorageException.class)
                    .hasMessageEndingWith(": relation \"resource_count\" does not exist");

            storage.migrate();
            storage.migrate();

            assertThatCode(storage::check).doesNotThrowAnyException();
            Resource resource = Samples.local(Samples.hostile());
            storage.resources().save(resource);
            assertThat(storage.resources().find(resource.guid()).orElseThrow().content())
                    .isEqualTo(resource.content());
        } finally {
            database.pool().close();
        }
    }

    @Test
    void after_one_broken_connection_none_of_the_others_that_broke_with_it_is_used() throws Exception {
        TestDatabase database = TestDatabase.create();
        ExecutorService users = Executors.newFixedThreadPool(3);
        try (JpaStorage storage = JpaStorage.builder()
                .database(database.url(), TestDatabase.USER, TestDatabase.PASSWORD)
                .secretKey(TestDatabase.KEY)
                .poolSize(3)
                .build()) {
            storage.migrate();
            CyclicBarrier together = new CyclicBarrier(3);
            List<Future<Integer>> uses = Stream.generate(() -> users.submit(() -> storage.inTransaction(() -> {
                        int peers = storage.peers().all().size();
                        await(together);
                        return peers;
                    })))
                    .limit(3)
                    .toList();
            for (Future<Integer> use : uses) {
                use.get(30, TimeUnit.SECONDS);
            }

            assertThatThrownBy(() -> storage.inTransaction(() -> {
                        storage.peers().all();
                        database.execute("select pg_terminate_backend(pid, 10000) from pg_stat_activity"
                                + " where datname = current_database() and pid <> pg_backend_pid()");
                        return storage.peers().all();
                    }))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("connection to the database was lost");

            for (int i = 0; i < 3; i++) {
                assertThat(storage.peers().all()).isEmpty();
            }
        } finally {
            users.shutdownNow();
            database.pool().close();
        }
    }

    @Test
    void processes_that_migrate_at_the_same_time_wait_for_one_another() throws Exception {
        TestDatabase database = TestDatabase.create();
        ExecutorService processes = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> migrations = Stream.generate(() -> processes.submit(() -> {
                        try (JpaStorage storage = database.storage().build()) {
                            storage.migrate();
                        }
                    }))
                    .limit(3)
                    .<Future<?>>map(future -> future)
                    .toList();
            for (Future<?> migration : migrations) {
                migration.get(30, TimeUnit.SECONDS);
            }
            assertThat(database.texts(
                            "select script from library_schema_history where success order by installed_rank"))
                    .isEqualTo(Schema.SCRIPTS);
        } finally {
            processes.shutdownNow();
            database.pool().close();
        }
    }

    @Test
    void its_connections_may_be_used_for_more_until_it_is_closed() throws Exception {
        TestDatabase database = TestDatabase.create();
        JpaStorage storage = JpaStorage.builder()
                .database(database.url(), TestDatabase.USER, TestDatabase.PASSWORD)
                .secretKey(TestDatabase.KEY)
                .build();
        DataSource connections = storage.connections();
        try {
            storage.migrate();
            try (Connection connection = connections.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select count(*) from sync_schedule")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getInt(1)).isZero();
            }
        } finally {
            storage.close();
            database.pool().close();
        }
        assertThatThrownBy(connections::getConnection).isInstanceOf(SQLException.class);
    }

    @Test
    void it_closes_its_own_connections_only() {
        TestDatabase database = TestDatabase.shared();
        JpaStorage storage = database.storage().build();
        storage.resources().counts();

        storage.close();
        storage.close();

        assertThat(database.pool().isClosed()).isFalse();
        assertThatThrownBy(() -> storage.resources().counts())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void what_is_missing_or_wrong_is_said_when_it_is_put_together() {
        assertThatThrownBy(
                        () -> JpaStorage.builder().database(NOWHERE, "u", "p").build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("secret key");
        assertThatThrownBy(
                        () -> JpaStorage.builder().secretKey(TestDatabase.KEY).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("database");
        assertThatThrownBy(() -> JpaStorage.builder().database("jdbc:mysql://u:secret@x", "u", "p"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> JpaStorage.builder().secretKey(new byte[16])).hasMessageContaining("16 bytes");
        assertThatThrownBy(() -> JpaStorage.builder().poolSize(1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JpaStorage.builder().leaseTime(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void times_are_kept_to_the_microsecond_whatever_the_zones() {
        JpaStorage storage = TestDatabase.sharedStorage();
        storage.resources().save(Samples.local(Samples.hostile()));

        TestDatabase database = TestDatabase.shared();
        assertThat(database.texts("show timezone")).containsExactly("Asia/Kathmandu");
        assertThat(database.texts("select updated at time zone 'UTC' from resource"))
                .containsExactly("2026-03-29 12:00:00.123457");
        assertThat(database.texts("select born_on from resource")).containsExactly("2024-09-29 02:50:00.000001");
    }

    @Test
    void a_failure_that_was_hidden_is_not_committed() {
        JpaStorage storage = TestDatabase.sharedStorage();
        Resource resource = Samples.local("Half");

        assertThatThrownBy(() -> storage.inTransaction(() -> {
                    storage.resources().save(resource);
                    try {
                        storage.inTransaction(() -> {
                            throw new IllegalStateException("nested");
                        });
                    } catch (IllegalStateException e) {
                        assertThat(e).hasMessage("nested");
                    }
                }))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("nothing was saved");
        assertThat(storage.resources().find(resource.guid())).isEmpty();
    }

    @Test
    void a_failure_of_the_database_is_no_empty_answer_and_quotes_no_values() {
        TestDatabase database = TestDatabase.create();
        try (JpaStorage storage = database.storage().build()) {
            storage.migrate();
            database.execute("alter table resource add constraint no_water check (title::text not like '%Water%')");
            Resource refused = Samples.local("Holy Water");

            assertThatThrownBy(() -> storage.resources().save(refused))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("no_water")
                    .message()
                    .hasLineCount(1)
                    .doesNotContain("Holy");
            database.execute("drop table attachment cascade");
            database.execute("alter table resource drop column title cascade");
            assertThatThrownBy(() -> storage.resources().find(refused.guid())).isInstanceOf(StorageException.class);
            assertThatThrownBy(() -> storage.resources().withStatus(Status.PENDING, null, 1))
                    .isInstanceOf(StorageException.class);
        } finally {
            database.pool().close();
        }
    }

    @Test
    void in_normal_running_nothing_is_worth_a_warning() {
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        appender.start();
        root.addAppender(appender);
        TestDatabase database = TestDatabase.create();
        try (JpaStorage storage = database.storage().build()) {
            storage.migrate();
            storage.check();
            Resource resource = Samples.local(Samples.hostile());
            storage.resources().save(resource);
            storage.resources().find(resource.guid());
        } finally {
            root.detachAppender(appender);
            database.pool().close();
        }

        assertThat(appender.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .isEmpty();
    }
}
