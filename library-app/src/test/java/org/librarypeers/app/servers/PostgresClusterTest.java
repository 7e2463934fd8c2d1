package org.librarypeers.app.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.app.servers.PostgresCluster.Replication;
import org.librarypeers.sync.contract.Await;

/** Tests of the clusters that other tests use. */
@Tag("servers")
@Timeout(120)
class PostgresClusterTest {

    @Test
    void a_promoted_synchronous_standby_has_what_was_committed() throws Exception {
        try (PostgresCluster cluster = PostgresCluster.start(Replication.SYNCHRONOUS)) {
            execute(cluster.primary(), "create table kept (id int)", "insert into kept values (1)");
            cluster.primary().kill();
            assertThatThrownBy(() -> execute(cluster.standby(), "insert into kept values (2)"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));

            cluster.standby().promote();
            execute(cluster.standby(), "insert into kept values (2)");
            assertThat(count(cluster.standby())).isEqualTo(2);
        }
    }

    @Test
    void a_synchronous_commit_waits_for_the_standby() throws Exception {
        try (PostgresCluster cluster = PostgresCluster.start(Replication.SYNCHRONOUS)) {
            execute(cluster.primary(), "create table kept (id int)");
            cluster.standby().freeze();
            CompletableFuture<Void> commit =
                    CompletableFuture.runAsync(() -> unchecked(cluster.primary(), "insert into kept values (1)"));
            Await.await(
                    "the commit waits",
                    () -> cluster.primary()
                            .ask("select count(*) from pg_stat_activity where wait_event = 'SyncRep'")
                            .equals("1"));
            assertThat(commit).isNotDone();
            cluster.standby().thaw();
            commit.get();
        }
    }

    @Test
    void a_standby_whose_replay_is_paused_shows_an_old_state() throws Exception {
        try (PostgresCluster cluster = PostgresCluster.start(Replication.ASYNCHRONOUS, 2)) {
            execute(cluster.primary(), "create table kept (id int)", "insert into kept values (1)");
            cluster.awaitReplay();
            cluster.standby().pauseReplay();
            execute(cluster.primary(), "insert into kept values (2)");
            cluster.standbys().get(1).awaitReplayOf(cluster.primary());
            assertThat(count(cluster.standbys().get(1))).isEqualTo(2);
            assertThat(count(cluster.standby())).isEqualTo(1);

            cluster.standby().resumeReplay();
            cluster.awaitReplay();
            assertThat(count(cluster.standby())).isEqualTo(2);
        }
    }

    private static void unchecked(DebianPostgres server, String sql) {
        try {
            execute(server, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(DebianPostgres server, String... statements) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static int count(DebianPostgres server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from kept")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
