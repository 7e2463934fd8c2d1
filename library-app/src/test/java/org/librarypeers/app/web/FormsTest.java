package org.librarypeers.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.OfflineAnswer;
import org.librarypeers.app.OfflineLibrary;
import org.librarypeers.app.OfflineVisitor;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;

/** Tests of which visitor reaches which page and form, and of what happens to a form that is not accepted. */
class FormsTest {

    private static final String ORIGIN = "http://library.test:8080";

    private final List<Visit> visits = new ArrayList<>();
    private final List<Resumption> resumed = new ArrayList<>();
    private final OfflineLibrary library = OfflineLibrary.withPages((here, pages) -> {
        pages.get("/open", this::answer);
        pages.post("/open", this::answer);
        for (Role role : Role.values()) {
            pages.get("/for/" + role.word(), role, this::answer);
            pages.post("/for/" + role.word(), role, this::answer);
        }
        pages.post("/saved", Role.MEMBER, visit -> visit.go("/open", "peers.saved", "Ä & b"));
        pages.post("/resumed", visit -> Resumption.carried(visit).ifPresent(resumed::add));
        pages.get("/notice", visit -> visit.ctx().result(String.valueOf(visit.notice())));
    });

    private void answer(Visit visit) {
        visits.add(visit);
        visit.ctx().result(visit.token());
    }

    private OfflineVisitor browser() {
        return library.visitor().withCookie("visitor", "somebody");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void a_page_is_for_its_role_and_higher_ones(Role role) {
        OfflineVisitor visitor = library.visitor(role);
        for (Role needed : Role.values()) {
            int expected = role.includes(needed) ? 200 : 403;
            assertThat(visitor.get("/for/" + needed.word()).status())
                    .as("GET %s", needed)
                    .isEqualTo(expected);
            assertThat(visitor.post("/for/" + needed.word()).status())
                    .as("POST %s", needed)
                    .isEqualTo(expected);
        }
        assertThat(visits).hasSize(2 * (Role.values().length - role.ordinal()));
    }

    @Test
    void a_visitor_without_an_account_is_sent_to_the_sign_in_page() {
        OfflineAnswer answer = library.visitor().get("/for/member?a=b&c=d");

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.location()).isEqualTo("/signin?next=%2Ffor%2Fmember%3Fa%3Db%26c%3Dd");
        assertThat(library.visitor()
                        .withHeader("HX-Request", "true")
                        .get("/for/member")
                        .status())
                .isEqualTo(403);
        assertThat(library.visitor()
                        .withHeader("HX-Request", "true")
                        .withHeader("HX-Boosted", "true")
                        .get("/for/member")
                        .status())
                .isEqualTo(303);
        assertThat(browser().post("/for/member").status()).isEqualTo(403);
        assertThat(visits).isEmpty();
    }

