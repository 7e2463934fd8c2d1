package org.librarypeers.app.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.contract.Await.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.DatabaseServer;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.servers.PostgresCluster.Replication;
import org.librarypeers.app.wiring.HoldingProxy;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.app.wiring.LibraryDump;
import org.librarypeers.app.wiring.LibrarySettings;
import org.librarypeers.app.wiring.RichResources;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.SyncListener;

/** Tests of two nodes whose database fails over to a synchronous standby during a sync, page loads and writes. */
@Tag("servers")
@Timeout(600)
class FailoverTest {

    private static final Duration MOST = Duration.ofMinutes(1);
    /** The time that a tool that watches a cluster needs to promote a standby. */
    private static final Duration NOTICED = Duration.ofSeconds(10);

    private static final Pattern SLUG_ADDITION = Pattern.compile("(?<=\"slug\": \"[a-z0-9-]{1,80})-[0-9a-f]{8}(?=\")");
    private static final int RESOURCES = 1_500;
    private static final UserName WRITER = new UserName("writer");

    /** The ways in which a primary is lost. */
    enum Loss {
        /** Its connections are closed by the system, and new ones are refused. */
        KILLED(DebianPostgres::kill),
        /** Nothing answers any more, as if the machine had been cut from the network. */
        VANISHED(DebianPostgres::freeze);

        private final Consumer<DebianPostgres> happen;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        Loss(Consumer<DebianPostgres> happen) {
            this.happen = happen;
        }
    }

    @TempDir
    private Path home;

    private String authorization = "";

    @ParameterizedTest
    @EnumSource
    void a_promoted_standby_takes_over_within_a_minute_and_nothing_is_lost(Loss loss) throws Exception {
        try (RunningLibrary source = RunningLibrary.start(0);
                HoldingProxy proxy = new HoldingProxy(source.address(), Integer.MAX_VALUE);
                PostgresCluster cluster = PostgresCluster.start(Replication.SYNCHRONOUS)) {
            RichResources.publish(source, RESOURCES);
            List<String> expected = expected(source, proxy);
            DatabaseServer database = cluster.database(DebianPostgres.DATABASE);
            try (Library library = open(database)) {
                library.accounts().create(WRITER, Role.CONTRIBUTOR, null, "a writer's password");
                library.accounts().allowWriting(WRITER, true);
                authorization = "ApiKey " + WRITER + ":"
                        + library.accounts().apiKey(WRITER).orElseThrow().secret();
                library.storage().peers().save(peer(library, source, proxy).withSyncsAutomatically(true));
            }
            // The second page is requested while the first one is saved.
            proxy.holdAfter(2);
            try (ServedNode one = ServedNode.start(home, database);
                    ServedNode other = ServedNode.start(home, database)) {
                try {
                    failOver(loss, cluster, proxy, List.of(one, other));
                } catch (AssertionError e) {
                    throw new AssertionError(e.getMessage() + '\n' + one.log() + '\n' + other.log(), e);
                }
                if (loss == Loss.VANISHED) {
                    cluster.primary().kill();
                }
                List<SyncLog> runs = runs(database);
                assertThat(runs.get(0).status()).isEqualTo(SyncStatus.SUCCEEDED);
                assertThat(runs).extracting(SyncLog::status).doesNotContain(SyncStatus.RUNNING);
                assertThat(runs.stream().mapToInt(run -> run.tally().added()).sum())
                        .isEqualTo(RESOURCES);
                System.out.println(
                        "proof: fail-over, primary " + loss.word() + ": takeovers of the sync: " + (runs.size() - 1));
            }
            try (Library library = open(database);
                    Connection connection = cluster.standby().connect()) {
                LibraryDump.index(library);
                Set<String> written = new HashSet<>(
                        texts(connection, "select guid from resource where title::text like '%Written %'"));
                LibraryDump.assertSame(
                        expected,
                        LibraryDump.of(connection).stream()
                                .filter(line -> written.stream().noneMatch(line::contains))
                                .map(FailoverTest::withShortSlug)
                                .toList());
            }
        }
    }

