package org.librarypeers.app.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.contract.Await.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.notifications.MailServer;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.app.web.PageClient.Answer;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.notifications.NotificationFrequency;
import org.librarypeers.sync.notifications.NotificationKind;

/** Tests of the choices of notifications on the profile page, and of a mail that a running server sends. */
@Timeout(120)
class NotificationPagesTest {

    private static final String PASSWORD = "an old password 7";

    private MailServer server;
    private RunningLibrary running;

    @BeforeEach
    void start() {
        server = MailServer.start();
        running = RunningLibrary.start(settings -> settings.with(Settings.MAIL_HOST, "127.0.0.1")
                .with(Settings.MAIL_PORT, String.valueOf(server.port()))
                .with(Settings.MAIL_SECURITY, "none")
                .with(Settings.MAIL_FROM, MailServer.FROM));
        account("boss", Role.ADMIN);
    }

    @AfterEach
    void stop() {
        running.close();
        server.close();
    }

    private void account(String name, Role role) {
        running.library().accounts().create(new UserName(name), role, name + "@example.org", PASSWORD);
    }

    private PageClient signedIn(String name) {
        PageClient browser = new PageClient(running.address());
        assertThat(browser.signIn(name, PASSWORD).status()).isEqualTo(303);
        return browser;
    }

    @Test
    void a_person_chooses_notifications_on_the_profile_page() {
        var peer = running.addPeer(running);
        UserName name = new UserName("chooser");
        account("chooser", Role.ADMIN);
        PageClient browser = signedIn("chooser");
        Answer form = browser.get("/profile");
        assertThat(form.page().select("#notifications fieldset")).hasSize(5);
        assertThat(form.page().select("#n-peer-failures option[selected]").val())
                .isEqualTo("at-once");
        assertThat(form.page().select("#n-review option[selected]").val()).isEqualTo("off");

        Answer nobody = browser.post(
                "/profile/notifications",
                "csrf",
                form.page().select("#notifications input[name=csrf]").val(),
                "runs",
                "daily");
        assertThat(nobody.status()).isEqualTo(422);
        assertThat(nobody.page().select("[role=alert]")).hasSize(1);
        assertThat(nobody.page().select("#nw-runs").text()).isEqualTo("Choose at least one peer, or all peers.");
        assertThat(nobody.page().select("#n-runs[aria-invalid], #n-runs[aria-describedby*=nw-]"))
                .isEmpty();
        assertThat(nobody.page().select("[role=group][aria-describedby=nw-runs] input[aria-invalid=true]"))
                .extracting(input -> input.attr("name"))
                .contains("runs-all", "runs-peer")
                .doesNotContain("review-all");
        assertThat(form.page().select("[role=alert], [aria-invalid], [aria-describedby^=nw-]"))
                .isEmpty();

        Answer saved = browser.post(
                "/profile/notifications",
                "csrf",
                form.page().select("#notifications input[name=csrf]").val(),
                "runs",
                "daily",
                "runs-peer",
                peer.id().toString(),
                "runs-peer",
                "999",
                "review",
                "weekly",
                "review-all",
                "on",
                "disk",
                "nonsense");
        assertThat(saved.location()).isEqualTo("/profile");
        assertThat(running.library()
                        .notifications()
                        .choices()
                        .of(running.library().accounts().find(name).orElseThrow()))
                .extracting(choice -> choice.kind() + " " + choice.frequency() + " " + choice.peers())
                .containsExactly(
                        NotificationKind.PEER_FAILURES + " " + NotificationFrequency.OFF + " null",
                        "RUNS DAILY [" + peer.id() + "]",
                        "REVIEW WEEKLY null",
                        "QUARANTINE OFF null",
                        "DISK OFF null");
        assertThat(browser.get("/profile").page().select("#notifications details[open]"))
                .hasSize(1);
    }

    @Test
    void a_reviewer_chooses_the_digest_and_a_member_nothing() {
        account("reads", Role.MEMBER);
        account("reviews", Role.REVIEWER);

        assertThat(signedIn("reads").get("/profile").page().select("#notifications"))
                .isEmpty();
        assertThat(signedIn("reviews")
                        .get("/profile")
                        .page()
                        .select("#notifications legend")
                        .eachText())
                .containsExactly("Resources to review");
    }

    @Test
    void a_peer_that_fails_is_mailed_by_the_running_server() throws Exception {
        Peer peer = Peer.builder()
                .id(running.library().storage().peers().nextId())
                .name("Nobody listens here")
                .host(PeerHost.of("http://127.0.0.1:1"))
                .credentials("reader", new ApiKey("any"))
                .build();
        running.library().storage().peers().save(peer);

        running.library().sync().sync(peer);

        await("the mail", () -> !server.mails().isEmpty());
        assertThat(server.mails()).singleElement().satisfies(mail -> {
            assertThat(mail.to()).isEqualTo("boss@example.org");
            assertThat(mail.subject()).contains("cannot be synced");
        });
    }
}
