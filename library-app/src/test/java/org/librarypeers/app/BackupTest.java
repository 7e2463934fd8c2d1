package org.librarypeers.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.librarypeers.sync.contract.Await.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.backup.BackupManifest;
import org.librarypeers.app.backup.Backups;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.files.DiskFiles;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.app.wiring.LibraryMaintenance;
import org.librarypeers.app.wiring.LibrarySettings;
import org.librarypeers.app.wiring.RichResources;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.UserName;
import org.librarypeers.embeddedpostgres.EmbeddedPostgres;
import org.librarypeers.http.ScriptedOrbSite;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.files.StoredFile;

/** Tests of backups that are restored elsewhere, with the embedded database and with a server. */
@Timeout(300)
class BackupTest {

    private static final String HELD = "/api/v1/resource/60/";

    @TempDir
    private Path folder;

    /** A database of a server, with its own home. */
    private final class Place implements AutoCloseable {
        private final Path home;
        private final String database;

        Place(String name) throws IOException {
            this.home = Files.createDirectory(folder.resolve(name));
            this.database = "test_" + UUID.randomUUID();
            TestDatabases.server().createDatabaseIfMissing(database);
        }

        LibrarySettings settings() {
            return LibrarySettings.in(home)
                    .with(Settings.DB_URL, TestDatabases.server().jdbcUrl(database))
                    .with(Settings.DB_USER, TestDatabases.server().user())
                    .with(Settings.DB_PASSWORD, TestDatabases.server().password());
        }

        Map<String, List<String>> rows() throws SQLException {
            return BackupTest.rows(TestDatabases.server(), database);
        }

        void execute(String sql) throws SQLException {
            BackupTest.execute(TestDatabases.server(), database, sql);
        }

        @Override
        public void close() {
            TestDatabases.server().dropDatabase(database);
        }
    }

