package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Peer;
import org.librarypeers.sync.contract.TcpLine;
import org.librarypeers.sync.storage.StorageUnavailableException;
import org.slf4j.LoggerFactory;

/** Tests that an unreachable database is distinguished from a busy one, without delay. */
@Timeout(60)
class UnreachableDatabaseTest {

    private static JpaStorage storage(String url) {
        return JpaStorage.builder()
                .database(url, TestDatabase.USER, TestDatabase.PASSWORD)
                .secretKey(TestDatabase.KEY)
                .build();
    }

    @Test
    void a_host_that_is_not_known_is_named() {
        try (JpaStorage storage = storage("jdbc:postgresql://db.invalid:5432/library?password=pa$$word")) {
            assertThatThrownBy(storage::migrate)
                    .isInstanceOf(StorageUnavailableException.class)
                    .hasMessageContaining("the database at db.invalid:5432")
                    .hasMessageContaining("the host 'db.invalid' is unknown")
                    .message()
                    .hasLineCount(1)
                    .doesNotContain("pa$$word");
        }
    }

    @Test
    @SuppressWarnings("try") // the line is closed early on purpose
    void many_callers_learn_within_a_few_seconds_that_the_database_is_gone() throws Exception {
        TestDatabase database = TestDatabase.create();
        URI server = URI.create(database.url().substring("jdbc:".length()).replaceAll("[?].*", ""));
        try (TcpLine line = TcpLine.to(server.getPort());
                JpaStorage storage = storage("jdbc:postgresql://127.0.0.1:" + line.port() + server.getPath())) {
            storage.migrate();
            assertThat(storage.peers().all()).isEmpty();

            line.close();

            long start = System.nanoTime();
            List<CompletableFuture<Void>> callers = IntStream.range(0, 30)
                    .mapToObj(i ->
                            CompletableFuture.runAsync(() -> storage.peers().all()))
                    .toList();
            callers.forEach(
                    caller -> assertThatThrownBy(caller::join).hasCauseInstanceOf(StorageUnavailableException.class));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        }
    }

    @Test
    void a_server_without_a_free_connection_is_waited_for_and_named() throws Exception {
        TestDatabase database = TestDatabase.create();
        database.execute("drop role if exists narrow");
        database.execute("create role narrow login password 'narrow' connection limit 1");
        Logger log = (Logger) LoggerFactory.getLogger(ReachableSource.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        try (JpaStorage owner = storage(database.url())) {
            owner.migrate();
            database.execute("grant pg_read_all_data to narrow");
            try (JpaStorage storage = JpaStorage.builder()
                    .database(database.url(), "narrow", "narrow")
                    .secretKey(TestDatabase.KEY)
                    .build()) {
                CompletableFuture<List<Peer>> waiting;
                try (Connection only = DriverManager.getConnection(database.url(), "narrow", "narrow")) {
                    assertThat(only.isValid(5)).isTrue();
                    waiting =
                            CompletableFuture.supplyAsync(() -> storage.peers().all());
                    assertThatThrownBy(() -> waiting.get(3 * ReachableSource.SLICE.toMillis(), TimeUnit.MILLISECONDS))
                            .isInstanceOf(TimeoutException.class);
                    assertThat(lines.list)
                            .singleElement()
                            .asString()
                            .contains("WARN", "no connection left", "max_connections");
                }
                assertThat(waiting.get(10, TimeUnit.SECONDS)).isEmpty();
            }
        } finally {
            log.detachAppender(lines);
        }
        assertThat(StorageFailures.storage("x", new SQLException("sorry, too many clients already", "53300")))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessageContaining("no connection left (sorry, too many clients already); lower the pool size");
    }

    @Test
    void a_busy_pool_is_waited_for() throws Exception {
        TestDatabase database = TestDatabase.create();
        try (ServerSource server = new ServerSource(database.url(), TestDatabase.USER, TestDatabase.PASSWORD);
                HikariDataSource pool = ReachableSource.pool(server, 1)) {
            ReachableSource source = ReachableSource.impatient(pool, server);
            Connection first = source.getConnection();
            CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(() -> isValid(source));
            try (first) {
                // The second caller waits longer than the connection timeout of the pool, which is one slice.
                assertThatThrownBy(() -> second.get(3 * ReachableSource.SLICE.toMillis(), TimeUnit.MILLISECONDS))
                        .isInstanceOf(TimeoutException.class);
                assertThat(first.isValid(5)).isTrue();
            }
            assertThat(second.join()).isTrue();
        }
    }

    private static boolean isValid(ReachableSource source) {
        try (Connection connection = source.getConnection()) {
            return connection.isValid(5);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
