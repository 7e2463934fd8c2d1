package org.librarypeers.app.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;

/** Tests of the pages of a library that has no account yet. */
class FirstAccountPagesTest {

    private final RunningLibrary running = withoutAccounts();
    private final PageClient client = new PageClient(running.address());

    private static RunningLibrary withoutAccounts() {
        RunningLibrary library = RunningLibrary.start();
        library.execute("delete from account");
        return library;
    }

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void before_the_first_account_the_pages_explain_how_to_create_it_without_the_secret() {
        String token = running.library().firstAdministrator().token().orElseThrow();

        for (String path : List.of("/", "/signin")) {
            PageClient.Answer answer = client.get(path);
            assertThat(answer.page().select("#begin").text())
                    .as(path)
                    .contains("no accounts yet", "./library serve", "create_user NAME --role admin");
            assertThat(answer.response().body()).doesNotContain(token);
        }

        running.library().accounts().create(new UserName("asha"), Role.ADMIN, null, "a long password of hers");
        for (String path : List.of("/", "/signin")) {
            assertThat(client.get(path).page().select("#begin")).as(path).isEmpty();
        }
    }

    @Test
    void the_home_page_of_a_library_with_resources_also_explains_the_first_account() {
        running.publish("Water");

        assertThat(client.get("/").page().select("#begin").text()).contains("no accounts yet");
    }
}
