package org.librarypeers.app.users;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;

class UserPagesTest {

    private static final String PASSWORD = "the boss's own password";

    private static RunningLibrary running;
    private static PageClient admin;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
        running.library().accounts().create(new UserName("boss"), Role.ADMIN, null, PASSWORD);
        admin = new PageClient(running.address());
        admin.signIn("boss", PASSWORD);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static Account now(UserName name) {
        return running.library().accounts().find(name).orElseThrow();
    }

    @Test
    void an_outdated_form_does_not_overwrite_a_change_by_another_administrator() {
        UserName name = new UserName("asha");
        running.library().accounts().create(name, Role.REVIEWER, null, "a reviewer's password");
        Document read = admin.get("/users/asha").page();
        running.library().accounts().change(name, asha -> asha.withActive(false).withRole(Role.MEMBER));
        Account stored = now(name);

        PageClient.Answer late =
                admin.submit(read, "main form", "fullname", "Asha Phiri", "password", "a new one for Asha");

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.page().select("[role=alert]").text())
                .contains("Somebody else changed this user in the meantime");
        assertThat(late.page().select("[name=role][checked]").val()).isEqualTo("member");
        assertThat(late.page().select("[name=active][checked]")).isEmpty();
        assertThat(now(name)).isEqualTo(stored);

        admin.submit(late.page(), "main form", "fullname", "Asha Phiri");
        assertThat(now(name)).isEqualTo(stored.withProfile(null, "Asha Phiri", null, null));
    }

    @Test
    void a_name_that_looks_like_another_is_refused_with_that_name() {
        Document form = admin.get("/users/new").page();

        PageClient.Answer refused =
                admin.submit(form, "main form", "username", "b\u043Ess", "password", "the other one");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select("#w-username").text()).startsWith("This user name looks like boss");
        assertThat(running.library().accounts().find(new UserName("b\u043Ess"))).isEmpty();
    }

    @Test
    void a_long_list_of_users_has_several_pages() {
        running.execute("insert into account (name, role, active, password_hash, api_key, api_key_hash)"
                + " select 'user' || i, 'member', true, password_hash, api_key, sha256(i::text::bytea)"
                + " from account, generate_series(1, 250) i where name = 'boss'");
        List<String> names = new ArrayList<>();
        String path = "/users";
        List<Integer> sizes = new ArrayList<>();
        while (path != null) {
            Document page = admin.get(path).page();
            List<String> on = page.select("tbody th a").eachText();
            sizes.add(on.size());
            names.addAll(on);
            Element next = page.selectFirst("a[rel=next]");
            path = next == null ? null : next.attr("href");
        }

        assertThat(sizes.subList(0, 2)).containsExactly(100, 100);
        assertThat(names)
                .isEqualTo(running.library().accounts().all().stream()
                        .map(account -> account.name().value())
                        .toList())
                .hasSizeGreaterThan(250);
        assertThat(admin.get("/users?page=2").page().selectFirst("a[rel=prev]").attr("href"))
                .isEqualTo("/users?page=1");
        assertThat(admin.get("/users?page=999999").status()).isEqualTo(200);
    }

    @Test
    void an_outdated_form_stays_outdated_after_an_error() {
        UserName name = new UserName("juma");
        running.library().accounts().create(name, Role.REVIEWER, null, "a reviewer's password");
        Document read = admin.get("/users/juma").page();
        running.library().accounts().change(name, juma -> juma.withActive(false));

        PageClient.Answer wrong = admin.submit(read, "main form", "email", "no address");
        assertThat(wrong.status()).isEqualTo(422);
        PageClient.Answer late = admin.submit(wrong.page(), "main form", "email", "juma@example.org");

        assertThat(late.status()).isEqualTo(409);
        assertThat(now(name).active()).isFalse();
    }
}
