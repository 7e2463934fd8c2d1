package org.librarypeers.app.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.accounts.AccountService;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.app.web.PageClient.Answer;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;

class AccountPagesTest {

    private static final UserName ADMIN = new UserName("admin");
    private static final UserName ASHA = new UserName("asha@moh.example.org");
    private static final String PASSWORD = "a long password";

    private static RunningLibrary running;
    private static AccountService accounts;

    private PageClient client;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
        accounts = running.library().accounts();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @BeforeEach
    void people() {
        running.execute("delete from account");
        running.execute("delete from counted_event");
        accounts.create(ADMIN, Role.ADMIN, null, PASSWORD);
        accounts.create(ASHA, Role.MEMBER, null, PASSWORD);
        client = new PageClient(running.address());
    }

    private Answer signIn(PageClient visitor, UserName name, String password) {
        return visitor.submit(
                visitor.get("/signin").page(), "main form", "username", name.value(), "password", password);
    }

    @Test
    void after_signing_in_a_visitor_is_on_the_requested_page() {
        Answer refused = client.get("/profile?x=1");
        assertThat(refused.status()).isEqualTo(303);
        assertThat(refused.location()).isEqualTo("/signin?next=%2Fprofile%3Fx%3D1");

        Answer signedIn = client.submit(
                client.get(refused.location()).page(), "main form", "username", ASHA.value(), "password", PASSWORD);

        assertThat(signedIn.status()).isEqualTo(303);
        assertThat(signedIn.location()).isEqualTo("/profile?x=1");
        assertThat(client.get("/profile").page().select("h1").text()).isEqualTo("Edit profile");
    }

    @Test
    void signing_in_as_another_user_ends_the_previous_session() {
        signIn(client, ASHA, PASSWORD);
        String token = client.get("/profile").page().select("input[name=csrf]").val();
        String[] wrong = {"csrf", token, "username", ADMIN.value(), "password", "a wrong password"};
        String[] right = {"csrf", token, "username", ADMIN.value(), "password", PASSWORD};

        assertThat(client.post("/signin", wrong).status()).isEqualTo(401);
        assertThat(running.texts("select account from session")).containsExactly(ASHA.value());
        assertThat(client.post("/signin", right).status()).isEqualTo(303);

        assertThat(running.texts("select account from session")).containsExactly(ADMIN.value());
        assertThat(client.get("/users").status()).isEqualTo(200);
    }

    @Test
    void the_page_of_the_keys_states_whether_the_key_permits_writing() {
        signIn(client, ASHA, PASSWORD);
        assertThat(client.get("/profile/keys").page().select("#h-key").text())
                .contains("Anyone who has it can read in your name");

        accounts.change(ASHA, asha -> asha.writingApi(true));

        assertThat(client.get("/profile/keys").page().select("#h-key").text())
                .contains("Anyone who has it can read and write in your name");
    }

    @Test
    void signing_in_never_redirects_to_another_site() {
        for (String next :
                new String[] {"//evil.example.org", "https://evil.example.org", "/\\evil.example.org", "x"}) {
            client = new PageClient(running.address());
            Answer answer = client.submit(
                    client.get("/signin").page(),
                    "main form",
                    "username",
                    ASHA.value(),
                    "password",
                    PASSWORD,
                    "next",
                    next);
            assertThat(answer.location()).as(next).isEqualTo("/");
        }
    }

    @Test
    void a_form_without_a_csrf_token_does_nothing() {
        assertThat(client.post("/signin", "username", ASHA.value(), "password", PASSWORD)
                        .status())
                .isEqualTo(403);
        signIn(client, ASHA, PASSWORD);
        ApiKey key = accounts.apiKey(ASHA).orElseThrow();

        Answer forged = client.post("/profile/key", "csrf", "0".repeat(64));

        assertThat(forged.status()).isEqualTo(403);
        assertThat(forged.page().select("h1").text()).isEqualTo("This form has expired");
        assertThat(accounts.apiKey(ASHA)).contains(key);
    }

    @Test
    void signing_out_ends_the_session_and_shows_one_notice() {
        signIn(client, ASHA, PASSWORD);

        Answer out = client.submit(client.get("/about").page(), ".who form");

        assertThat(out.location()).isEqualTo("/");
        assertThat(client.get("/about").page().select(".notice").text()).isEqualTo("You have signed out.");
        assertThat(client.get("/about").page().select(".notice")).isEmpty();
        assertThat(client.get("/profile").status()).isEqualTo(303);
    }

