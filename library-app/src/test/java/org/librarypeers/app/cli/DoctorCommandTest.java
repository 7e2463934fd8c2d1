package org.librarypeers.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.DatabaseServer;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;

class DoctorCommandTest {

    private static RunningLibrary running;
    private static RunningLibrary other;

    @TempDir
    private Path home;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
        other = RunningLibrary.start();
        other.publish("Clean water");
        running.addPeer(other);
    }

    @AfterAll
    static void stop() {
        running.close();
        other.close();
    }

    @BeforeEach
    void writeHome() throws IOException {
        DatabaseServer database = running.database();
        Files.writeString(
                home.resolve("library.properties"),
                "db.url = " + database.url() + "\ndb.user = " + database.user() + "\ndb.password = "
                        + database.password());
        Files.copy(running.home().resolve("secret.key"), home.resolve("secret.key"));
        readableByOthers(false);
    }

    private void readableByOthers(boolean readable) throws IOException {
        Files.setPosixFilePermissions(
                home.resolve("secret.key"), PosixFilePermissions.fromString(readable ? "rw-r--r--" : "rw-------"));
    }

    private CommandAnswer doctor(String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "doctor";
        arguments[1] = "--home=" + home;
        System.arraycopy(more, 0, arguments, 2, more.length);
        return CommandAnswer.of(arguments);
    }

    @Test
    void pools_that_do_not_fit_the_server_are_a_warning() {
        CommandAnswer answer = doctor("--no-peers", "--set=db.pool-size=900");

        assertThat(answer.code()).as(answer.out()).isZero();
        assertThat(answer.out().lines())
                .anyMatch(line -> line.matches(
                        "warning +database: .* the server permits \\d+ connections, but \\d+ nodes? with db.pool-size 900"
                                + " .*; set db.pool-size to at most \\d+, or raise max_connections"));
    }

    @Test
    void a_good_installation_has_no_failure() {
        CommandAnswer answer = doctor("--set=backup.directory=" + home);

        assertThat(answer.err()).isEmpty();
        assertThat(answer.code()).as(answer.out()).isZero();
        assertThat(answer.out().lines())
                .allMatch(line -> line.startsWith("ok ") || line.startsWith("warning  database: "))
                .anyMatch(line -> line.matches("ok +home: \\Q" + home + "\\E"))
                .anyMatch(line -> line.matches("ok +disk: [0-9,]+ MiB are free"))
                // The server of the tests really does without fsync.
                .anyMatch(line ->
                        line.matches("warning +database: PostgreSQL \\d+[^:]*: fsync is off, [^;]*; turn it on"))
                .anyMatch(line -> line.matches("ok +schema: current"))
                .anyMatch(line -> line.matches("ok +secret key: secret.key"))
                .anyMatch(
                        line -> line.matches("ok +pictures: 0 pictures waiting to be fetched, 0 pictures given up; .*"))
                .anyMatch(line -> line.matches("ok +peer \\d+: .* at \\Q" + other.address() + "\\E: 1 resource"));
    }

    @Test
    void settings_of_the_page_are_findings_with_those_that_do_not_count_and_those_that_are_not_valid() {
        running.execute("insert into setting values ('contact', 'library@example.org'), ('name', 'Stored'),"
                + " ('sync.every-hours', '0'), ('about.en', 'About us')");
        try {
            CommandAnswer answer = doctor("--no-peers", "--set=name=Given");

            assertThat(answer.code()).as(answer.out()).isZero();
            assertThat(answer.out().lines().filter(line -> line.contains(" settings: ")))
                    .hasSize(3)
                    .anyMatch(line -> line.startsWith("ok ") && line.contains("contact = library@example.org"))
                    .anyMatch(line -> line.startsWith("ok ") && line.contains("name is set at --set name"))
                    .anyMatch(line -> line.startsWith("warning ") && line.contains("sync.every-hours"));
        } finally {
            running.execute("truncate setting");
        }
    }

    @Test
    void a_sync_that_is_late_is_a_warning() {
        assertThat(findings()).contains("ok       schedule: no peer is synced automatically");
        running.execute("update peer set syncs_automatically = true");
        assertThat(findings()).contains("ok       schedule: 1 peer on the schedule; serve plans the first sync");
        long peer = running.library().storage().peers().all().get(0).id().value();
        for (String time : List.of("now() - interval '1 hour'", "now() + interval '1 hour'")) {
            running.execute("delete from sync_schedule");
            running.execute("insert into sync_schedule (task_name, task_instance, task_data, execution_time, picked,"
                    + " version) values ('sync_peer', '" + peer + "', '{}', " + time + ", false, 1)");
            boolean late = time.contains("-");
            assertThat(findings())
                    .filteredOn(line -> line.contains(" schedule: "))
                    .singleElement()
                    .asString()
                    .startsWith(late ? "warning " : "ok ")
                    .contains(late ? "start serve" : "the next sync is due at ");
        }
        running.execute("delete from sync_schedule");
        running.execute("update peer set syncs_automatically = false");
    }

    @Test
    void json_has_one_object_for_each_finding() {
        assertThat(doctor("--json", "--no-peers").json())
                .anySatisfy(line -> {
                    assertThat(line.path("level").asString()).isEqualTo("warning");
                    assertThat(line.path("part").asString()).isEqualTo("backup");
                    assertThat(line.path("text").asString()).contains("backup.directory");
                })
                .noneMatch(line -> line.path("part").asString().startsWith("peer"));
    }

    @Test
    void a_peer_that_cannot_be_reached_is_a_failure() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Peer gone = Peer.builder()
                .id(running.library().storage().peers().nextId())
                .name("Gone")
                .host(PeerHost.of("http://127.0.0.1:" + port))
                .credentials("reader", other.key(RunningLibrary.READER))
                .build();
        running.library().storage().peers().save(gone);
        try {
            CommandAnswer answer = doctor();

            assertThat(answer.code()).isEqualTo(1);
            assertThat(answer.out().lines())
                    .filteredOn(line -> line.startsWith("failure"))
                    .singleElement()
                    .asString()
                    .contains("peer " + gone.id(), "Gone at http://127.0.0.1:" + port);
            assertThat(doctor("--no-peers").code()).isZero();
        } finally {
            running.library().sync().remove(gone.id());
        }
    }

    @Test
    void a_secret_key_that_others_can_read_is_a_warning_and_a_missing_or_wrong_one_a_failure() throws IOException {
        readableByOthers(true);
        assertThat(findings()).anyMatch(line -> line.startsWith("warning  secret key: secret.key can be read"));

        Files.writeString(home.resolve("secret.key"), "0".repeat(64));
        assertThat(findings())
                .anyMatch(line -> line.startsWith("failure  secret key: the database belongs to another"));

        Files.writeString(home.resolve("secret.key"), "no key");
        assertThat(findings()).anyMatch(line -> line.startsWith("failure  secret key: "));

        Files.delete(home.resolve("secret.key"));
        assertThat(findings()).anyMatch(line -> line.startsWith("failure  database: no library in "));
        assertThat(home.resolve("secret.key")).doesNotExist();
    }

    private List<String> findings() {
        return doctor("--no-peers").out().lines().toList();
    }

    @Test
    void a_server_that_cannot_be_reached_is_reported() throws IOException {
        Files.writeString(home.resolve("library.properties"), "db.url = jdbc:postgresql://127.0.0.1:1/library");
        CommandAnswer answer = doctor("--no-peers");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out()).contains("failure  database: ");
    }

    @Test
    void a_home_that_does_not_exist_stays_missing() {
        Path nowhere = home.resolve("nowhere");

        CommandAnswer answer = CommandAnswer.of("doctor", "--home=" + nowhere);

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out()).contains("failure  home: " + nowhere + " is not a directory");
        assertThat(nowhere).doesNotExist();
    }
}
