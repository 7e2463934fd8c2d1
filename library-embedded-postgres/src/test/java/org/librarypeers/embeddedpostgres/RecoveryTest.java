package org.librarypeers.embeddedpostgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests that what a crash leaves behind neither prevents a start nor loses committed data. */
@Timeout(60)
class RecoveryTest {

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
    void a_killed_server_is_started_again_for_those_who_still_have_it_open() throws Exception {
        try (EmbeddedPostgres before = EmbeddedPostgres.open(home)) {
            Homes.execute(before, "CREATE TABLE kept AS SELECT 42 AS answer");
            String url = before.jdbcUrl("library");
            Homes.signal("KILL", Homes.postmaster(home).pid());

            try (EmbeddedPostgres after = EmbeddedPostgres.open(home)) {
                assertThat(Homes.value(after, "SELECT answer FROM kept")).isEqualTo("42");
                assertThat(after.jdbcUrl("library")).isEqualTo(url);
            }
            assertThat(Homes.value(before, "SELECT answer FROM kept")).isEqualTo("42");
        }
        assertThat(Homes.isRunning(home)).isFalse();
    }

    @Test
    void a_server_that_does_not_answer_is_replaced() throws Exception {
        try (EmbeddedPostgres before = EmbeddedPostgres.open(home, Homes.IMPATIENT)) {
            Homes.execute(before, "CREATE TABLE kept AS SELECT 42 AS answer");
            Postmaster hanging = Homes.postmaster(home);
            Homes.signal("STOP", hanging.pid());

            try (EmbeddedPostgres after = EmbeddedPostgres.open(home, Homes.IMPATIENT)) {
                assertThat(Homes.value(after, "SELECT answer FROM kept")).isEqualTo("42");
                assertThat(Homes.postmaster(home).pid()).isNotEqualTo(hanging.pid());
                assertThat(hanging.runs()).isFalse();
            }
        }
    }

    @Test
    void a_server_that_waits_for_its_connections_to_end_is_replaced() throws Exception {
        try (EmbeddedPostgres before = EmbeddedPostgres.open(home, Homes.IMPATIENT);
                Connection kept = Homes.connect(before)) {
            Postmaster stopping = Homes.postmaster(home);
            Homes.signal("TERM", stopping.pid());
            Homes.awaitStopping(home);
            assertThat(stopping.runs()).isTrue();

            try (EmbeddedPostgres after = EmbeddedPostgres.open(home, Homes.IMPATIENT)) {
                assertThat(Homes.value(after, "SELECT 1")).isEqualTo("1");
                assertThat(Homes.postmaster(home).pid()).isNotEqualTo(stopping.pid());
                assertThat(kept.isValid(10)).isFalse();
            }
        }
    }

    @Test
    void a_left_over_that_names_another_program_harms_neither() throws Exception {
        EmbeddedPostgres.open(home).close();
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            nameInPidFile(stranger.pid());

            try (EmbeddedPostgres postgres = EmbeddedPostgres.open(home)) {
                assertThat(Homes.value(postgres, "SELECT 1")).isEqualTo("1");
                assertThat(Homes.postmaster(home).pid()).isNotEqualTo(stranger.pid());
            }
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_left_over_that_names_another_servers_process_harms_neither() throws Exception {
        Path otherHome = Homes.in(Files.createDirectory(temporary.resolve("other")));
        EmbeddedPostgres.open(home).close();
        try (EmbeddedPostgres other = EmbeddedPostgres.open(otherHome)) {
            Files.copy(otherHome.resolve("data/postmaster.pid"), home.resolve("data/postmaster.pid"));

            try (EmbeddedPostgres postgres = EmbeddedPostgres.open(home)) {
                assertThat(postgres.jdbcUrl("library")).isNotEqualTo(other.jdbcUrl("library"));
            }
            assertThat(Homes.value(other, "SELECT 1")).isEqualTo("1");
        }
        Homes.unlink(otherHome);
    }

    @Test
    void left_overs_of_every_interrupted_step_are_passed_over() throws Exception {
        Files.createDirectories(home.resolve("init-1234/data/base"));
        Files.writeString(home.resolve("init-1234/password"), "half");
        Files.writeString(home.resolve("password.new-1"), "half");
        Files.createDirectories(home.resolve("data"));

        try (EmbeddedPostgres postgres = EmbeddedPostgres.open(home)) {
            assertThat(Homes.value(postgres, "SELECT 1")).isEqualTo("1");
        }
        Files.createFile(home.resolve("data/postmaster.pid"));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.open(home)) {
            assertThat(Homes.value(postgres, "SELECT 1")).isEqualTo("1");
        }
        assertThat(home.resolve("init-1234")).doesNotExist();
        assertThat(home.resolve("password.new-1")).doesNotExist();
    }

    private void nameInPidFile(long pid) throws IOException {
        Files.writeString(
                home.resolve("data/postmaster.pid"),
                pid + "\n" + home.resolve("data") + "\n1700000000\n1\n\n127.0.0.1\n\nready   \n");
    }
}