    @Test
    void a_form_needs_the_token_of_the_session_or_of_the_visitor() {
        OfflineVisitor member = library.visitor(Role.MEMBER);
        String token = member.get("/open").body();

        assertThat(member.postOnly("/open").status()).isEqualTo(403);
        assertThat(member.postOnly("/open", "csrf", "0".repeat(64))
                        .page()
                        .select("h1")
                        .text())
                .isEqualTo("This form has expired");
        assertThat(member.postOnly("/open", "csrf", token).status()).isEqualTo(200);
        assertThat(member.withHeader("X-CSRFToken", token).postOnly("/open").status())
                .isEqualTo(200);
        assertThat(member.withHeader("X-CSRFToken", "x")
                        .postOnly("/open", "csrf", token)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_visitor_gets_a_secret_with_the_first_token_and_keeps_it() {
        OfflineVisitor visitor = library.visitor();
        String token = visitor.get("/open").body();

        assertThat(visitor.cookie("visitor")).matches("[0-9a-f]{32}");
        assertThat(visitor.get("/open").body()).isEqualTo(token);
        assertThat(visitor.postOnly("/open", "csrf", token).status()).isEqualTo(200);
        assertThat(library.visitor().get("/open").body()).isNotEqualTo(token);
        assertThat(library.visitor().postOnly("/open", "csrf", token).status()).isEqualTo(403);
        OfflineVisitor empty = library.visitor().withCookie("visitor", "");
        assertThat(empty.postOnly("/open", "csrf", library.signIns().token("")).status())
                .isEqualTo(403);
        empty.get("/open");
        assertThat(empty.cookie("visitor")).hasSize(32);
    }

    @Test
    void a_session_that_has_ended_is_none() {
        UserName name = new UserName("asha");
        OfflineVisitor visitor = library.visitor(name, Role.MEMBER);
        library.accounts().change(name, account -> account.withActive(false));

        assertThat(visitor.get("/for/member").status()).isEqualTo(303);
        visitor.get("/open");
        assertThat(visits.get(0).account()).isNull();
        assertThat(visits.get(0).session()).isNull();
    }

    @Test
    void a_public_form_takes_no_files() {
        assertThat(browser()
                        .withHeader("Content-Type", "multipart/form-data; boundary=x")
                        .send("POST", "/open", new byte[0])
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_form_that_was_sent_after_the_session_had_ended_is_carried_by_the_sign_in_page() {
        OfflineAnswer answer = browser()
                .withHeader("Origin", ORIGIN)
                .postOnly("/for/member?a=b", "csrf", "old", "title", "Safe water", "title", "Two");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.page().select("[name=resume]").val()).isEqualTo("/for/member?a=b");
        assertThat(answer.page().select("[name='resumed:title']").eachText()).containsExactly("Safe water", "Two");
        assertThat(answer.page()
                        .select("[name='resumed:csrf'], [name=resume-files]")
                        .eachAttr("value"))
                .allSatisfy(value -> assertThat(value).isEmpty());
        assertThat(answer.header("Content-Security-Policy")).isEqualTo(Website.CONTENT_SECURITY);
    }

    @Test
    void a_form_from_elsewhere_or_of_too_many_bytes_is_not_carried() {
        OfflineVisitor elsewhere = browser().withHeader("Origin", "https://evil.example");
        assertThat(elsewhere.postOnly("/for/member", "title", "x").page().select("[name=resume]"))
                .isEmpty();
        OfflineVisitor here = browser().withHeader("Origin", ORIGIN);
        assertThat(here.postOnly("/for/member", "t", "x".repeat(999_998)).page().select("[name=resume]"))
                .hasSize(1);
        assertThat(here.postOnly("/for/member", "t", "x".repeat(999_999)).page().select("[name=resume]"))
                .isEmpty();
    }

    @Test
    void a_form_with_the_token_of_an_earlier_session_can_be_sent_again() {
        OfflineVisitor member = library.visitor(Role.MEMBER).withHeader("Origin", ORIGIN);

        OfflineAnswer answer = member.postOnly("/for/member", "csrf", "old", "title", "Water");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.page().select("form[action=/for/member] [name=title]").val())
                .isEqualTo("Water");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(member.withHeader("HX-Request", "true")
                        .postOnly("/for/member", "title", "Water")
                        .page()
                        .select("h1")
                        .text())
                .isEqualTo("This form has expired");
        assertThat(browser()
                        .withHeader("Origin", ORIGIN)
                        .postOnly("/open", "title", "Water")
                        .page()
                        .select("h1")
                        .text())
                .isEqualTo("This form has expired");
    }

    @Test
    void a_carried_form_is_read_with_its_path_and_its_fields() {
        browser().post("/resumed", "resume", "/resources/new?x=1", "resumed:title", "Water", "other", "y");
        browser().post("/resumed", "resume", "/resources/new", "resume-files", "on");
        browser().post("/resumed", "resume", "//evil.example/");
        browser().post("/resumed", "resume", "");

        assertThat(resumed)
                .containsExactly(
                        new Resumption("/resources/new?x=1", List.of(new Resumption.Field("title", "Water")), false),
                        new Resumption("/resources/new", List.of(), true));
        assertThat(new Resumption.Field("title", "Water").carried()).isEqualTo("resumed:title");
    }

    @Test
    void a_notice_is_shown_once_by_the_next_page() {
        OfflineVisitor member = library.visitor(Role.MEMBER);
        OfflineAnswer saved = member.post("/saved", "draft", "/resources/new");

        assertThat(saved.status()).isEqualTo(303);
        assertThat(saved.location()).isEqualTo("/open");
        String notice = Messages.in("en").say("peers.saved", "Ä & b");
        assertThat(member.get("/notice").body()).isEqualTo(notice);
        assertThat(member.get("/notice").body()).isEqualTo("null");
        assertThat(library.visitor().withCookie("notice", "%zz").get("/notice").body())
                .isEqualTo("null");
        assertThat(library.visitor().withCookie("notice", "").get("/notice").body())
                .isEqualTo("null");
    }

    @ParameterizedTest
    @CsvSource({"/resources/new, true", "'a b', false", "'', false"})
    void a_saved_draft_is_confirmed_to_the_scripts(String draft, boolean confirmed) {
        OfflineVisitor member = library.visitor(Role.MEMBER);
        OfflineAnswer saved = member.post("/saved", "draft", draft);

        assertThat(saved.headers().get("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith("saved="))
                .hasSize(confirmed ? 1 : 0)
                .allSatisfy(cookie -> assertThat(cookie).doesNotContain("HttpOnly"));
        assertThat(saved.headers().get("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith("notice="))
                .allSatisfy(cookie ->
                        assertThat(cookie).contains("HttpOnly", "SameSite=Lax").doesNotContain("Secure"));
        member.post("/for/member", "draft", "/resources/new");
        assertThat(member.cookie("saved")).isEqualTo(confirmed ? draft : "");
    }

    @Test
    void a_long_notice_is_cut_between_characters() {
        OfflineLibrary shouting = OfflineLibrary.withPages((here, pages) ->
                pages.get("/", visit -> visit.go("/x", "peers.saved", "ä".repeat(2_000))));
        OfflineVisitor visitor = shouting.visitor();
        OfflineAnswer answer = visitor.at("https://library.test").get("/");

        assertThat(visitor.cookie("notice")).endsWith("ää").hasSizeBetween(490, 520);
        assertThat(answer.header("Set-Cookie")).hasSizeLessThan(3_100).contains("Secure");
    }

    @Test
    void pages_have_the_headers_that_protect_them() {
        OfflineAnswer open = library.visitor().get("/open");
        assertThat(open.header("Content-Security-Policy")).isEqualTo(Website.CONTENT_SECURITY);
        assertThat(open.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(open.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(open.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(open.header("Vary")).contains("Accept-Language", "Cookie");
        assertThat(open.header("Content-Language")).isEqualTo("en");
        assertThat(open.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(browser().post("/open").header("Cache-Control")).isEqualTo("no-store");
        assertThat(library.visitor(Role.MEMBER).get("/open").header("Cache-Control"))
                .isEqualTo("no-store");
    }

    @ParameterizedTest
    @CsvSource({"es, '', es", "'', pt-PT, pt", "xx, fr, fr", "'', 'xx, de;q=0.9', en", "fr, es, fr"})
    void the_language_is_the_chosen_one_or_that_of_the_browser(String chosen, String accepted, String language) {
        OfflineVisitor visitor =
                library.visitor().withCookie("language", chosen).withHeader("Accept-Language", accepted);

        assertThat(visitor.get("/open").header("Content-Language")).isEqualTo(language);
    }

    @Test
    void a_chosen_language_is_remembered_and_leads_back() {
        OfflineVisitor visitor = library.visitor();

        assertThat(visitor.get("/language/es?next=/open?a=b").location()).isEqualTo("/open?a=b");
        assertThat(visitor.cookie("language")).isEqualTo("es");
        assertThat(visitor.get("/language/xx").location()).isEqualTo("/");
        assertThat(visitor.cookie("language")).isEqualTo("es");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "//evil.example", "/\\evil.example", "/a b", "", "a"})
    void only_a_path_of_this_library_is_a_local_path(String next) {
        assertThat(Website.localPath(next)).isEqualTo("/");
        assertThat(Website.localPath("/open?a=b#c")).isEqualTo("/open?a=b#c");
    }

    @ParameterizedTest
    @CsvSource({
        "text/html, /resources, true",
        "'text/html,*/*', , true",
        "*/*, /resources, false",
        ", /resources, false",
        "text/html, /api/v1/, false",
        "text/html, /media/x, false",
        "text/html, /assets/x, false"
    })
    void a_page_is_for_those_who_accept_html_and_are_no_programs(String accepted, String path, boolean page) {
        assertThat(Website.isForPages(accepted, path)).isEqualTo(page);
    }

    @Test
    void a_visit_knows_its_request() {
        library.visitor(Role.REVIEWER).get("/open?x=%20y%20");
        Visit visit = visits.get(0);

        assertThat(visit.parameter("x")).isEqualTo("y");
        assertThat(visit.parameter("none")).isEmpty();
        assertThat(visit.address()).isEqualTo("%2Fopen%3Fx%3D%2520y%2520");
        assertThat(visit.absolute("/a")).isEqualTo(ORIGIN + "/a");
        assertThat(visit.isAt("/open")).isTrue();
        assertThat(visit.isAt("/op")).isFalse();
        assertThat(visit.may(Role.CONTRIBUTOR)).isTrue();
        assertThat(visit.may(Role.ADMIN)).isFalse();
        assertThat(visit.signedIn().role()).isEqualTo(Role.REVIEWER);
        assertThat(visit.session()).isNotNull();
        assertThat(visit.isPartial()).isFalse();
        assertThat(visit.waiting()).isZero();
        visit.setWaiting(3);
        assertThat(visit.waiting()).isEqualTo(3);
        assertThat(visit.as(visit.signedIn(), "new").session()).isEqualTo("new");
        assertThat(visit.languages()).isEqualTo(Messages.LANGUAGES);
        assertThat(visit.libraryName()).isEqualTo("Test library");
        assertThat(visit.number(1_234)).isEqualTo("1,234");
        assertThat(visit.field("none")).isEmpty();
        Visit sent = OfflineLibrary.sent("a", " b ");
        assertThat(sent.field("a")).isEqualTo("b");
        assertThat(sent.account()).isNull();
        assertThat(sent.address()).isEqualTo("%2Fform");
    }

    @Test
    void a_form_keeps_its_values_and_the_first_error_of_each_field() {
        FormData form = new FormData().with("a", "1").with("b", null);
        form.refuse("a", "first");
        form.refuse("a", "second");

        assertThat(form.value("a")).isEqualTo("1");
        assertThat(form.value("b")).isEmpty();
        assertThat(form.orNull("a")).isEqualTo("1");
        assertThat(form.orNull("b")).isNull();
        assertThat(form.wrong("a")).isEqualTo("first");
        assertThat(form.wrong("b")).isNull();
        assertThat(form.allWrong()).containsExactly("first");
        assertThat(form.isGood()).isFalse();
        assertThat(new FormData().isGood()).isTrue();
        assertThat(FormData.read(OfflineLibrary.sent("a", " x "), "a", "c").value("a"))
                .isEqualTo("x");
    }

    @Test
    void a_sealed_form_is_based_only_on_the_values_that_it_showed() {
        FormData shown = new FormData().with("a", "1").with("b", "2").sealed();
        FormData sent = new FormData().with("a", "9").with(FormData.SEEN, shown.value(FormData.SEEN));

        assertThat(sent.isBasedOn(new FormData().with("a", "1").with("b", "2").sealed()))
                .isTrue();
        for (Map.Entry<String, String> other :
                Map.of("12", "", "1", "3", "", "12").entrySet()) {
            assertThat(sent.isBasedOn(new FormData()
                            .with("a", other.getKey())
                            .with("b", other.getValue())
                            .sealed()))
                    .isFalse();
        }
    }
}
