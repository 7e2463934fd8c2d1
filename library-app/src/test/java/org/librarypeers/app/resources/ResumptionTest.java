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
    void signing_in_again_goes_on_with_the_form_that_was_sent() {
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
    void a_form_from_before_somebody_signed_in_again_is_sent_with_one_click() {
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
    void what_another_site_sends_is_not_carried_along() {
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
    void files_that_cannot_be_carried_are_asked_for_again_before_anything_is_saved() {
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
    void nobody_is_sent_elsewhere_by_what_a_form_says() {
        PageClient asha = new PageClient(running.address()).likeABrowser();
        Document signIn = asha.get("/signin").page();

        Answer answer = asha.submit(
                signIn, "main form", "username", ASHA.value(), "password", PASSWORD, "resume", "//evil.example/x");

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.location()).isEqualTo("/");
    }

    @Test
    void the_browser_is_told_which_form_it_need_not_keep_any_more() {
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