    @Test
    void after_thirty_wrong_passwords_an_address_must_wait_but_a_known_browser_need_not() {
        PageClient known = new PageClient(running.address());
        assertThat(signIn(known, ASHA, PASSWORD).status()).isEqualTo(303);
        known.submit(known.get("/profile").page(), "form[action=/signout]");
        for (int i = 0; i < 30; i++) {
            assertThat(signIn(client, new UserName("nobody" + i), "wrong").status())
                    .isEqualTo(401);
        }

        // The first waits are short and each doubles the one before, so a slow machine may need several attempts.
        Answer refused = signIn(client, new UserName("nobody"), "wrong");
        for (int i = 0; i < 12 && refused.status() == 401; i++) {
            refused = signIn(client, new UserName("nobody" + i), "wrong");
        }

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.page().select(".problem").text())
                .matches("There were too many failed attempts\\. Try again after .* UTC\\.");
        assertThat(signIn(known, ASHA, PASSWORD).status()).isEqualTo(303);
    }

    @Test
    void a_profile_is_saved_and_its_language_is_used() {
        signIn(client, ASHA, PASSWORD);

        Answer saved = client.submit(
                client.get("/profile").page(),
                "main form",
                "email",
                "asha@example.org",
                "current",
                PASSWORD,
                "organisation",
                "Ministère de la Santé",
                "language",
                "fr");

        assertThat(saved.status()).isEqualTo(303);
        assertThat(client.get("/profile").page().select("h1").text()).isEqualTo("Modifier le profil");
        assertThat(accounts.find(ASHA))
                .contains(new Account(ASHA, null, Role.MEMBER)
                        .withProfile("asha@example.org", null, "Ministère de la Santé", "fr"));
        PageClient elsewhere = new PageClient(running.address());
        signIn(elsewhere, ASHA, PASSWORD);
        assertThat(elsewhere.get("/profile").page().select("html").attr("lang")).isEqualTo("fr");
    }

    @Test
    void errors_of_a_profile_appear_beside_the_fields_and_nothing_is_saved() {
        signIn(client, ASHA, PASSWORD);

        Answer answer = client.submit(
                client.get("/profile").page(),
                "main form",
                "email",
                "no address",
                "organisation",
                "x".repeat(201),
                "password",
                "short",
                "repeated",
                "short");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.page().select("#w-email").text()).startsWith("This is not a valid e-mail address.");
        assertThat(answer.page().select("#w-organisation").text())
                .isEqualTo("Organisation: this has 201 characters, but at most 200 are allowed. Please shorten it.");
        assertThat(answer.page().select("#w-password").text())
                .isEqualTo("This password has 5 characters. Use at least 8.");
        assertThat(answer.page().select("#f-email").val()).isEqualTo("no address");
        assertThat(answer.page().select("#f-password").val()).isEmpty();
        assertThat(accounts.find(ASHA)).contains(new Account(ASHA, null, Role.MEMBER));
    }

    @Test
    void a_new_e_mail_address_requires_the_current_password() {
        signIn(client, ASHA, PASSWORD);
        String[] change = {"email", "asha@library.example", "current", "", "fullname", "Asha"};

        for (String wrong : new String[] {"", "wrong"}) {
            change[3] = wrong;
            Answer refused = client.submit(client.get("/profile").page(), "main form", change);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.page().select("#w-current").text()).isNotEmpty();
        }
        assertThat(accounts.find(ASHA)).contains(new Account(ASHA, null, Role.MEMBER));

        change[3] = PASSWORD;
        assertThat(client.submit(client.get("/profile").page(), "main form", change)
                        .status())
                .isEqualTo(303);
        // Without a change of the address, the rest is saved without it.
        change[3] = "";
        change[5] = "Asha Rao";
        assertThat(client.submit(client.get("/profile").page(), "main form", change)
                        .status())
                .isEqualTo(303);
        assertThat(accounts.find(ASHA).orElseThrow().email()).isEqualTo("asha@library.example");
        assertThat(accounts.find(ASHA).orElseThrow().fullName()).isEqualTo("Asha Rao");
    }

    @Test
    void a_new_password_requires_the_current_one_and_ends_other_sessions() {
        PageClient elsewhere = new PageClient(running.address());
        signIn(elsewhere, ASHA, PASSWORD);
        signIn(client, ASHA, PASSWORD);
        String[] fresh = {"current", "wrong", "password", "another long one", "repeated", "another long one"};

        Answer wrong = client.submit(client.get("/profile").page(), "main form", fresh);
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("#w-current").text()).isEqualTo("This is not your current password.");

        fresh[1] = PASSWORD;
        assertThat(client.submit(client.get("/profile").page(), "main form", fresh)
                        .status())
                .isEqualTo(303);
        assertThat(client.get("/profile").status()).isEqualTo(200);
        assertThat(elsewhere.get("/profile").status()).isEqualTo(303);
        assertThat(signIn(elsewhere, ASHA, "another long one").status()).isEqualTo(303);
    }

    @Test
    void the_api_key_is_shown_and_replaced_after_a_warning() {
        signIn(client, ASHA, PASSWORD);
        ApiKey key = accounts.apiKey(ASHA).orElseThrow();
        assertThat(client.get("/profile/keys")
                        .page()
                        .select("#api-key[readonly]")
                        .val())
                .isEqualTo(key.secret());

        Answer warning = client.get("/profile/key");
        assertThat(warning.page().select("main .hint").text()).contains("stops working immediately");
        client.submit(warning.page(), "main form");

        assertThat(accounts.withApiKey(ASHA.value(), key.secret())).isEmpty();
        assertThat(client.get("/profile/keys").page().select("#api-key").val())
                .isEqualTo(accounts.apiKey(ASHA).orElseThrow().secret())
                .isNotEqualTo(key.secret());
    }

    @Test
    void the_link_that_creates_the_first_administrator_works_once() {
        running.execute("delete from account");
        String token = running.library().firstAdministrator().token().orElseThrow();
        assertThat(client.get("/first/" + "0".repeat(40)).location()).isEqualTo("/signin");
        Answer form = client.get("/first/" + token);

        Answer short1 = client.submit(form.page(), "main form", "username", "no name", "password", "short");
        assertThat(short1.status()).isEqualTo(422);
        assertThat(short1.page().select("#w-username").text()).startsWith("This is not a valid user name.");
        Answer made =
                client.submit(form.page(), "main form", "username", "zoë", "password", PASSWORD, "repeated", PASSWORD);

        assertThat(made.location()).isEqualTo("/peers");
        assertThat(accounts.find(new UserName("zoë")).map(Account::role)).contains(Role.ADMIN);
        assertThat(client.get("/users").status()).isEqualTo(200);
        assertThat(running.library().firstAdministrator().token()).isEmpty();
        PageClient late = new PageClient(running.address());
        assertThat(late.get("/first/" + token).location()).isEqualTo("/signin");
    }

    @Test
    void an_administrator_adds_users_and_changes_their_permissions() {
        signIn(client, ADMIN, PASSWORD);
        Answer form = client.get("/users/new");
        String[] fields = {
            "username", "Ñandú", "role", "reviewer", "organisation", "WHO", "password", PASSWORD, "writes", "on"
        };

        assertThat(client.submit(form.page(), "main form", fields).location()).isEqualTo("/users");
        assertThat(accounts.find(new UserName("Ñandú")))
                .contains(new Account(new UserName("Ñandú"), null, null, "WHO", null, Role.REVIEWER, true, true));
        Answer again = client.submit(form.page(), "main form", fields);
        assertThat(again.page().select("#w-username").text()).startsWith("This user name is already taken.");

        Answer list = client.get("/users");
        String link = list.page().select("th a:containsOwn(Ñandú)").attr("href");
        Answer saved = client.submit(client.get(link).page(), "main form", "role", "contributor", "active", "");
        assertThat(saved.location()).isEqualTo("/users");
        Optional<Account> changed = accounts.find(new UserName("Ñandú"));
        assertThat(changed.map(Account::role)).contains(Role.CONTRIBUTOR);
        assertThat(changed.map(Account::active)).contains(false);
        assertThat(signIn(new PageClient(running.address()), new UserName("Ñandú"), PASSWORD)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void the_last_administrator_cannot_be_demoted() {
        signIn(client, ADMIN, PASSWORD);

        Answer answer = client.submit(client.get("/users/admin").page(), "main form", "role", "member");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.page().select(".problem").text()).startsWith("This is the last active administrator.");
        assertThat(accounts.find(ADMIN).map(Account::role)).contains(Role.ADMIN);
    }

    @Test
    void a_deactivated_user_is_signed_out() {
        signIn(client, ASHA, PASSWORD);
        assertThat(client.get("/profile").status()).isEqualTo(200);

        accounts.change(ASHA, asha -> asha.withActive(false));
        accounts.change(ASHA, asha -> asha.withActive(true));

        assertThat(client.get("/profile").status()).isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password1",
                "12345678",
                "qwertyuiop",
                "P@ssw0rd1",
                "admin123",
                "letmein1",
                "iloveyou",
                "zoezoezoe",
                "aaaaaaaa"
            })
    void a_common_password_is_rejected_in_every_form(String common) {
        running.execute("delete from account");
        String first =
                "/first/" + running.library().firstAdministrator().token().orElseThrow();
        String[] passwords = {"username", "zoe", "password", common, "repeated", common};
        Answer refused = client.submit(client.get(first).page(), "main form", passwords);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select("#w-password").text()).contains("too easy to guess");
        assertThat(accounts.all()).isEmpty();

        accounts.create(ADMIN, Role.ADMIN, null, PASSWORD);
        signIn(client, ADMIN, PASSWORD);
        Document added = client.submit(client.get("/users/new").page(), "main form", passwords)
                .page();
        assertThat(added.select("#w-password").text()).contains("too easy to guess");
        Document changed = client.submit(
                        client.get("/profile").page(),
                        "main form",
                        "current",
                        PASSWORD,
                        "password",
                        common,
                        "repeated",
                        common)
                .page();
        assertThat(changed.select("#w-password").text()).contains("too easy to guess");
        assertThatThrownBy(() -> accounts.create(new UserName("zoe"), Role.ADMIN, null, common))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too common")
                .hasMessageNotContaining(common);
    }
}
