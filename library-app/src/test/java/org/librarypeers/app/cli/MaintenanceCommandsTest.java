package org.librarypeers.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.HomeServer;
import org.librarypeers.app.accounts.AccountService;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.app.wiring.LibrarySettings;
import org.librarypeers.domain.UserName;

/** Tests of the commands for backups, the secret key and locked-out accounts, as an administrator types them. */
@Timeout(180)
class MaintenanceCommandsTest {

    @TempDir
    private Path folder;

    private Path home;
    private HomeServer keptRunning;

    @BeforeEach
    void create() throws Exception {
        home = Files.createDirectory(folder.resolve("home"));
        keptRunning = HomeServer.start(home);
        succeeded(run("a long password", "create_user", "asha", "--role=admin", "--password-stdin"));
        succeeded(run("a long password", "create_user", "ben", "--role=member", "--password-stdin"));
    }

    @AfterEach
    void stop() {
        keptRunning.close();
    }

    private CommandAnswer run(String input, String... args) {
        return CommandAnswer.withInput(input + "\n", CommandAnswer.at(home, args));
    }

    private static void succeeded(CommandAnswer answer, String... said) {
        assertThat(answer.err()).isEmpty();
        assertThat(answer.code()).isZero();
        assertThat(said).allSatisfy(each -> assertThat(answer.out()).contains(each));
    }

    private static void failed(CommandAnswer answer, String... said) {
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err().lines()).as(answer.err()).hasSize(1);
        assertThat(answer.err()).startsWith("library: ").contains(said);
    }

    @Test
    void a_backup_is_created_verified_and_never_overwritten() throws Exception {
        String file = folder.resolve("b.zip").toString();
        succeeded(run("", "backup", "create", file), "2 accounts", "It contains the secret key");
        byte[] written = Files.readAllBytes(Path.of(file));
        succeeded(CommandAnswer.of("backup", "verify", file), "is complete", "2 accounts", "schema version");
        failed(run("", "backup", "create", file), "already exists");
        failed(run("", "backup", "create", folder.resolve("no/b.zip").toString()), "there is no folder");
        failed(run("", "backup", "create", "/proc/b.zip"), "cannot write /proc/b.zip", "disk is not full");
        failed(run("", "backup", "restore", file), "already has the data of a library");
        assertThat(Path.of(file)).hasBinaryContent(written);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("home", "b.zip");

        Files.write(Path.of(file), new byte[] {1}, StandardOpenOption.TRUNCATE_EXISTING);
        failed(CommandAnswer.of("backup", "verify", file), "is not a backup of a library");
        failed(
                CommandAnswer.of("backup", "restore", file, "--home=" + folder.resolve("new")),
                "is not a backup of a library");
        assertThat(folder.resolve("new")).doesNotExist();
        assertThat(CommandAnswer.of("backup").code()).isEqualTo(2);
        assertThat(CommandAnswer.of("backup", "create").code()).isEqualTo(2);
        assertThat(CommandAnswer.of("secret").code()).isEqualTo(2);
    }

    @Test
    void a_forgotten_password_is_replaced() {
        succeeded(run("another password", "set_password", "asha"), "asha has a new password");
        try (Library library = Library.openExisting(LibrarySettings.in(home))) {
            AccountService accounts = library.accounts();
            assertThat(accounts.withPassword(new UserName("asha"), "another password"))
                    .isPresent();
            assertThat(accounts.withPassword(new UserName("asha"), "a long password"))
                    .isEmpty();
        }
        failed(run("short", "set-password", "asha"), "5 characters");
        failed(run("", "set_password", "asha"), "no new password on standard input");
        failed(run("another password", "set_password", "nobody"), "there is no account nobody");
    }

    @Test
    void an_account_is_deactivated_and_activated_but_not_the_last_administrator() {
        succeeded(run("", "deactivate_user", "ben"), "ben is inactive and signed out everywhere");
        succeeded(run("another password", "set_password", "ben"), "The account is inactive; activate_user ben");
        succeeded(run("", "activate_user", "ben"), "ben is active");
        failed(run("", "deactivate-user", "asha"), "asha is the only active administrator");
        failed(run("", "deactivate_user", "nobody"), "there is no account nobody");
        failed(run("", "activate_user", "nobody"), "there is no account nobody");
    }

    @Test
    void the_secret_key_is_replaced_and_an_older_backup_still_works() throws Exception {
        String file = folder.resolve("b.zip").toString();
        succeeded(run("", "backup", "create", file));
        String apiKey = run("", "api_key", "asha").out();
        byte[] before = Files.readAllBytes(home.resolve("secret.key"));
        succeeded(run("", "secret", "rotate"), "The new key is in " + home.resolve("secret.key"));

        assertThat(home.resolve("secret.key")).binaryContent().isNotEqualTo(before);
        assertThat(run("", "api_key", "asha").out()).isEqualTo(apiKey);
        keptRunning.dropLibrary();
        failed(run("", "backup", "restore", file), "differs from the secret key in the backup");
        Files.delete(home.resolve("secret.key"));
        succeeded(run("", "backup", "restore", file), "restored the library of", "there must be only one");
        assertThat(home.resolve("secret.key")).hasBinaryContent(before);
        assertThat(run("", "api_key", "asha").out()).isEqualTo(apiKey);
    }
}
