package org.librarypeers.app.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.contract.Await.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.AppProcess;
import org.librarypeers.app.config.DatabaseServer;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.servers.PostgresCluster.Replication;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.app.wiring.LibrarySettings;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.storage.StorageUnavailableException;

/** Tests of a switch-over to a standby, after which the former primary still runs and accepts no changes. */
@Tag("servers")
@Timeout(300)
class DemotedPrimaryTest {

    @TempDir
    private Path home;

    @Test
    void connections_to_a_server_that_became_read_only_are_not_used_again() throws Exception {
        try (PostgresCluster cluster = PostgresCluster.start(Replication.SYNCHRONOUS)) {
            DatabaseServer database = cluster.database(DebianPostgres.DATABASE);
            try (Library library = Library.open(LibrarySettings.in(home)
                    .with(Settings.DB_URL, database.url())
                    .with(Settings.DB_USER, String.valueOf(database.user()))
                    .with(Settings.DB_PASSWORD, String.valueOf(database.password()))
                    .with(Settings.LANGUAGES, "en"))) {
                assertThat(doctor(database))
                        .contains("2 hosts; the primary is 127.0.0.1:"
                                + cluster.primary().port() + ", with 1 standby");
                library.accounts().create(new UserName("before"), Role.MEMBER, null, "a password of before");

                cluster.primary().set("synchronous_standby_names", "");
                cluster.primary().set("default_transaction_read_only", "on");
                cluster.standby().promote();

                await("changes are saved", () -> creates(library, new UserName("after")));
            }
            try (Connection connection = cluster.standby().connect();
                    Statement statement = connection.createStatement();
                    ResultSet rows =
                            statement.executeQuery("select count(*) from account where name in ('before', 'after')")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(2);
            }
            assertThat(doctor(database))
                    .contains("the primary is 127.0.0.1:" + cluster.standby().port() + ", and no standby follows it");
        }
    }

    private static boolean creates(Library library, UserName name) {
        try {
            library.accounts().create(name, Role.MEMBER, null, "a password of after");
            return true;
        } catch (StorageUnavailableException e) {
            return false;
        }
    }

    private String doctor(DatabaseServer database) throws Exception {
        try (AppProcess doctor = ServedNode.command(home, database, Map.of(), "doctor", "--no-peers")) {
            assertThat(doctor.exitCode()).as(doctor.out() + doctor.err()).isZero();
            return doctor.out();
        }
    }
}
