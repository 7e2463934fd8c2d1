package org.librarypeers.app.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.accounts.AccountService;
import org.librarypeers.app.accounts.ApiKeys;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.app.web.PageClient.Answer;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;

/** Tests of the pages with API keys and sessions, by the owner of the account and by an administrator. */
class ApiKeyPagesTest {

    private static final UserName ADMIN = new UserName("boss");
    private static final UserName ASHA = new UserName("asha");
    private static final String PASSWORD = "a long password";
    private static final String KEYS = "/profile/keys";
    private static final String ADD = "main form[action=" + KEYS + "]";

    private static RunningLibrary running;
    private static AccountService accounts;

    private PageClient asha;
    private PageClient admin;

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
        accounts.create(ADMIN, Role.ADMIN, null, PASSWORD);
        accounts.create(ASHA, Role.MEMBER, null, PASSWORD);
        asha = new PageClient(running.address());
        asha.signIn(ASHA.value(), PASSWORD);
        admin = new PageClient(running.address());
        admin.signIn(ADMIN.value(), PASSWORD);
    }

    private static int statusWith(String key) {
        return new PageClient(running.address())
                .get("/api/v1/resource/?format=json&username=asha&api_key=" + key)
                .status();
    }

    private String created(String name) {
        Answer answer = asha.submit(asha.get(KEYS).page(), ADD, "name", name);
        assertThat(answer.status()).isEqualTo(200);
        return answer.page().select("#new-key").val();
    }

    @Test
    void a_new_key_is_shown_once_works_and_can_be_taken_back_alone() {
        String own = asha.get(KEYS).page().select("#api-key").val();
        String script = created("Nightly script");
        String phone = created("Phone");

        Document page = asha.get(KEYS).page();
        assertThat(page.html()).doesNotContain(script);
        assertThat(page.select("tbody th").eachText()).containsExactly("Nightly script", "Phone");
        assertThat(page.select("tbody td[data-label='Last used']").eachText()).containsExactly("never", "never");
        assertThat(List.of(own, script, phone))
                .doesNotHaveDuplicates()
                .allSatisfy(key -> assertThat(statusWith(key)).isEqualTo(200));
        assertThat(asha.get(KEYS)
                        .page()
                        .select("tbody td[data-label='Last used']")
                        .eachText())
                .containsExactly("now", "now");
        assertThat(asha.get(KEYS).page().text()).doesNotContain("never");

        Answer removed = asha.submit(asha.get(KEYS).page(), "tbody tr:first-child form");

        assertThat(removed.location()).isEqualTo(KEYS);
        assertThat(asha.get(KEYS).page().select("[role=status]").text()).contains("Nightly script");
        assertThat(statusWith(script)).isEqualTo(401);
        assertThat(statusWith(phone)).isEqualTo(200);
        assertThat(statusWith(own)).isEqualTo(200);
    }

    @Test
    void a_form_that_is_sent_twice_creates_one_key() {
        Document form = asha.get(KEYS).page();
        asha.submit(form, ADD, "name", "Phone");

        Answer again = asha.submit(form, ADD, "name", "Phone");

        assertThat(again.status()).isEqualTo(422);
        assertThat(again.page().select("#w-name").text()).contains("already");
        assertThat(again.page().select("#new-key")).isEmpty();
        assertThat(accounts.apiKeys().of(ASHA)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "0123456789012345678901234567890123456789012345678901234567890"})
    void a_name_that_is_missing_or_too_long_is_refused(String name) {
        Answer refused = asha.submit(asha.get(KEYS).page(), ADD, "name", name);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select("#w-name").text()).contains("60");
        assertThat(refused.page().select("#f-name").val()).isEqualTo(name.strip());
        assertThat(accounts.apiKeys().of(ASHA)).isEmpty();
    }

    @Test
    void an_account_has_a_limited_number_of_keys() {
        for (int i = 0; i < ApiKeys.MOST; i++) {
            accounts.apiKeys().add(ASHA, "Key " + i);
        }

        Answer refused = asha.submit(asha.get(KEYS).page(), ADD, "name", "One more");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select("#w-name").text()).contains(String.valueOf(ApiKeys.MOST));
        assertThat(accounts.apiKeys().of(ASHA)).hasSize(ApiKeys.MOST);
    }

    @Test
    void signing_out_of_other_browsers_keeps_this_one() {
        PageClient other = new PageClient(running.address());
        other.signIn(ASHA.value(), PASSWORD);
        assertThat(asha.get(KEYS).page().select("#sessions + p").text()).contains("2 browsers");

        asha.submit(asha.get(KEYS).page(), "form[action='/profile/signout-others']");

        assertThat(other.get(KEYS).status()).isEqualTo(303);
        assertThat(asha.get(KEYS).status()).isEqualTo(200);
        assertThat(admin.get(KEYS).status()).isEqualTo(200);
    }

    @Test
    void an_administrator_sees_the_use_of_an_account_and_ends_it() {
        String script = created("Nightly script");
        statusWith(script);
        Document user = admin.get("/users/asha").page();
        assertThat(user.select("#use ~ dl dd").eachText()).containsExactly("now", "1", "never");
        assertThat(user.select("tbody th").eachText()).containsExactly("Nightly script");
        assertThat(user.html()).doesNotContain(script);
        assertThat(admin.get("/users")
                        .page()
                        .select("td[data-label='Last sign-in']")
                        .eachText())
                .containsExactly("now", "now");

        assertThat(admin.submit(user, "form[action=/users/asha/signout]").location())
                .isEqualTo("/users/asha");
        admin.submit(user, "tbody form");

        assertThat(asha.get(KEYS).status()).isEqualTo(303);
        assertThat(statusWith(script)).isEqualTo(401);
        assertThat(admin.get("/audit").page().select(".row-title").eachText())
                .contains("Signed out everywhere: asha", "API key removed: asha");
    }

    @Test
    void an_administrator_who_signs_out_everywhere_stays_signed_in_here() {
        PageClient elsewhere = new PageClient(running.address());
        elsewhere.signIn(ADMIN.value(), PASSWORD);

        admin.submit(admin.get("/users/boss").page(), "form[action=/users/boss/signout]");

        assertThat(elsewhere.get("/users").status()).isEqualTo(303);
        assertThat(admin.get("/users").status()).isEqualTo(200);
    }

    @Test
    void without_a_mail_server_no_link_is_sent() {
        Document user = admin.get("/users/asha").page();
        assertThat(user.select("form[action$=/invite]")).isEmpty();

        String token = user.select("input[name=csrf]").first().val();
        assertThat(admin.post("/users/asha/invite", "csrf", token).location()).isEqualTo("/users/asha");

        assertThat(admin.get("/users/asha").page().select("[role=status]").text())
                .contains("mail server");
        assertThat(admin.post("/users/nobody/invite", "csrf", token).status()).isEqualTo(404);
    }
}
