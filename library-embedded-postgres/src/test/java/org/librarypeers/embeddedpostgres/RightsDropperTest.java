package org.librarypeers.embeddedpostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests of how root runs the server as another user, who then owns the data, and of how other users run it as
 * themselves.
 */
@Timeout(60)
class RightsDropperTest {

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

    @ParameterizedTest
    @EnumSource
    void the_server_runs_without_roots_rights_in_each_way(RightsDropper dropper) throws Exception {
        passableForAll(temporary);
        Setup setup = with(dropper);
        if (!SystemAccount.isRoot() || works(dropper)) {
            int expectedOwner = SystemAccount.isRoot()
                    ? Objects.requireNonNull(
                                    dropper.as(SystemAccount.unprivileged()).owner())
                            .uid()
                    : SystemAccount.ownerOf(temporary).uid();
            try (EmbeddedPostgres postgres = EmbeddedPostgres.open(home, setup)) {
                assertThat(Homes.value(postgres, "SELECT 1")).isEqualTo("1");
                assertThat(SystemAccount.ownerOf(home.resolve("data")).uid()).isEqualTo(expectedOwner);
            }
            assertThat(Homes.isRunning(home)).isFalse();
        } else {
            assertThatExceptionOfType(EmbeddedPostgresException.class)
                    .isThrownBy(() -> EmbeddedPostgres.open(home, setup))
                    .withMessageContaining("refuses to run as root");
        }
    }

    @Test
    void a_home_below_a_closed_directory_is_reported_to_root() throws Exception {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx------"));

        if (SystemAccount.isRoot() && works(RightsDropper.SETPRIV)) {
            assertThatExceptionOfType(EmbeddedPostgresException.class)
                    .isThrownBy(() -> EmbeddedPostgres.open(home, with(RightsDropper.SETPRIV)))
                    .withMessageMatching(".*cannot reach .*; use a directory .* or run as an ordinary user");
        } else {
            assertThat(RunAs.choose(Layout.prepare(home), List.of()).prefix()).isEmpty();
        }
    }

    @Test
    void data_change_hands_with_the_way_in_which_the_server_runs() throws Exception {
        passableForAll(temporary);
        Layout layout = Layout.prepare(home);
        Path file = Files.createFile(Files.createDirectory(layout.data()).resolve("file"));

        if (SystemAccount.isRoot() && works(RightsDropper.SETPRIV)) {
            RunAs.choose(layout, List.of(RightsDropper.SETPRIV));
            assertThat(SystemAccount.ownerOf(file)).isEqualTo(SystemAccount.unprivileged());
            RightsDropper.UNSHARE.as(SystemAccount.unprivileged()).takeOver(layout.data());
            assertThat(SystemAccount.ownerOf(file)).isEqualTo(SystemAccount.ROOT);
        } else {
            RunAs.choose(layout, List.of(RightsDropper.SETPRIV)).takeOver(layout.data());
            assertThat(SystemAccount.ownerOf(file).uid())
                    .isEqualTo(SystemAccount.ownerOf(temporary).uid());
        }
    }

    @Test
    void a_process_is_told_from_one_with_roots_rights() throws Exception {
        assertThat(SystemAccount.isRoot())
                .isEqualTo(System.getProperty("user.name").equals("root"));

        boolean switches = SystemAccount.isRoot() && works(RightsDropper.SETPRIV);
        List<String> command = List.of("sh", "-c", "echo started; exec sleep 600");
        Process process = new ProcessBuilder(
                        switches
                                ? RightsDropper.SETPRIV
                                        .as(SystemAccount.unprivileged())
                                        .command(command.toArray())
                                : command)
                .start();
        try {
            process.inputReader(StandardCharsets.US_ASCII).readLine();
            assertThat(SystemAccount.of(process.pid()).uid())
                    .isEqualTo(
                            switches
                                    ? SystemAccount.unprivileged().uid()
                                    : SystemAccount.of(ProcessHandle.current().pid())
                                            .uid());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static boolean works(RightsDropper dropper) {
        return Commands.succeeds(dropper.as(SystemAccount.unprivileged()).command("true"));
    }

    private static Setup with(RightsDropper dropper) {
        return new Setup(List.of(dropper), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(10));
    }

    private static void passableForAll(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
