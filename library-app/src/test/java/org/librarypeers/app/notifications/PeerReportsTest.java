package org.librarypeers.app.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.notifications.MailServer.Received;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.contract.ScriptedPeer;
import org.librarypeers.sync.notifications.NotificationFrequency;
import org.librarypeers.sync.notifications.NotificationKind;

/** Tests of the mails about peers and their runs, over a real SMTP connection. */
@Timeout(120)
class PeerReportsTest {

    private MailServer server;
    private NotifiedLibrary library;
    private Peer peer;

    @BeforeEach
    void start() {
        server = MailServer.start();
        library = new NotifiedLibrary(server.settings(), null);
        peer = library.addPeer("Bibliothèque de Kisumu 🩺", "https://kisumu.example.org");
    }

    @AfterEach
    void stop() {
        library.close();
        server.close();
    }

    private List<Received> sent() {
        library.notifications().sendDue();
        return server.mails();
    }

    private List<String> subjects() {
        return sent().stream().map(Received::subject).toList();
    }

    @Test
    void the_first_failure_of_a_peer_is_mailed_to_administrators_in_utf_8() {
        library.fail(peer, "the host kisumu.example.org is unknown");
        library.fail(peer, "again");

        assertThat(sent()).singleElement().satisfies(mail -> {
            assertThat(mail.to()).isEqualTo(NotifiedLibrary.ADDRESS);
            assertThat(mail.subject()).isEqualTo("[Test library] Bibliothèque de Kisumu 🩺 cannot be synced");
            assertThat(mail.body())
                    .contains("Bibliothèque de Kisumu 🩺 (https://kisumu.example.org)")
                    .contains("the host kisumu.example.org is unknown")
                    .contains("https://library.example.org/peers/" + peer.id() + "\n")
                    .contains("https://library.example.org/profile");
            assertThat(mail.header("From")).contains("Test library").contains(MailServer.FROM);
            assertThat(mail.header("Auto-Submitted")).isEqualTo("auto-generated");
            assertThat(mail.header("Content-Type")).isEqualToIgnoringCase("text/plain; charset=UTF-8");
            assertThat(mail.header("Message-ID")).matches("<[0-9a-f-]{36}@example\\.org>");
            assertThat(mail.raw().lines().takeWhile(line -> !line.isEmpty()))
                    .allMatch(line -> line.matches("\\p{ASCII}*"));
        });
    }

    @Test
    void a_reminder_follows_once_a_day_until_the_peer_recovers() {
        library.fail(peer, "unreachable");
        library.after(Duration.ofHours(23));
        assertThat(server.mails()).hasSize(1);

        library.after(Duration.ofHours(1));
        library.after(Duration.ofHours(1));
        library.fail(peer, "still unreachable");
        library.after(Duration.ofHours(24));

        assertThat(subjects())
                .containsExactly(
                        "[Test library] Bibliothèque de Kisumu 🩺 cannot be synced",
                        "[Test library] Bibliothèque de Kisumu 🩺 still cannot be synced",
                        "[Test library] Bibliothèque de Kisumu 🩺 still cannot be synced");
        assertThat(server.mails().get(2).body()).contains("still unreachable");

        library.succeed(peer);
        library.succeed(peer);
        assertThat(subjects()).hasSize(4).last().asString().endsWith("can be synced again");
        library.after(Duration.ofDays(2));
        assertThat(server.mails()).hasSize(4);

        library.fail(peer, "down once more");
        assertThat(subjects()).hasSize(5).last().asString().endsWith("cannot be synced");
    }

    @Test
    void nobody_is_reminded_of_a_peer_that_is_no_longer_synced() {
        library.fail(peer, "unreachable");
        library.storage().peers().save(peer.withActive(false));
        library.after(Duration.ofDays(1));
        library.storage().peers().save(peer);
        library.after(Duration.ofDays(1));

        assertThat(subjects()).hasSize(1);
    }

    @Test
    void an_interrupted_run_neither_begins_nor_ends_a_failure() {
        SyncLog dead = SyncLog.start(
                library.storage().syncLogs().nextId(),
                peer.id(),
                null,
                library.clock().instant());
        library.storage().syncLogs().save(dead);
        assertThat(library.sync().cancel(peer.id(), NotifiedLibrary.ADMIN)).isTrue();
        assertThat(subjects()).isEmpty();

        library.fail(peer, "unreachable");
        library.storage().syncLogs().save(dead);
        library.sync().cancel(peer.id(), NotifiedLibrary.ADMIN);
        library.after(Duration.ofDays(1));

        assertThat(subjects()).hasSize(2).last().asString().endsWith("still cannot be synced");
    }