    /** Returns the dump of a library that synced without a fail-over. */
    private static List<String> expected(RunningLibrary source, HoldingProxy proxy) throws SQLException {
        try (RunningLibrary undisturbed = RunningLibrary.start(0);
                Connection connection = undisturbed.connect()) {
            Peer peer = peer(undisturbed.library(), source, proxy);
            undisturbed.library().storage().peers().save(peer);
            undisturbed.library().sync().sync(peer, SyncListener.NONE);
            LibraryDump.index(undisturbed.library());
            return LibraryDump.of(connection).stream()
                    .map(FailoverTest::withShortSlug)
                    .toList();
        }
    }

    /** Returns the line without the addition to a slug that depends on what others save at the same time. */
    private static String withShortSlug(String line) {
        return SLUG_ADDITION.matcher(line).replaceFirst("");
    }

    private static Peer peer(Library library, RunningLibrary source, HoldingProxy proxy) {
        return Peer.builder()
                .id(library.storage().peers().nextId())
                .name("Source")
                .host(PeerHost.of(proxy.address()))
                .credentials(RunningLibrary.READER.value(), source.key(RunningLibrary.READER))
                .build();
    }

    private Library open(DatabaseServer database) {
        return Library.open(LibrarySettings.in(home)
                .with(Settings.DB_URL, database.url())
                .with(Settings.DB_USER, String.valueOf(database.user()))
                .with(Settings.DB_PASSWORD, String.valueOf(database.password()))
                .with(Settings.LANGUAGES, "en"));
    }

    private List<SyncLog> runs(DatabaseServer database) {
        try (Library library = open(database)) {
            return library.storage().syncLogs().recent(null, 100);
        }
    }

    private void failOver(Loss loss, PostgresCluster cluster, HoldingProxy proxy, List<ServedNode> nodes)
            throws Exception {
        List<Load> pages = new ArrayList<>();
        List<Load> writes = new ArrayList<>();
        for (ServedNode node : nodes) {
            assertThat(node.get("/", "Accept", "text/html").statusCode()).isEqualTo(200);
            pages.add(Load.start(number -> node.get("/", "Accept", "text/html", "Accept-Language", "es")));
            writes.add(Load.start(number -> node.post(
                    "/api/v1/resource/",
                    "{\"title\": \"Written " + UUID.randomUUID() + "\", \"description\": \"During a fail-over\"}",
                    "Authorization",
                    authorization)));
        }
        await("the peer is due", () -> {
            cluster.primary().administer(DebianPostgres.DATABASE, "update sync_schedule set execution_time = now()");
            return !texts(cluster.primary(), "select 1 from sync_log").isEmpty();
        });
        proxy.awaitHeld();
        await(
                "clients are at work",
                () -> Stream.concat(pages.stream(), writes.stream())
                        .allMatch(load -> load.answers().size() > 20));

        int before = offers(cluster.primary());
        proxy.letThrough();
        await("the sync saves more", () -> offers(cluster.primary()) > before);

        long lost = System.nanoTime();
        loss.happen.accept(cluster.primary());
        await("a tool notices that the primary is lost", () -> System.nanoTime() - lost > NOTICED.toNanos());
        if (loss == Loss.KILLED) {
            assertThat(Stream.concat(pages.stream(), writes.stream()))
                    .allMatch(load -> load.first(lost, answer -> answer.status() == 503) != null);
        }
        cluster.standby().promote();
        long promoted = System.nanoTime();

        await("all nodes serve again", () -> pages.stream().allMatch(load -> isServed(load, promoted)));
        await("all nodes write again", () -> writes.stream().allMatch(load -> isServed(load, promoted)));
        long served = last(pages, promoted);
        await(
                "the sync continues",
                () -> !texts(cluster.standby(), "select 1 from sync_log where id > 1 or status = 'succeeded'")
                        .isEmpty());
        long continued = System.nanoTime();
        await(
                "the sync succeeds",
                () -> !texts(cluster.standby(), "select 1 from sync_log where status = 'succeeded'")
                        .isEmpty());
        long succeeded = System.nanoTime();
        for (Load load : Stream.concat(pages.stream(), writes.stream()).toList()) {
            load.stop();
        }

        print(loss, "the standby was promoted", promoted - lost);
        print(loss, "all nodes served pages", served - lost);
        print(loss, "all nodes saved what was sent", last(writes, promoted) - lost);
        print(loss, "the sync was taken over", continued - lost);
        print(loss, "the sync had succeeded", succeeded - lost);
        print(loss, "the longest request was answered", longest(pages, writes, lost));
        check503(pages);
        checkWrites(cluster.standby(), writes);
        assertThat(Duration.ofNanos(served - lost)).isLessThan(MOST);
        assertThat(Duration.ofNanos(continued - lost)).isLessThan(MOST);
    }

