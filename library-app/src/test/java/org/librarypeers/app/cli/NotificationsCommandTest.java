package org.librarypeers.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.DatabaseServer;
import org.librarypeers.app.notifications.MailServer;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.notifications.OutboxMessage;

/** Tests of the command notifications, of invitations by command, and of what doctor says about mails. */
@Timeout(180)
class NotificationsCommandTest {

    @TempDir
    private Path home;

    private RunningLibrary running;
    private MailServer server;

    @BeforeEach
    void start() throws IOException {
        running = RunningLibrary.start();
        server = MailServer.start();
        running.library().accounts().create(new UserName("asha"), Role.ADMIN, "asha@example.org", "a long password");
        DatabaseServer database = running.database();
        Files.writeString(
                home.resolve("library.properties"),
                "db.url = " + database.url() + "\ndb.user = " + database.user() + "\ndb.password = "
                        + database.password() + "\n");
        Files.copy(running.home().resolve("secret.key"), home.resolve("secret.key"));
        Files.setPosixFilePermissions(home.resolve("secret.key"), PosixFilePermissions.fromString("rw-------"));
    }

    @AfterEach
    void stop() {
        running.close();
        server.close();
    }

    private CommandAnswer run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--home=" + home);
        return CommandAnswer.of(all.toArray(String[]::new));
    }

    private CommandAnswer withMail(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--set=mail.host=127.0.0.1",
                "--set=mail.port=" + server.port(),
                "--set=mail.security=none",
                "--set=mail.from=" + MailServer.FROM,
                "--set=base-url=https://library.example.org"));
        return run(all.toArray(String[]::new));
    }

    private static void failed(CommandAnswer answer, String said) {
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).startsWith("library: ").contains(said).hasLineCount(1);
    }

    @Test
    void choices_are_listed_and_set() {
        Peer peer = running.addPeer(running);
        assertThat(run("notifications", "list", "asha").out().lines())
                .contains(
                        "asha  peer-failures  at-once  all peers",
                        "asha  review  off  all peers",
                        "asha  disk  at-once");

        CommandAnswer set = run("notifications", "set", "asha", "runs", "weekly", "--peer=" + peer.id());
        assertThat(set.code()).as(set.err()).isZero();
        assertThat(run("notifications", "list", "--json").json()).anySatisfy(line -> {
            assertThat(line.path("account").asString()).isEqualTo("asha");
            assertThat(line.path("kind").asString()).isEqualTo("runs");
            assertThat(line.path("frequency").asString()).isEqualTo("weekly");
            assertThat(line.path("peers").get(0).asLong()).isEqualTo(peer.id().value());
        });
        assertThat(run("notifications", "set", "reviewer", "review", "daily").out())
                .contains("no e-mail address yet");

        failed(run("notifications", "set", "asha", "disk", "weekly"), "'weekly' is not possible for 'disk'");
        failed(run("notifications", "set", "reader", "review", "daily"), "needs the role reviewer");
        failed(run("notifications", "set", "asha", "runs", "daily", "--peer=999"), "there is no peer 999");
        failed(run("notifications", "set", "nobody", "runs", "daily"), "there is no account nobody");
        assertThat(run("notifications", "set", "asha", "nonsense", "daily").code())
                .isEqualTo(2);
        assertThat(run("notifications", "set", "asha", "runs", "hourly").code()).isEqualTo(2);
        assertThat(CommandAnswer.of("notifications").code()).isEqualTo(2);
    }

    @Test
    void a_test_mail_is_sent_at_once() {
        CommandAnswer sent = withMail("notifications", "test", "ben@example.org");

        assertThat(sent.err()).isEmpty();
        assertThat(sent.code()).isZero();
        assertThat(server.mails()).singleElement().satisfies(mail -> {
            assertThat(mail.to()).isEqualTo("ben@example.org");
            assertThat(mail.body()).contains("This is a test mail of Our library.");
        });
        failed(withMail("notifications", "test", "ben"), "'ben' is not a valid e-mail address");
        failed(run("notifications", "test", "ben@example.org"), "set mail.host and mail.from");
        server.close();
        failed(withMail("notifications", "test", "ben@example.org"), "cannot be used");
    }

    @Test
    void a_sync_by_command_is_reported_and_sent_by_command() {
        Peer peer = running.addPeer(running);
        running.library().storage().peers().save(peer.withCredentials("reader", new ApiKey("wrong")));
        assertThat(run("notifications", "outbox").out()).contains("No messages are waiting");

        assertThat(withMail("sync_peer_resources").code()).isEqualTo(1);

        assertThat(run("notifications", "outbox").out())
                .contains("mail to asha@example.org: [Our library] ", "cannot be synced", "attempts: 0");
        assertThat(run("notifications", "outbox", "--json").json())
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.path("recipient").asString()).isEqualTo("asha@example.org");
                    assertThat(line.has("body")).isFalse();
                });
        failed(run("notifications", "send"), "set mail.host or webhook.url");
        CommandAnswer sent = withMail("notifications", "send");
        assertThat(sent.code()).isZero();
        assertThat(sent.out()).contains("1 message sent", "0 failed permanently", "0 waiting");
        assertThat(server.mails()).hasSize(1);
    }

    private void message(String recipient, String expires) {
        running.library()
                .storage()
                .outbox()
                .add(new OutboxMessage(
                        UUID.randomUUID(),
                        OutboxMessage.Channel.MAIL,
                        recipient,
                        "Subject",
                        "Body",
                        Instant.now().minusSeconds(5),
                        Instant.now().plus(Duration.parse(expires)),
                        0));
    }

    @Test
    void the_command_that_sends_says_what_failed_and_what_waits() {
        message("a<b@example.org", "PT1H");
        message("ben@example.org", "PT1H");
        CommandAnswer refused = withMail("notifications", "send");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out())
                .contains("1 message sent", "1 failed permanently", "0 waiting", "notifications outbox");
        assertThat(withMail("notifications", "send").code()).isZero();

        server.close();
        message("ben@example.org", "PT1H");
        message("zoe@example.org", "PT1H");
        CommandAnswer down = withMail("notifications", "send");
        assertThat(down.code()).isEqualTo(1);
        assertThat(down.out())
                .contains("0 messages sent", "0 failed permanently", "1 not sent", "2 waiting", "notifications outbox");
    }

    @Test
    void expired_messages_of_a_channel_that_is_switched_off_do_not_wait() throws IOException {
        message("ben@example.org", "PT-1S");
        Files.writeString(
                home.resolve("library.properties"),
                "webhook.url = http://127.0.0.1:1/\nwebhook.secret = whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n",
                StandardOpenOption.APPEND);

        CommandAnswer sent = run("notifications", "send");
        assertThat(sent.code()).as(sent.err()).isZero();
        assertThat(sent.out()).contains("0 waiting");
    }

    @Test
    void an_account_is_created_by_invitation() {
        failed(run("create_user", "ben", "--role=member", "--email=ben@example.org", "--invite"), "set mail.host");
        failed(withMail("create_user", "ben", "--role=member", "--invite"), "add --email");
        assertThat(running.library().accounts().find(new UserName("ben"))).isEmpty();

        CommandAnswer created = withMail("create_user", "ben", "--role=member", "--email=ben@example.org", "--invite");
        assertThat(created.err()).isEmpty();
        assertThat(created.out()).contains("ben, member", "ben@example.org");
        withMail("notifications", "send");

        assertThat(server.mails())
                .singleElement()
                .satisfies(mail -> assertThat(mail.body()).contains("https://library.example.org/password/"));
        assertThat(run("create_user", "zoe", "--role=member", "--invite", "--password-stdin")
                        .code())
                .isEqualTo(2);
        assertThat(run("create_user", "zoe", "--role=member").code()).isEqualTo(2);
    }

    @Test
    void doctor_examines_the_mail_server() {
        assertThat(run("doctor", "--no-peers").out().lines()).anyMatch(line -> line.matches("ok +mail: not set up.*"));
        assertThat(withMail("doctor", "--no-peers").out().lines())
                .anyMatch(line ->
                        line.matches("ok +mail: 127.0.0.1:" + server.port() + ", not encrypted, without a user"))
                .noneMatch(line -> line.contains("base-url"));
        server.close();
        CommandAnswer down = withMail("doctor", "--no-peers");
        assertThat(down.code()).isEqualTo(1);
        assertThat(down.out().lines())
                .anyMatch(line -> line.matches("failure +mail: .* cannot be used .*; check mail.host.*"));
        assertThat(run("doctor", "--no-peers", "--set=mail.host=127.0.0.1")
                        .out()
                        .lines())
                .anyMatch(line -> line.matches("failure +mail: .*mail.from is not.*"));
        running.execute("insert into outbox (id, channel, recipient, subject, created, expires, due, failed) values"
                + " (gen_random_uuid(), 'mail', 'a@example.org', 's', now(), now(), now(), now())");
        assertThat(run("doctor", "--no-peers").out().lines())
                .anyMatch(line -> line.matches("warning +mail: 1 message could not be sent.*"));
    }
}
