package org.librarypeers.app.resources;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.app.web.PageClient.Answer;
import org.librarypeers.domain.Resource;

/** Tests of a session that ends while a user fills in a form, without scripts. */
class ResumptionTest extends EditedLibrary {

    private static final String TITLE = "Safe <b>\"water\"</b>";
    private static final String DESCRIPTION = "\nBoil it.\n\nThen < 5 minutes.";

    private static Document signedOutWhileWriting(PageClient asha) {
        Document form = asha.get("/resources/new").page();
        running.execute("truncate session");
        Answer refused = asha.submit(form, FORM, "title", TITLE, "description", DESCRIPTION, "tag-new", "Topic: Water");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.page().select(".hint").text()).contains("What you typed is not lost: sign in");
        assertThat(refused.response().headers().firstValue("Cache-Control")).hasValue("no-store");
        return refused.page();
    }

    @Test
    void signing_in_again_continues_with_the_submitted_form() {
        PageClient asha = asha().likeABrowser();
        Document signIn = signedOutWhileWriting(asha);

        Answer wrong = asha.submit(signIn, "main form", "username", ASHA.value(), "password", "not this one");
        assertThat(wrong.status()).isEqualTo(401);
        Answer again = asha.submit(wrong.page(), "main form", "username", ASHA.value(), "password", PASSWORD);
        assertThat(again.status()).isEqualTo(200);
        assertThat(running.library().storage().catalogue().all(0, 1)).isEmpty();
        Answer saved = asha.submit(again.page(), "main form");

        assertThat(saved.status()).isEqualTo(303);
        Resource made = only();
        assertThat(made.content().title().in("en")).contains(TITLE);
        assertThat(made.content().description().in("en")).contains("<p>Boil it.</p><p>Then &lt; 5 minutes.</p>");
        assertThat(made.content().tags()).hasSize(1);
    }

    @Test
    void a_form_of_an_earlier_session_is_submitted_with_one_click() {
        PageClient asha = asha().likeABrowser();
        Document form = asha.get("/resources/new").page();
        running.execute("truncate session");
        asha.signIn(ASHA.value(), PASSWORD);

        Answer old = asha.submit(form, FORM, "title", TITLE);
        assertThat(old.status()).isEqualTo(403);
        assertThat(old.page().select("h1").text()).isEqualTo("Send the form again");
        assertThat(running.library().storage().catalogue().all(0, 1)).isEmpty();

        assertThat(asha.submit(old.page(), "main form").status()).isEqualTo(303);
        assertThat(only().content().title().in("en")).contains(TITLE);
    }

    @Test
    void a_form_of_another_site_is_not_kept() {
        Document form = asha().get("/resources/new").page();
        running.execute("truncate session");
        PageClient stranger =
                new PageClient("http://localhost:" + running.address().replaceFirst(".*:", ""));

        Answer refused = stranger.submit(form, FORM, "title", "Evil");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.page().select("h1").text()).isEqualTo("You are no longer signed in");
        assertThat(refused.response().body()).doesNotContain("Evil");
    }

    @Test
    void lost_files_must_be_selected_again_before_the_form_is_saved() {
        PageClient asha = asha().likeABrowser();
        String token =
                asha.get("/resources/new").page().select(FORM + " [name=csrf]").val();
        running.execute("truncate session");

        Answer refused = asha.upload(
                "/resources/new?language=en", "upload", "a.txt", new byte[] {1}, "csrf", token, "title", TITLE);
        assertThat(refused.page().select(".hint").text()).contains("choose them again");
        Answer again = asha.submit(refused.page(), "main form", "username", ASHA.value(), "password", PASSWORD);
        Answer form = asha.submit(again.page(), "main form");

        assertThat(form.status()).isEqualTo(200);
        assertThat(form.page().select("#f-title").val()).isEqualTo(TITLE);
        assertThat(running.library().storage().catalogue().all(0, 1)).isEmpty();
    }

    @Test
    void a_form_cannot_redirect_to_another_site() {
        PageClient asha = new PageClient(running.address()).likeABrowser();
        Document signIn = asha.get("/signin").page();

        Answer answer = asha.submit(
                signIn, "main form", "username", ASHA.value(), "password", PASSWORD, "resume", "//evil.example/x");

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.location()).isEqualTo("/");
    }

    @Test
    void a_cookie_names_the_draft_that_was_saved() {
        PageClient asha = asha();
        Document form = asha.get("/resources/new").page();

        Answer refused = asha.submit(form, FORM, "title", "");
        assertThat(refused.response().headers().allValues("Set-Cookie")).noneMatch(each -> each.startsWith("saved="));
        Answer saved = asha.submit(form, FORM, "title", "Water");

        assertThat(saved.response().headers().allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("saved=%2Fresources%2Fnew%3Flanguage%3Den;")
                        .doesNotContain("HttpOnly"));
    }
}
