package org.librarypeers.app.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.contract.Await.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.accounts.AccountService;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.notifications.MailServer;
import org.librarypeers.app.notifications.MailServer.Received;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.app.web.PageClient.Answer;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;

/** Tests of forgotten passwords and invitations, in a browser and with a real mail server. */
@Timeout(120)
class PasswordPagesTest {

    private static final Pattern LINK =
            Pattern.compile("^http://library\\.example\\.org(/password/\\S+)$", Pattern.MULTILINE);
    private static final String OLD = "an old password 7";
    private static final String NEW = "a much newer password";
    private static final String ANSWER = "If there is such an account with an e-mail address";

    @TempDir
    private static Path folder;

    private static MailServer server;
    private static RunningLibrary running;

    @BeforeAll
    static void start() {
        server = MailServer.start();
        running = RunningLibrary.start(settings -> settings.with(Settings.MAIL_HOST, "127.0.0.1")
                .with(Settings.MAIL_PORT, String.valueOf(server.port()))
                .with(Settings.MAIL_SECURITY, "none")
                .with(Settings.MAIL_FROM, MailServer.FROM)
                .with(Settings.ACCESS_LOG, folder.resolve("access.log").toString())
                .with(Settings.BASE_URL, "http://library.example.org"));
        account("boss", Role.ADMIN);
    }

    @AfterAll
    static void stop() {
        running.close();
        server.close();
    }

    private static Account account(String name, Role role) {
        return running.library().accounts().create(new UserName(name), role, name + "@example.org", OLD);
    }

    private static PageClient browser() {
        return new PageClient(running.address());
    }

    private static PageClient signedIn(String name) {
        PageClient browser = browser();
        assertThat(browser.signIn(name, OLD).status()).isEqualTo(303);
        return browser;
    }

    private static List<Received> mailsTo(String name) {
        return server.mails().stream()
                .filter(mail -> mail.to().equals(name + "@example.org"))
                .toList();
    }

    private static Received mailTo(String name, int number) {
        await("mail " + number + " to " + name, () -> mailsTo(name).size() >= number);
        return mailsTo(name).get(number - 1);
    }

    private static String link(Received mail) {
        Matcher link = LINK.matcher(mail.body());
        assertThat(link.find()).as(mail.body()).isTrue();
        return link.group(1);
    }

    private static Answer ask(PageClient browser, String who) {
        return browser.submit(browser.get("/forgotten").page(), "main form", "username", who);
    }

    private static Answer choose(PageClient browser, String link, String password) {
        return browser.submit(browser.get(link).page(), "main form", "password", password, "repeated", password);
    }

    @Test
    void a_forgotten_password_is_replaced_by_a_link_that_works_once_and_ends_all_sessions() throws Exception {
        account("amina", Role.MEMBER);
        PageClient elsewhere = signedIn("amina");
        PageClient browser = browser();
        assertThat(browser.get("/signin").page().select("a[href=/forgotten]").text())
                .isEqualTo("Forgot your password?");

        Answer asked = ask(browser, "amina");
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.page().text()).contains(ANSWER);
        String link = link(mailTo("amina", 1));
        Answer form = browser.get(link);
        assertThat(form.status()).isEqualTo(200);
        assertThat(form.response().headers().allValues("Referrer-Policy")).containsExactly("no-referrer");
        assertThat(form.response().headers().firstValue("Cache-Control")).hasValue("no-cache");

        assertThat(choose(browser, link, "12345678").status()).isEqualTo(422);
        Answer chosen = choose(browser, link, NEW);
        assertThat(chosen.location()).isEqualTo("/signin");

