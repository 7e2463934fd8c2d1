package org.librarypeers.embeddedpostgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SharingBetweenProcessesTest {

    private Path home;

    @BeforeEach
    void makeHome(@TempDir Path temporary) throws IOException {
        home = Homes.in(temporary);
    }

    @AfterEach
    void unlinkHome() throws IOException {
        Homes.unlink(home);
    }

    @Test
    void a_second_process_attaches_and_the_server_stays_until_the_last_one_leaves() throws Exception {
        EmbeddedPostgres here = EmbeddedPostgres.open(home);
        try (UserProcess there = UserProcess.on(home)) {
            assertThat(there.jdbcUrl()).isEqualTo(here.jdbcUrl("library"));

            here.close();
            assertThat(Homes.isRunning(home)).isTrue();
            there.leave();
            assertThat(Homes.isRunning(home)).isFalse();
        }
    }

    @Test
    void two_processes_that_start_at_once_on_an_empty_directory_get_one_server() throws Exception {
        try (UserProcess one = UserProcess.on(home);
                UserProcess other = UserProcess.on(home)) {
            assertThat(one.jdbcUrl()).isEqualTo(other.jdbcUrl());

            one.leave();
            assertThat(Homes.isRunning(home)).isTrue();
            other.leave();
            assertThat(Homes.isRunning(home)).isFalse();
        }
    }

    @Test
    void a_process_that_ends_without_closing_lets_go() throws Exception {
        try (UserProcess careless = UserProcess.on(home)) {
            careless.jdbcUrl();
            careless.endWithoutClosing();

            assertThat(Homes.isRunning(home)).isFalse();
        }
    }

    @Test
    void a_process_that_is_terminated_lets_go() throws Exception {
        try (UserProcess terminated = UserProcess.on(home)) {
            terminated.jdbcUrl();
            Homes.signal("TERM", terminated.pid());
            terminated.awaitEnd();

            assertThat(Homes.isRunning(home)).isFalse();
        }
    }

    @Test
    void the_server_of_a_killed_process_is_used_again_with_what_was_committed() throws Exception {
        String url;
        try (UserProcess killed = UserProcess.on(home)) {
            url = killed.jdbcUrl();
            try (EmbeddedPostgres here = EmbeddedPostgres.open(home)) {
                Homes.execute(here, "CREATE TABLE kept AS SELECT 42 AS answer");
            }
            killed.kill();
        }
        assertThat(Homes.isRunning(home)).isTrue();

        try (EmbeddedPostgres again = EmbeddedPostgres.open(home)) {
            assertThat(again.jdbcUrl("library")).isEqualTo(url);
            assertThat(Homes.value(again, "SELECT answer FROM kept")).isEqualTo("42");
        }
        assertThat(Homes.isRunning(home)).isFalse();
    }

    @Test
    void an_interrupt_meant_for_the_process_group_does_not_reach_the_server() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.open(home)) {
            long session = sessionOf(Homes.postmaster(home).pid());

            assertThat(session).isNotEqualTo(sessionOf(ProcessHandle.current().pid()));
            assertThat(Homes.value(postgres, "SELECT 1")).isEqualTo("1");
        }
    }

    private static long sessionOf(long pid) throws IOException {
        Process ps = new ProcessBuilder("ps", "-o", "sess=", "-p", Long.toString(pid)).start();
        return Long.parseLong(new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
    }
}
