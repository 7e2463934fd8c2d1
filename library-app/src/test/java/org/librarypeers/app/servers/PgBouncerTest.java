package org.librarypeers.app.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.librarypeers.sync.contract.Await.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.AppProcess;
import org.librarypeers.app.config.DatabaseServer;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.server.LibraryServer;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.app.wiring.LibrarySettings;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.StorageException;
import org.librarypeers.sync.storage.StorageUnavailableException;

/** Tests of libraries behind a pgbouncer in transaction mode that has fewer connections than the nodes ask it for. */
@Tag("servers")
@Timeout(600)
class PgBouncerTest {

    private static final int CONNECTIONS = 4;
    private static final int RESOURCES = 300;
    private static final int ROUNDS = 5;
    private static final String SOURCE = "source";
    private static final UserName READER = new UserName("reader");

    @TempDir
    private Path folder;

    @Test
    void two_nodes_do_all_their_work_through_it() throws Exception {
        AtomicInteger posts = new AtomicInteger();
        HttpServer hook = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        hook.createContext("/", exchange -> {
            posts.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        hook.start();
        try (DebianPostgres server = DebianPostgres.create("pooled");
                PgBouncer pooler = PgBouncer.start(server, CONNECTIONS)) {
            server.createDatabase(SOURCE);
            DatabaseServer database = pooler.database(DebianPostgres.DATABASE, "");
            try (Library source = open("source", pooler.database(SOURCE, ""));
                    LibraryServer served = LibraryServer.start(source, "127.0.0.1", 0);
                    Library library = open("library", database)) {
                publish(source);
                Peer peer = addPeer(library, source, served);
                Path home = library.settings().home();
                Map<String, String> more = Map.of(
                        "LIBRARY_WEBHOOK_URL",
                                "http://127.0.0.1:" + hook.getAddress().getPort() + "/",
                        "LIBRARY_WEBHOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "JDK_JAVA_OPTIONS", "-Dlibrary.schedule.haste=40");
                try (ServedNode one = ServedNode.start(home, database, more);
                        ServedNode other = ServedNode.start(home, database, more)) {
                    syncRounds(server, library, peer);
                    await("the webhook is told", () -> posts.get() > 0);
                    loadPages(List.of(one, other));
                    leasesAreExclusive(library, peer);
                    approve(library);
                    backUp(server, home, pooler);
                    doctor(home, database);
                    assertThat(one.log() + other.log()).doesNotContain("prepared statement", "ERROR");
                }
            }
        } finally {
            hook.stop(0);
        }
    }

    private Library open(String name, DatabaseServer database) throws Exception {
        return Library.open(settings(name, database));
    }

    private LibrarySettings settings(String name, DatabaseServer database) throws Exception {
        return LibrarySettings.in(Files.createDirectories(folder.resolve(name)))
                .with(Settings.DB_URL, database.url())
                .with(Settings.DB_USER, String.valueOf(database.user()))
                .with(Settings.DB_PASSWORD, String.valueOf(database.password()))
                .with(Settings.LANGUAGES, "en");
    }

    private static void publish(Library source) {
        source.accounts().create(READER, Role.MEMBER, null, "a reader's password");
        Instant now = source.clock().instant();
        source.storage()
                .resources()
                .save(IntStream.range(0, RESOURCES)
                        .mapToObj(i -> Resource.create(
                                        Guid.random(), Samples.titled("Clean water " + i), UserName.SYSTEM, now)
                                .approve(now))
                        .toList());
    }

    private static Peer addPeer(Library library, Library source, LibraryServer served) {
        Peer peer = Peer.builder()
                .id(library.storage().peers().nextId())
                .name("Source")
                .host(PeerHost.of(served.address()))
                .credentials(READER.value(), source.accounts().apiKey(READER).orElseThrow())
                .build()
                .withSyncsAutomatically(true);
        library.storage().peers().save(peer);
        return peer;
    }

    /** Lets the schedule sync the peer several times. Each run is done by one node, after the one before. */
    private static void syncRounds(DebianPostgres server, Library library, Peer peer) {
        for (int round = 1; round <= ROUNDS; round++) {
            int expected = round;
            await("round " + round, () -> {
                server.administer(
                        DebianPostgres.DATABASE, "update sync_schedule set execution_time = now() where not picked");
                return runs(library, peer).stream()
                                .filter(run -> run.status() == SyncStatus.SUCCEEDED)
                                .count()
                        >= expected;
            });
        }
        List<SyncLog> runs = runs(library, peer);
        assertThat(runs.stream().mapToInt(run -> run.tally().added()).sum()).isEqualTo(RESOURCES);
        for (int i = 1; i < runs.size(); i++) {
            assertThat(runs.get(i - 1).started()).isAfterOrEqualTo(runs.get(i).finished());
        }
        assertThat(runs).extracting(SyncLog::status).doesNotContain(SyncStatus.FAILED);
    }

    private static List<SyncLog> runs(Library library, Peer peer) {
        return library.storage().syncLogs().recent(peer.id(), 100).stream()
                .filter(run -> run.status() != SyncStatus.RUNNING)
                .toList();
    }

    /** Loads pages with more clients than the pooler has connections. */
    private static void loadPages(List<ServedNode> nodes) throws Exception {
        List<Load> loads = new ArrayList<>();
        for (int client = 0; client < 3 * CONNECTIONS; client++) {
            ServedNode node = nodes.get(client % nodes.size());
            String path = List.of("/", "/search?q=water", "/signin").get(client % 3);
            loads.add(Load.start(number -> node.get(path, "Accept", "text/html")));
        }
        await(
                "pages are loaded",
                () -> loads.stream().allMatch(load -> load.answers().size() > 20));
        for (Load load : loads) {
            load.stop();
            assertThat(load.answers()).extracting(Load.Answer::status).containsOnly(200);
        }
    }

    private static void leasesAreExclusive(Library library, Peer peer) {
        library.storage().peers().save(peer.withSyncsAutomatically(false));
        await("the peer is free", () -> {
            Optional<PeerLease> lease = library.storage().harvest().claim(peer.id());
            lease.ifPresent(held -> {
                assertThat(library.storage().harvest().claim(peer.id())).isEmpty();
                held.close();
            });
            return lease.isPresent();
        });
    }

    private static void approve(Library library) {
        List<Guid> pending =
                library.review().pending(null, 20).stream().map(Resource::guid).toList();
        assertThat(library.review().approve(pending).changed()).isEqualTo(20);
    }

    /** Makes a backup, and restores it into another database. */
    private void backUp(DebianPostgres server, Path home, PgBouncer pooler) throws Exception {
        Path file = folder.resolve("backup.zip");
        succeeds(home, pooler.database(DebianPostgres.DATABASE, ""), "backup", "create", file.toString());
        succeeds(home, pooler.database(DebianPostgres.DATABASE, ""), "backup", "verify", file.toString());
        server.createDatabase("restored");
        Path elsewhere = Files.createDirectories(folder.resolve("restored"));
        succeeds(elsewhere, pooler.database("restored", ""), "backup", "restore", file.toString());
        try (Connection connection = server.connect("restored", DebianPostgres.USER);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from resource")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(RESOURCES);
        }
    }

    private static String succeeds(Path home, DatabaseServer database, String... command) throws Exception {
        try (AppProcess process = ServedNode.command(home, database, Map.of(), command)) {
            assertThat(process.exitCode()).as(process.out() + process.err()).isZero();
            return process.out();
        }
    }

    private static void doctor(Path home, DatabaseServer database) throws Exception {
        assertThat(succeeds(home, database, "doctor", "--no-peers"))
                .contains("ok       pooler: a connection pooler was detected");
    }

    @Test
    void a_parameter_that_it_refuses_is_named_with_the_remedy() throws Exception {
        try (DebianPostgres server = DebianPostgres.create("pooled");
                PgBouncer pooler = PgBouncer.start(server, CONNECTIONS)) {
            assertThatThrownBy(
                            () -> open("refused", pooler.database(DebianPostgres.DATABASE, "?options=-c%20geqo=off")))
                    .isInstanceOf(StorageUnavailableException.class)
                    .hasMessageContaining("remove it from the address of the database")
                    .hasMessageContaining("add options to ignore_startup_parameters");
        }
    }

    @Test
    void statements_that_are_prepared_all_the_same_are_reported_with_the_remedy() throws Exception {
        try (DebianPostgres server = DebianPostgres.create("pooled");
                PgBouncer pooler = PgBouncer.start(server, CONNECTIONS)) {
            open("prepared", pooler.database(DebianPostgres.DATABASE, "")).close();
            DatabaseServer wrong = pooler.database(DebianPostgres.DATABASE, "?prepareThreshold=1");
            assertThatThrownBy(() -> {
                        try (Library library = open("prepared", wrong)) {
                            use(library);
                        }
                    })
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("prepareThreshold=0");
            try (AppProcess doctor =
                    ServedNode.command(folder.resolve("prepared"), wrong, Map.of(), "doctor", "--no-peers")) {
                assertThat(doctor.exitCode()).isEqualTo(1);
                assertThat(doctor.out()).contains("prepareThreshold=0");
            }
        }
    }

    /** Uses the database by more threads than the pooler has connections, so that it changes the processes that it gives them. */
    private static void use(Library library) {
        List<CompletableFuture<Void>> threads = IntStream.range(0, 2 * CONNECTIONS)
                .mapToObj(thread -> CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < 100; i++) {
                                library.storage().peers().all();
                                library.storage().syncLogs().recent(null, 1 + i);
                                library.storage().resources().counts();
                            }
                        },
                        task -> new Thread(task).start()))
                .toList();
        try {
            threads.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }
}