        assertThat(browser.get(link).location()).isEqualTo("/forgotten");
        assertThat(browser.post(
                                link,
                                "csrf",
                                form.page().select("main input[name=csrf]").val(),
                                "password",
                                OLD)
                        .location())
                .isEqualTo("/forgotten");
        assertThat(elsewhere.get("/profile").status()).isEqualTo(303);
        assertThat(browser().signIn("amina", OLD).status()).isEqualTo(401);
        assertThat(browser().signIn("amina", NEW).status()).isEqualTo(303);
        String token = link.substring(link.lastIndexOf('/') + 1);
        await("the log has the request", () -> log().contains("/password/…"));
        assertThat(log()).doesNotContain(token);
        assertThat(running.texts("select encode(body, 'escape') from outbox where body is not null"))
                .noneMatch(body -> body.contains(token));
    }

    private static String log() {
        try {
            return Files.readString(folder.resolve("access.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void the_answer_is_the_same_for_accounts_that_do_not_exist_or_get_no_mail() {
        running.library().accounts().create(new UserName("no-address"), Role.MEMBER, null, OLD);
        account("inactive", Role.MEMBER);
        running.library().accounts().change(new UserName("inactive"), each -> each.withActive(false));
        account("exists", Role.MEMBER);
        PageClient browser = browser();

        String known = ask(browser, "exists").page().select("main").html();
        for (String who : List.of("nobody", "no-address", "inactive", "inactive@example.org", "<b>'")) {
            Answer answer = ask(browser, who);
            assertThat(answer.status()).as(who).isEqualTo(200);
            assertThat(answer.page().select("main").html()).as(who).isEqualTo(known);
        }
        assertThat(ask(browser, "").status()).isEqualTo(422);
        // Requests are worked on one after the other, so the earlier ones are done when this one is.
        ask(browser, "exists");
        mailTo("exists", 2);
        assertThat(mailsTo("inactive")).isEmpty();
    }

    @Test
    void the_answer_does_not_wait_for_the_mail() throws Exception {
        account("slow", Role.MEMBER);
        PageClient browser = browser();
        try (Connection connection = running.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // Nobody can write a link or a mail until this transaction ends.
            statement.execute("lock table account_token, outbox in exclusive mode");

            assertThat(ask(browser, "slow").page().text()).contains(ANSWER);
            connection.rollback();
        }
        mailTo("slow", 1);
    }

    @Test
    void an_account_gets_few_mails_an_hour_and_an_address_may_ask_seldom() {
        try (RunningLibrary other = RunningLibrary.start(settings -> settings.with(Settings.MAIL_HOST, "127.0.0.1")
                .with(Settings.MAIL_PORT, "1")
                .with(Settings.MAIL_SECURITY, "none")
                .with(Settings.MAIL_FROM, MailServer.FROM)
                .with(Settings.BASE_URL, "http://library.example.org"))) {
            other.library().accounts().create(new UserName("amina"), Role.MEMBER, "amina@example.org", OLD);
            PageClient browser = new PageClient(other.address());
            other.library().accounts().create(new UserName("last"), Role.MEMBER, "last@example.org", OLD);
            for (int i = 0; i < 19; i++) {
                assertThat(ask(browser, i < 10 ? "amina" : "AMINA@example.org").status())
                        .isEqualTo(200);
            }
            assertThat(ask(browser, "last").status()).isEqualTo(200);
            Answer refused = ask(browser, "nobody");

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.response()
                            .headers()
                            .firstValueAsLong("Retry-After")
                            .orElseThrow())
                    .isBetween(1L, 3_601L);
            // Requests are worked on one after the other.
            await(
                    "the last mail is written",
                    () -> other.texts("select recipient from outbox").contains("last@example.org"));
            assertThat(other.texts("select recipient from outbox"))
                    .containsExactlyInAnyOrder(
                            "amina@example.org", "amina@example.org", "amina@example.org", "last@example.org");
            assertThat(other.texts("select count(*)::text from account_token")).containsExactly("4");
        }
    }

    @Test
    void an_administrator_invites_a_person_who_then_sets_the_password() {
        PageClient admin = signedIn("boss");
        Answer form = admin.get("/users/new");
        Answer noAddress =
                admin.submit(form.page(), "main form", "username", "newcomer", "role", "reviewer", "invite", "on");
        assertThat(noAddress.status()).isEqualTo(422);
        assertThat(noAddress.page().select("#w-email").text()).isEqualTo("An invitation needs an e-mail address.");

        Answer added = admin.submit(
                form.page(),
                "main form",
                "username",
                "newcomer",
                "email",
                "newcomer@example.org",
                "role",
                "reviewer",
                "invite",
                "on");
        assertThat(added.location()).isEqualTo("/users");
        Received mail = mailTo("newcomer", 1);
        assertThat(mail.body()).contains("Your user name is newcomer.");
        assertThat(browser().signIn("newcomer", "").status()).isEqualTo(401);

        assertThat(choose(browser(), link(mail), NEW).location()).isEqualTo("/signin");

        PageClient newcomer = browser();
        assertThat(newcomer.signIn("newcomer", NEW).status()).isEqualTo(303);
        assertThat(newcomer.get("/review").status()).isEqualTo(200);
    }

    @Test
    void an_administrator_mails_another_link_and_makes_links_invalid() {
        account("latecomer", Role.MEMBER);
        ask(browser(), "latecomer");
        String first = link(mailTo("latecomer", 1));
        PageClient admin = signedIn("boss");
        Document user = admin.get("/users/latecomer").page();
        assertThat(user.select("#links ~ ul li").eachText())
                .singleElement()
                .asString()
                .startsWith("Link after a forgotten password");

        assertThat(admin.submit(user, "form[action$=/invite]").location()).isEqualTo("/users/latecomer");

        String second = link(mailTo("latecomer", 2));
        assertThat(browser().get(first).location()).isEqualTo("/forgotten");
        assertThat(browser().get(second).status()).isEqualTo(200);
        Document again = admin.get("/users/latecomer").page();
        assertThat(again.select("#links ~ ul li").eachText())
                .singleElement()
                .asString()
                .startsWith("Invitation");

        admin.submit(again, "form[action$=/links/remove]");

        assertThat(browser().get(second).location()).isEqualTo("/forgotten");
        assertThat(admin.get("/users/latecomer").page().select("#links ~ ul")).isEmpty();
    }

    @Test
    void a_link_no_longer_works_after_the_password_was_changed_elsewhere() {
        account("changer", Role.MEMBER);
        ask(browser(), "changer@example.org");
        String link = link(mailTo("changer", 1));
        assertThat(browser().get(link).status()).isEqualTo(200);

        running.library().accounts().changePassword(new UserName("changer"), NEW, null);

        assertThat(browser().get(link).location()).isEqualTo("/forgotten");
    }

    @Test
    void the_audit_log_names_the_owner_of_the_link_and_not_who_is_signed_in() {
        account("owner", Role.REVIEWER);
        account("plain", Role.MEMBER);
        PageClient boss = signedIn("boss");
        for (String name : List.of("owner", "plain")) {
            ask(browser(), name);
            assertThat(choose(boss, link(mailTo(name, 1)), NEW).location()).isEqualTo("/signin");
        }

        assertThat(running.texts("select actor_name || ' ' || subject_id || ' ' || address from audit_entry"
                        + " where action = 'password-set' and subject_id in ('owner', 'plain')"))
                .containsExactly("owner owner 127.0.0.1");
    }

    @Test
    void a_link_no_longer_works_after_the_address_was_changed_or_the_account_was_inactive() {
        AccountService accounts = running.library().accounts();
        account("mover", Role.MEMBER);
        account("leaver", Role.MEMBER);
        account("stayer", Role.MEMBER);
        List<String> links = Stream.of("mover", "leaver", "stayer")
                .map(name -> {
                    ask(browser(), name);
                    return link(mailTo(name, 1));
                })
                .toList();

        accounts.change(new UserName("mover"), each -> each.withProfile("new@example.org", null, null, null));
        accounts.change(new UserName("leaver"), each -> each.withActive(false));
        accounts.change(new UserName("leaver"), each -> each.withActive(true));
        accounts.change(new UserName("stayer"), each -> each.withRole(Role.CONTRIBUTOR));

        assertThat(browser().get(links.get(0)).location()).isEqualTo("/forgotten");
        assertThat(browser().get(links.get(1)).location()).isEqualTo("/forgotten");
        assertThat(browser().get(links.get(2)).status()).isEqualTo(200);
    }

    @Test
    void an_account_whose_invitation_cannot_be_saved_is_not_created_and_can_be_created_again() {
        PageClient admin = signedIn("boss");
        Document form = admin.get("/users/new").page();
        String[] fields = {"username", "again", "email", "again@example.org", "role", "member", "invite", "on"};
        running.execute("create function refuse() returns trigger language plpgsql as"
                + " $$ begin raise exception 'refused by the test'; end $$");
        running.execute("create trigger refuse before insert on account_token for each row execute function refuse()");

        Answer refused = admin.submit(form, "main form", fields);

        running.execute("drop function refuse cascade");
        assertThat(refused.status()).isEqualTo(500);
        assertThat(running.library().accounts().find(new UserName("again"))).isEmpty();
        assertThat(admin.submit(form, "main form", fields).location()).isEqualTo("/users");
        assertThat(mailTo("again", 1).body()).contains("Your user name is again.");
    }

    @Test
    void without_mail_or_base_url_there_is_no_such_page() {
        try (RunningLibrary silent = RunningLibrary.start(
                settings -> settings.with(Settings.MAIL_HOST, "127.0.0.1").with(Settings.MAIL_FROM, MailServer.FROM))) {
            PageClient browser = new PageClient(silent.address());

            assertThat(browser.get("/signin").page().select("a[href=/forgotten]"))
                    .isEmpty();
            assertThat(browser.get("/forgotten").status()).isEqualTo(404);
            assertThat(browser.get("/password/x").status()).isEqualTo(404);
        }
    }
}