    private static Connection connect(EmbeddedPostgres server, String database) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(database), server.user(), server.password());
    }

    private static void execute(EmbeddedPostgres server, String database, String sql) throws SQLException {
        try (Connection connection = connect(server, database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns every row of every table, sorted, and the sequences that must be equal. */
    private static Map<String, List<String>> rows(EmbeddedPostgres server, String database) throws SQLException {
        Map<String, List<String>> all = new TreeMap<>();
        try (Connection connection = connect(server, database)) {
            for (String table : texts(
                    connection,
                    "select tablename from pg_tables where schemaname = 'public'"
                            + " and tablename not in ('library_schema_history', 'audit_entry')")) {
                all.put(table, texts(connection, "select t::text from " + table + " t order by 1"));
            }
            all.put(
                    "sequences",
                    texts(
                            connection,
                            "select sequencename || ' ' || coalesce(last_value, 0) from pg_sequences"
                                    + " where sequencename not in ('feed_position', 'audit_entry_id_seq') order by 1"));
        }
        return all;
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private static DiskFiles files(Path home) {
        return new DiskFiles(home.resolve("files"), Clock.systemUTC());
    }

    private static List<StoredFile> all(Path home) throws Exception {
        List<StoredFile> all = new ArrayList<>();
        files(home).forEach(all::add);
        return all;
    }

    private static StoredFile upload(Path home, String text) throws Exception {
        return files(home).put(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 100);
    }

    private static Peer peer(RunningLibrary from, Library library) {
        Peer peer = Peer.builder()
                .id(library.storage().peers().nextId())
                .name("Source")
                .host(PeerHost.of(from.address()))
                .credentials(RunningLibrary.READER.value(), from.key(RunningLibrary.READER))
                .build();
        library.storage().peers().save(peer);
        library.storage().settings().put("about.pt-br", "Biblioteca\n\nde água 💧");
        return peer;
    }

    @SuppressWarnings("try") // keptRunning only keeps the server running
    @Test
    void a_library_moves_to_the_embedded_database_and_back_without_any_difference_and_syncs_on() throws Exception {
        Path first = folder.resolve("first.zip");
        Path second = folder.resolve("second.zip");
        Path embedded = Files.createDirectory(folder.resolve("embedded"));
        try (RunningLibrary source = RunningLibrary.start();
                Place from = new Place("from");
                Place to = new Place("to");
                HomeServer keptRunning = HomeServer.start(embedded)) {
            RichResources.publish(source, 40);
            StoredFile file = upload(from.home, "an uploaded file");
            Peer peer;
            try (Library library = Library.open(from.settings())) {
                peer = peer(source, library);
                library.sync().sync(peer, SyncListener.NONE);
                library.review().approveAll();
            }
            Map<String, List<String>> before = from.rows();
            assertThat(before.get("resource")).hasSize(40);

            BackupManifest manifest =
                    LibraryMaintenance.backUp(from.settings(), first, EnumSet.allOf(Backups.Part.class));
            assertThat(manifest.rows("resource")).isEqualTo(40);
            assertThat(Files.getPosixFilePermissions(first)).hasSize(2);
            LibraryMaintenance.restore(LibrarySettings.in(embedded), first);
            try (EmbeddedPostgres server = EmbeddedPostgres.open(embedded.resolve("postgres"))) {
                assertThat(rows(server, "library")).isEqualTo(before);
            }
            LibraryMaintenance.backUp(LibrarySettings.in(embedded), second, EnumSet.of(Backups.Part.FILES));
            assertThatThrownBy(() -> LibraryMaintenance.restore(to.settings(), second))
                    .hasMessageContaining("made without the secret key");
            Files.copy(embedded.resolve("secret.key"), to.home.resolve("secret.key"));
            LibraryMaintenance.restore(to.settings(), second);

            assertThat(to.rows()).isEqualTo(before);
            assertThat(all(to.home)).containsExactly(file);
            assertThat(to.home.resolve("secret.key")).hasSameBinaryContentAs(from.home.resolve("secret.key"));
            assertThatThrownBy(() -> LibraryMaintenance.restore(to.settings(), first))
                    .hasMessageContaining("already has the data of a library");
            assertThat(to.rows()).isEqualTo(before);
            source.publish("Published since");
            try (Library library = Library.open(to.settings())) {
                SyncLog log = library.sync().sync(peer, SyncListener.NONE).log();
                assertThat(log.status()).isEqualTo(SyncStatus.SUCCEEDED);
                assertThat(log.tally().added()).isEqualTo(1);
                assertThat(log.tally().updated()).isZero();
                assertThat(log.since()).isNotNull();
            }
        }
    }

    @Test
    void a_backup_during_a_sync_restores_to_the_state_after_its_last_commit() throws Exception {
        Path file = folder.resolve("during.zip");
        CountDownLatch open = new CountDownLatch(1);
        try (ScriptedOrbSite site = new ScriptedOrbSite();
                Place from = new Place("from");
                Place to = new Place("to")) {
            for (int i = 0; i < 70; i++) {
                site.add("Resource " + i);
            }
            site.always(HELD, right -> {
                await(open);
                return right.get();
            });
            try (Library library = Library.open(from.settings())) {
                Peer peer = site.peer(library.storage().peers().nextId());
                library.storage().peers().save(peer);
                library.schedule().runNow(peer, SyncScope.CHANGES);
                await("the peer receives a request", () -> site.requests(HELD) > 0);
                LibraryMaintenance.backUp(from.settings(), file, EnumSet.allOf(Backups.Part.class));
            } finally {
                open.countDown();
            }
            LibraryMaintenance.restore(to.settings(), file);

            Map<String, List<String>> rows = to.rows();
            assertThat(rows.get("resource")).hasSize(50);
            assertThat(rows.get("offer")).hasSize(50);
            assertThat(rows.get("sync_log")).singleElement().asString().contains("running", ",50,");
            to.execute("update harvest set lease_until = clock_timestamp()");
            try (Library library = Library.open(to.settings())) {
                Peer peer = library.storage().peers().all().get(0);
                SyncLog log = library.sync().sync(peer, SyncListener.NONE).log();
                assertThat(log.status()).isEqualTo(SyncStatus.SUCCEEDED);
                assertThat(log.tally().added()).isEqualTo(20);
                assertThat(log.tally().updated()).isZero();
            }
            assertThat(to.rows().get("resource")).hasSize(70);
        }
    }

    @Test
    void a_restoration_that_is_killed_leaves_nothing_or_everything_and_can_be_repeated() throws Exception {
        Path file = folder.resolve("killed.zip");
        try (RunningLibrary source = RunningLibrary.start();
                Place to = new Place("to")) {
            RichResources.publish(source, 1_500);
            Path home = Files.createDirectory(folder.resolve("from"));
            Files.copy(source.home().resolve("secret.key"), home.resolve("secret.key"));
            LibraryMaintenance.backUp(
                    LibrarySettings.in(home)
                            .with(Settings.DB_URL, source.database().url())
                            .with(Settings.DB_USER, TestDatabases.server().user())
                            .with(Settings.DB_PASSWORD, TestDatabases.server().password()),
                    file,
                    EnumSet.allOf(Backups.Part.class));
            try (AppProcess process = AppProcess.start(
                            folder,
                            List.of(),
                            builder -> builder.environment()
                                    .putAll(Map.of(
                                            "LIBRARY_DB_URL",
                                            TestDatabases.server().jdbcUrl(to.database),
                                            "LIBRARY_DB_USER",
                                            TestDatabases.server().user(),
                                            "LIBRARY_DB_PASSWORD",
                                            TestDatabases.server().password())),
                            "backup",
                            "restore",
                            file.toString(),
                            "--home",
                            to.home.toString());
                    Connection observer = connect(TestDatabases.server(), to.database)) {
                process.await(
                        "rows are being loaded",
                        () -> isLoading(observer) || !process.process().isAlive());
            }
            try (Connection connection = connect(TestDatabases.server(), to.database)) {
                await(
                        "the server has noticed the kill",
                        () -> texts(
                                        connection,
                                        "select 1 from pg_stat_activity where datname = current_database()"
                                                + " and application_name like 'library-node-%'")
                                .isEmpty());
            }

            if (to.rows().get("resource").isEmpty()) {
                assertThat(to.rows().get("account")).isEmpty();
                LibraryMaintenance.restore(to.settings(), file);
            }
            assertThat(to.rows().get("resource")).hasSize(1_500);
            assertThat(to.rows().get("account")).hasSize(2);
            Library.open(to.settings()).close();
        }
    }

    private static boolean isLoading(Connection observer) {
        try {
            return !texts(
                            observer,
                            "select 1 from pg_stat_activity where datname = current_database()"
                                    + " and query like 'copy %from stdin'")
                    .isEmpty();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void the_home_of_every_release_is_restored_and_upgraded() throws Exception {
        List<Path> releases;
        try (var all =
                Files.list(Path.of(BackupTest.class.getResource("/releases").toURI()))) {
            releases = all.sorted().toList();
        }
        assertThat(releases).isNotEmpty();
        for (Path release : releases) {
            String name = release.getFileName().toString();
            try (Place to = new Place(name)) {
                BackupManifest manifest = LibraryMaintenance.restore(to.settings(), release);

                Map<String, List<String>> rows = to.rows();
                for (BackupManifest.Table table : manifest.tables()) {
                    assertThat(rows.get(table.name()))
                            .as(name + ": " + table.name())
                            .hasSize((int) table.rows());
                }
                assertThat(all(to.home)).hasSize((int) manifest.files()).isNotEmpty();
                try (Library library = Library.open(to.settings())) {
                    assertThat(library.accounts().apiKey(new UserName("asha"))).isPresent();
                    assertThat(library.storage().peers().all()).isNotEmpty();
                }
            }
        }
    }
}
