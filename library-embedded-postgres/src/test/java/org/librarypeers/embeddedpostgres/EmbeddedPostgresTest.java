package org.librarypeers.embeddedpostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EmbeddedPostgresTest {

    private Path temporary;
    private Path home;

    @BeforeEach
    void makeHome(@TempDir Path directory) throws IOException {
        temporary = directory;
        home = Homes.in(temporary);
    }

    @AfterEach
    void unlinkHome() throws IOException {
        Homes.unlink(home);
    }

    @Test
    void data_are_kept_between_runs() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.open(home)) {
            Homes.execute(postgres, "CREATE TABLE kept AS SELECT 'مكتبة 📚' AS title");
        }
        assertThat(Homes.isRunning(home)).isFalse();

        try (EmbeddedPostgres postgres = EmbeddedPostgres.open(home)) {
            assertThat(Homes.value(postgres, "SELECT title FROM kept")).isEqualTo("مكتبة 📚");
        }
    }

    @Test
    void only_the_password_lets_one_in_and_only_from_this_machine() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.open(home)) {
            String url = postgres.jdbcUrl("postgres");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> DriverManager.getConnection(url, postgres.user(), "wrong"))
                    .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> DriverManager.getConnection(url, postgres.user(), ""));
            assertThat(Homes.value(postgres, "SELECT string_agg(DISTINCT auth_method, ' ') FROM pg_hba_file_rules"))
                    .isEqualTo("scram-sha-256");

            assertThat(Homes.value(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(Homes.value(postgres, "SHOW unix_socket_directories")).isEmpty();
            int port = URI.create(url.substring("jdbc:".length())).getPort();
            assertThat(addressesOtherThanLoopback()).allSatisfy(address -> {
                try (Socket socket = new Socket()) {
                    // Refused, or without a route if the network of this address is down.
                    assertThatExceptionOfType(SocketException.class)
                            .isThrownBy(() -> socket.connect(new InetSocketAddress(address, port), 1000));
                }
            });
        }
    }

    private static List<InetAddress> addressesOtherThanLoopback() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();
    }

    @Test
    void the_password_is_nowhere_but_in_its_file_which_is_the_owners_alone() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.open(home)) {
            String password = postgres.password();

            assertThat(password).matches("[0-9a-f]{32,}");
            Path file = home.resolve("password");
            assertThat(file).content().isEqualToIgnoringNewLines(password);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(home.resolve("log/postgres.log")).content().doesNotContain(password);
            try (Stream<Path> left = Files.list(home)) {
                assertThat(left.map(path -> path.getFileName().toString()))
                        .containsExactlyInAnyOrder("bin", "data", "log", "password", "start.lock", "users.lock");
            }
        }
    }

    @Test
    void text_is_utf8_and_sorts_alike_on_every_machine_and_commits_reach_the_disk() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.open(home)) {
            assertThat(Homes.value(
                            postgres,
                            "SELECT concat_ws(' ', pg_encoding_to_char(encoding), datlocprovider, datlocale)"
                                    + " FROM pg_database WHERE datname = current_database()"))
                    .isEqualTo("UTF8 b C.UTF-8");
            assertThat(Homes.value(postgres, "SELECT upper('éß')")).isEqualTo("Éß");
            assertThat(Homes.value(postgres, "SHOW fsync")).isEqualTo("on");
        }
    }

    @Test
    void within_one_jvm_the_server_stays_until_the_last_close_and_a_database_is_created_once() {
        EmbeddedPostgres first = EmbeddedPostgres.open(home);
        EmbeddedPostgres second = EmbeddedPostgres.open(home.resolve("data/.."));
        first.createDatabaseIfMissing("library");
        second.createDatabaseIfMissing("library");
        assertThat(second.jdbcUrl("library")).isEqualTo(first.jdbcUrl("library"));

        first.close();
        first.close();
        assertThat(Homes.isRunning(home)).isTrue();
        second.close();
        assertThat(Homes.isRunning(home)).isFalse();
    }

    @Test
    void a_name_that_would_have_to_be_quoted_is_refused() {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.open(home)) {
            assertThatIllegalArgumentException().isThrownBy(() -> postgres.jdbcUrl("a?user=b"));
            assertThatIllegalArgumentException().isThrownBy(() -> postgres.createDatabaseIfMissing("a\"; DROP"));
        }
    }

    @Test
    void data_without_their_password_are_refused_and_left_alone() throws IOException {
        EmbeddedPostgres.open(home).close();
        Files.delete(home.resolve("password"));

        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> EmbeddedPostgres.open(home))
                .withMessageContainingAll("restore", home.resolve("password").toString());
        assertThat(home.resolve("data/PG_VERSION")).exists();
        assertThat(home.resolve("password")).doesNotExist();
    }

    @Test
    void a_password_that_does_not_fit_is_reported_and_no_server_stays() throws IOException {
        EmbeddedPostgres.open(home).close();
        Files.writeString(home.resolve("password"), "0123456789abcdef0123456789abcdef");

        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> EmbeddedPostgres.open(home))
                .withMessageContainingAll("restore", home.resolve("password").toString())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("0123456789abcdef", "\n"));
        assertThat(Homes.isRunning(home)).isFalse();
    }

    @Test
    void data_of_another_version_are_refused_and_left_alone() throws IOException {
        Path data = Files.createDirectories(home.resolve("data"));
        Files.writeString(data.resolve("PG_VERSION"), "14\n");
        Files.writeString(home.resolve("password"), "secret");

        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> EmbeddedPostgres.open(home))
                .withMessageContaining("created by PostgreSQL 14, but this is PostgreSQL 18");
        try (Stream<Path> left = Files.list(data)) {
            assertThat(left).containsExactly(data.resolve("PG_VERSION"));
        }
    }

    @Test
    void a_directory_of_something_else_is_refused_and_left_alone() throws IOException {
        Path other = Files.createDirectories(home.resolve("data")).resolve("thesis.txt");
        Files.writeString(other, "years of work");

        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> EmbeddedPostgres.open(home))
                .withMessageContaining("move it away");
        assertThat(other).hasContent("years of work");
    }

    @Test
    void a_place_that_cannot_be_a_directory_is_reported_in_one_line() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));

        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> EmbeddedPostgres.open(file.resolve("postgres")))
                .withMessageMatching("Cannot write to .*; make it writable, or use another directory");
    }

    @Test
    void a_platform_without_binaries_is_named() {
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> Binaries.in(new Layout(home), Platform.of("SunOS", "sparcv9")))
                .withMessageContainingAll(
                        "sunos sparcv9", "add the binaries for it, or use a PostgreSQL server instead");
    }
}
