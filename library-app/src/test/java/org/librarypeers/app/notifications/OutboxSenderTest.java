package org.librarypeers.app.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.app.config.MailSecurity;
import org.librarypeers.app.notifications.MailServer.Received;
import org.librarypeers.domain.Peer;
import org.librarypeers.sync.notifications.Outbox;
import org.librarypeers.sync.notifications.OutboxEntry;
import org.librarypeers.sync.notifications.OutboxMessage;
import org.librarypeers.sync.notifications.OutboxMessage.Channel;

/** Tests of sending when servers are down, refuse a mail, or a node crashes. */
@Timeout(120)
class OutboxSenderTest {

    private static final Duration LONG = OutboxSender.LONGEST_WAIT.plusMinutes(1);

    private static Peer peer(NotifiedLibrary library) {
        return library.addPeer("Old ORB", "https://orb.example.org");
    }

    private static void addMail(NotifiedLibrary library, String recipient, String subject) {
        Instant now = library.clock().instant();
        library.storage()
                .outbox()
                .add(new OutboxMessage(
                        UUID.randomUUID(),
                        Channel.MAIL,
                        recipient,
                        subject,
                        "Body",
                        now,
                        now.plus(Announcer.WORTH_SENDING),
                        0));
    }

    @Test
    void a_mail_server_that_is_down_delays_mails_and_loses_none() {
        MailServer before = MailServer.start();
        before.close();
        try (NotifiedLibrary library = new NotifiedLibrary(before.settings(), null)) {
            library.fail(peer(library), "unreachable");
            library.fail(library.addPeer("Other ORB", "https://other.example.org"), "unreachable");
            library.notifications().sendDue();
            library.after(LONG);

            assertThat(library.storage().outbox().unsent(10))
                    .hasSize(2)
                    .allMatch(entry -> !entry.hasFailed())
                    .extracting(OutboxEntry::error)
                    .allMatch(error -> error.contains("127.0.0.1:" + before.port()));

            try (MailServer after = MailServer.start(before.port())) {
                library.after(LONG);

                assertThat(after.mails()).hasSize(2);
                assertThat(library.storage().outbox().unsent(10)).isEmpty();
                assertThat(library.results()).containsExactly("sent", "sent");
            }
        }
    }

    @Test
    void after_a_crash_between_sending_and_saying_so_the_mail_is_repeated_once_with_the_same_id() throws Exception {
        try (MailServer server = MailServer.start();
                NotifiedLibrary library = new NotifiedLibrary(server.settings(), null)) {
            library.fail(peer(library), "unreachable");
            Outbox outbox = library.storage().outbox();
            // What a node does before it crashes.
            OutboxMessage message = outbox.claim(Channel.MAIL, library.clock().instant(), OutboxSender.CLAIM)
                    .orElseThrow();
            new Mailer(server.settings(), () -> "Test library", SSLContext.getDefault()).deliver(message);

            library.after(Duration.ofMinutes(1));
            assertThat(server.mails()).hasSize(1);
            library.after(OutboxSender.CLAIM);
            library.after(OutboxSender.CLAIM);

            assertThat(server.mails()).hasSize(2);
            assertThat(server.mails())
                    .extracting(mail -> mail.header("Message-ID"))
                    .containsOnly("<" + message.id() + "@example.org>");
        }
    }