    @Test
    void names_and_reasons_of_peers_add_no_headers() {
        library.storage()
                .peers()
                .save(Peer.builder()
                        .id(peer.id())
                        .name("Kisumu\u2028Bcc: evil@example.org")
                        .host(peer.host().orElseThrow())
                        .credentials("reader", library.running().key(RunningLibrary.READER))
                        .build());
        library.fail(peer, "broken\r\nBcc: evil@example.org");

        assertThat(sent()).singleElement().satisfies(mail -> {
            assertThat(mail.header("Bcc")).isEmpty();
            assertThat(mail.to()).isEqualTo(NotifiedLibrary.ADDRESS);
        });
    }

    @Test
    void people_get_what_they_chose_in_their_language() {
        Peer other = library.addPeer("Old ORB", "https://orb.example.org");
        UserName juma = new UserName("juma");
        UserName silent = new UserName("silent");
        library.addAdmin(juma, "juma@example.org", "fr");
        library.addAdmin(silent, "silent@example.org", null);
        library.add(new UserName("member"), Role.MEMBER, "member@example.org", null);
        library.addAdmin(new UserName("no-address"), null, null);
        library.addAdmin(new UserName("gone"), "gone@example.org", null);
        library.running().library().accounts().change(new UserName("gone"), account -> account.withActive(false));
        library.choose(juma, NotificationKind.PEER_FAILURES, NotificationFrequency.AT_ONCE, other.id());
        library.choose(silent, NotificationKind.PEER_FAILURES, NotificationFrequency.OFF);

        library.fail(peer, "unreachable");
        library.fail(other, "unreachable");

        assertThat(sent())
                .extracting(mail -> mail.to() + ": " + mail.subject())
                .containsExactlyInAnyOrder(
                        NotifiedLibrary.ADDRESS + ": [Test library] Bibliothèque de Kisumu 🩺 cannot be synced",
                        NotifiedLibrary.ADDRESS + ": [Test library] Old ORB cannot be synced",
                        "juma@example.org: [Test library] Old ORB ne peut pas être synchronisée");
    }

    @Test
    void each_finished_run_can_be_mailed_at_once() {
        library.choose(NotifiedLibrary.ADMIN, NotificationKind.PEER_FAILURES, NotificationFrequency.OFF);
        library.choose(NotifiedLibrary.ADMIN, NotificationKind.RUNS, NotificationFrequency.AT_ONCE);

        library.succeed(peer);
        library.fail(peer, "unreachable");

        assertThat(subjects())
                .containsExactlyInAnyOrder(
                        "[Test library] Sync of Bibliothèque de Kisumu 🩺: succeeded",
                        "[Test library] Sync of Bibliothèque de Kisumu 🩺: failed");
        assertThat(server.mails().get(0).body()).contains("New: 1.");
    }

    @Test
    void a_run_whose_end_is_rolled_back_is_not_reported() {
        SyncService failing = SyncService.builder()
                .storage(library.storage())
                .client(library.script())
                .clock(library.clock())
                .listener(new SyncListener() {
                    @Override
                    public void ending(SyncLog run) {
                        library.notifications().ended(run);
                        throw new IllegalStateException("rolled back");
                    }
                })
                .build();
        library.script().lastPage(ScriptedPeer.cursor(1), ScriptedPeer.full(1, "v1"));

        assertThatThrownBy(() -> failing.sync(peer)).hasMessage("rolled back");

        assertThat(library.storage().outbox().unsent(10)).isEmpty();
        assertThat(library.storage().notifications().states()).isEmpty();
        assertThat(library.storage().syncLogs().recent(peer.id(), 10))
                .extracting(SyncLog::status)
                .containsExactly(SyncStatus.RUNNING);
    }

    @Test
    void without_mail_and_webhook_nothing_is_written() {
        try (NotifiedLibrary silent = new NotifiedLibrary(null, null)) {
            Peer failing = silent.addPeer("Old ORB", "https://orb.example.org");
            silent.fail(failing, "unreachable");

            assertThat(silent.notifications().isOn()).isFalse();
            assertThat(silent.storage().outbox().unsent(10)).isEmpty();
        }
    }
}