    private static int offers(DebianPostgres server) throws SQLException {
        return Integer.parseInt(texts(server, "select count(*) from offer").get(0));
    }

    /** Returns whether a request succeeded after the promotion. */
    private static boolean isServed(Load load, long promoted) {
        return served(load, promoted).isPresent();
    }

    private static OptionalLong served(Load load, long promoted) {
        return load.answers().stream()
                .filter(answer -> answer.status() == 200 || answer.status() == 201)
                .mapToLong(Load.Answer::received)
                .filter(received -> received - promoted > 0)
                .findFirst();
    }

    /** Returns when the last client got its first good answer after the promotion. */
    private static long last(List<Load> loads, long promoted) {
        return loads.stream()
                .mapToLong(load -> served(load, promoted).orElseThrow())
                .max()
                .orElseThrow();
    }

    private static long longest(List<Load> pages, List<Load> writes, long lost) {
        return Stream.concat(pages.stream(), writes.stream())
                .flatMap(load -> load.answers().stream())
                .filter(answer -> answer.received() - lost > 0)
                .mapToLong(answer -> answer.received() - answer.sent())
                .max()
                .orElseThrow();
    }

    private static void print(Loss loss, String what, long nanos) {
        System.out.println(String.format(
                Locale.ROOT, "proof: fail-over, primary %s: %s after %.1f s", loss.word(), what, nanos / 1e9));
    }

    private static void check503(List<Load> pages) {
        List<Load.Answer> answers =
                pages.stream().flatMap(load -> load.answers().stream()).toList();
        assertThat(answers).extracting(Load.Answer::status).isSubsetOf(200, 503);
        assertThat(answers).filteredOn(answer -> answer.status() == 503).allSatisfy(answer -> {
            assertThat(answer.response().headers().firstValue("Retry-After")).contains("10");
            assertThat(answer.response().body()).contains("lang=\"es\"");
        });
    }

    private static void checkWrites(DebianPostgres server, List<Load> writes) throws SQLException {
        List<Load.Answer> answers =
                writes.stream().flatMap(load -> load.answers().stream()).toList();
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201 && answer.status() != 503)
                .isEmpty();
        assertThat(answers).filteredOn(answer -> answer.status() == 503).allSatisfy(answer -> {
            assertThat(answer.response().headers().firstValue("Retry-After")).contains("10");
            assertThat(answer.response().body()).contains("error_message");
        });
        List<String> acknowledged = answers.stream()
                .filter(answer -> answer.status() == 201)
                .map(answer ->
                        answer.response().headers().firstValue("location").orElseThrow())
                .map(location -> location.replaceAll(".*/(\\d+)/$", "$1"))
                .toList();
        Set<String> kept = new HashSet<>(texts(server, "select id from resource"));
        List<String> missing =
                acknowledged.stream().filter(id -> !kept.contains(id)).toList();
        System.out.println(
                "proof: fail-over: acknowledged writes: " + acknowledged.size() + ", of which lost: " + missing.size());
        assertThat(missing).isEmpty();
        assertThat(new HashSet<>(acknowledged)).hasSameSizeAs(acknowledged);
    }

    private static List<String> texts(DebianPostgres server, String sql) throws SQLException {
        try (Connection connection = server.connect()) {
            return texts(connection, sql);
        }
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