    @Test
    void two_nodes_send_each_mail_once() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (MailServer server = MailServer.start();
                NotifiedLibrary library = new NotifiedLibrary(server.settings(), null)) {
            for (int i = 0; i < 20; i++) {
                library.fail(library.addPeer("Peer " + i, "https://peer" + i + ".example.org"), "unreachable");
            }
            List<Future<?>> nodes = new ArrayList<>();
            for (Notifications node : List.of(library.node(), library.node())) {
                nodes.add(threads.submit(() -> node.sendDue()));
            }
            for (Future<?> node : nodes) {
                node.get(60, TimeUnit.SECONDS);
            }

            assertThat(server.mails()).hasSize(20).extracting(Received::subject).doesNotHaveDuplicates();
        } finally {
            threads.shutdownNow();
        }
    }

    /** An SMTP server that gives another answer than usual to one command, to the end of the test. */
    private static final class ScriptedServer implements AutoCloseable {

        /** The answer that accepts the command, and resets the connection right after that. */
        static final String RESET = "250 ok, and good night";

        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final AtomicInteger texts = new AtomicInteger();

        /** Starts a server. The command {@code .} is the end of a text. */
        ScriptedServer(String command, String answer) throws IOException {
            thread.submit(() -> {
                while (true) {
                    try (Socket client = socket.accept()) {
                        client.setTcpNoDelay(true);
                        client.setSoLinger(answer.equals(RESET), 0);
                        converse(client, command, answer);
                    }
                }
            });
        }

        private void converse(Socket client, String command, String special) throws IOException {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            answer(client, "220 ready");
            boolean data = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String answer = "250 ok";
                if (data) {
                    data = !line.equals(".");
                    if (data) {
                        continue;
                    }
                    texts.incrementAndGet();
                    answer = command.equals(".") ? special : answer;
                } else if (line.startsWith(command)) {
                    answer = special;
                } else if (line.equals("DATA")) {
                    data = true;
                    answer = "354 go on";
                }
                answer(client, answer);
                if (answer.equals(RESET)) {
                    return;
                }
            }
        }

        private static void answer(Socket client, String line) throws IOException {
            client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }

        /** Returns the number of texts that were received. */
        int texts() {
            return texts.get();
        }

        MailSettings settings() {
            return new MailSettings("127.0.0.1", socket.getLocalPort(), MailSecurity.NONE, null, null, MailServer.FROM);
        }

        @Override
        public void close() throws IOException {
            socket.close();
            thread.shutdownNow();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 550 no such user, true",
        "RCPT, 451 greylisted, false",
        "'.', 554 looks like spam, true",
        "'.', 452 no space, false",
        "MAIL, 550 sender not allowed, false"
    })
    void a_mail_that_is_refused_for_good_has_failed_and_others_wait(String command, String refusal, boolean failed)
            throws Exception {
        try (ScriptedServer server = new ScriptedServer(command, refusal);
                NotifiedLibrary library = new NotifiedLibrary(server.settings(), null)) {
            library.fail(peer(library), "unreachable");
            library.notifications().sendDue();
            library.after(LONG);

            assertThat(library.storage().outbox().unsent(10)).singleElement().satisfies(entry -> {
                assertThat(entry.hasFailed()).isEqualTo(failed);
                assertThat(entry.error()).contains(refusal.substring(4));
                assertThat(entry.attempts()).isEqualTo(failed ? 1 : 2);
            });
            assertThat(library.results()).isEqualTo(failed ? List.of("failed") : List.of());
        }
    }

    @Test
    void a_message_that_could_not_be_sent_for_days_has_failed() {
        MailServer gone = MailServer.start();
        gone.close();
        try (NotifiedLibrary library = new NotifiedLibrary(gone.settings(), null)) {
            library.fail(peer(library), "unreachable");
            library.after(Announcer.WORTH_SENDING.minusHours(1));
            assertThat(library.storage().outbox().unsent(10)).allMatch(entry -> !entry.hasFailed());

            library.clock().advance(Duration.ofHours(2));
            // The first call tries a newer message, and finds that the server is still down.
            library.notifications().sendDue();
            library.notifications().sendDue();

            assertThat(library.storage().outbox().unsent(10).get(0).hasFailed()).isTrue();
        }
    }

    @Test
    void an_unexpected_failure_delays_the_message_and_reveals_only_its_class() {
        // The settings refuse this address; the HTTP client refuses it with a message that contains all of it.
        WebhookSettings webhook = new WebhookSettings(URI.create("http://chat_service:8080/hook/hidden"), new byte[24]);
        try (NotifiedLibrary library = new NotifiedLibrary(null, webhook)) {
            library.fail(peer(library), "unreachable");
            SendReport report = library.notifications().sendDue();

            List<OutboxEntry> unsent = library.storage().outbox().unsent(10);
            assertThat(unsent).isNotEmpty().allSatisfy(entry -> {
                assertThat(entry.hasFailed()).isFalse();
                assertThat(entry.attempts()).isEqualTo(1);
                assertThat(entry.error())
                        .contains("IllegalArgumentException")
                        .doesNotContain("hidden")
                        .doesNotContain("chat_service");
            });
            assertThat(report).isEqualTo(new SendReport(0, 0, unsent.size()));
        }
    }

    @Test
    void a_mail_that_was_accepted_is_not_repeated_if_the_connection_is_reset_then() throws Exception {
        // The reset arrives before or after the farewell of the client, so there are many mails.
        int mails = 50;
        try (ScriptedServer server = new ScriptedServer(".", ScriptedServer.RESET);
                NotifiedLibrary library = new NotifiedLibrary(server.settings(), null)) {
            for (int i = 0; i < mails; i++) {
                addMail(library, "a@example.org", "Subject");
            }
            SendReport report = library.notifications().sendDue();
            library.after(LONG);

            assertThat(library.storage().outbox().unsent(10)).isEmpty();
            assertThat(report).isEqualTo(new SendReport(mails, 0, 0));
            assertThat(server.texts()).isEqualTo(mails);
        }
    }

    @Test
    void an_address_that_no_mail_can_have_has_failed() {
        try (MailServer server = MailServer.start();
                NotifiedLibrary library = new NotifiedLibrary(server.settings(), null)) {
            addMail(library, "a<b@example.org", "Subject");
            library.notifications().sendDue();

            assertThat(library.storage().outbox().unsent(10)).singleElement().matches(OutboxEntry::hasFailed);
            assertThat(server.mails()).isEmpty();
        }
    }

    @Test
    void a_subject_adds_no_headers() {
        try (MailServer server = MailServer.start();
                NotifiedLibrary library = new NotifiedLibrary(server.settings(), null)) {
            addMail(library, "a@example.org", "Subject\r\nBcc: evil@example.org\n\nBody");
            library.notifications().sendDue();

            assertThat(server.mails()).singleElement().satisfies(mail -> {
                assertThat(mail.header("Bcc")).isEmpty();
                assertThat(mail.subject()).isEqualTo("Subject Bcc: evil@example.org Body");
            });
        }
    }

    @Test
    void waits_grow_up_to_a_limit_and_vary() {
        Set<Duration> waits = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            assertThat(OutboxSender.waitAfter(1))
                    .isBetween(OutboxSender.FIRST_WAIT.dividedBy(2), OutboxSender.FIRST_WAIT);
            Duration wait = OutboxSender.waitAfter(1_000);
            assertThat(wait).isBetween(OutboxSender.LONGEST_WAIT.dividedBy(2), OutboxSender.LONGEST_WAIT);
            waits.add(wait);
        }
        assertThat(waits).hasSizeGreaterThan(10);
    }
}
