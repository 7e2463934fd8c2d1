package org.librarypeers.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jsoup.helper.HttpConnection;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.config.Configuration;
import org.librarypeers.app.notifications.MailServer;
import org.librarypeers.app.pictures.SamplePictures;
import org.librarypeers.app.server.LibraryServer;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.app.wiring.LibrarySettings;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.AuditEntry;
import org.librarypeers.sync.accounts.AuditLog;
import org.librarypeers.sync.contract.Await;

/** Tests of the page of the settings, and of what its changes do. */
@Timeout(120)
class SettingsPagesTest {

    private static final String PASSWORD = "the boss's own password";
    private static final String FORM = "form[action='/settings']";

    private static RunningLibrary running;
    private static PageClient boss;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start(settings -> configured(settings, Map.of()));
        boss = administrator(running);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @BeforeEach
    void forget() {
        running.execute("truncate setting, audit_entry");
        running.library().editableSettings().reload();
    }

    /** Returns the settings of a library that only these variables configure. */
    private static LibrarySettings configured(LibrarySettings settings, Map<String, String> variables) {
        Configuration configuration = Configuration.reader()
                .environment(variables)
                .systemFile(settings.home().resolve("no-such-file"))
                .option(
                        "--home",
                        org.librarypeers.app.config.Settings.HOME,
                        settings.home().toString())
                .read();
        return new LibrarySettings(configuration, RunningLibrary.PASSWORD_COST);
    }

    private static PageClient administrator(RunningLibrary library) {
        library.library().accounts().create(new UserName("boss"), Role.ADMIN, "boss@example.org", PASSWORD);
        PageClient client = new PageClient(library.address());
        client.signIn("boss", PASSWORD);
        return client;
    }

    private static Document page() {
        return boss.get("/settings").page();
    }

    private static PageClient.Answer submit(String... fields) {
        return boss.submit(page(), FORM, fields);
    }

    /** Sends the form of a page with a file. */
    private static PageClient.Answer upload(Document page, String fileName, byte[] content, String... fields) {
        List<String> all = new ArrayList<>(List.of(fields));
        FormElement form = (FormElement) Objects.requireNonNull(page.selectFirst(FORM));
        for (HttpConnection.KeyVal each : form.formData().stream()
                .map(each -> (HttpConnection.KeyVal) each)
                .toList()) {
            if (!List.of(fields).contains(each.key()) && !each.key().equals("logo")) {
                all.addAll(List.of(each.key(), each.value()));
            }
        }
        return boss.upload("/settings", "logo", fileName, content, all.toArray(String[]::new));
    }

    private static PageClient.Answer asReader(String path, String language) {
        return new PageClient(running.address(), language).get(path);
    }

    private static String logo(Document page) {
        return page.select(".brand img").attr("src");
    }

    private static List<AuditEntry> changes() {
        return running.library()
                .storage()
                .audit()
                .find(new AuditLog.Filter(null, AuditAction.SETTING_CHANGED.word(), null), null, 100);
    }

    @Test
    void a_change_applies_at_once_to_pages_feeds_the_api_and_syncs() {
        assertThat(page().select("[name=name]").val()).isEmpty();

        PageClient.Answer saved = submit(
                "name", " مكتبة المقاطعة 💧 ",
                "languages", "PT-BR, en,en",
                "contact", "library@example.org",
                "sync.every-hours", "8");

        assertThat(saved.location()).isEqualTo("/settings");
        assertThat(boss.visit("/settings").page().select("[name=languages]").val())
                .isEqualTo("pt-br,en");
        Document about = asReader("/about", "en").page();
        assertThat(about.title()).contains("مكتبة المقاطعة 💧");
        assertThat(about.select("main a[href='mailto:library@example.org']").text())
                .isEqualTo("library@example.org");
        assertThat(asReader("/feed.atom", "en").response().body()).contains("مكتبة المقاطعة 💧");
        assertThat(boss.get("/resources/new").page().select(".tongues a").eachText())
                .containsExactly("Portuguese (Brazil)", "English");
        assertThat(running.library().settings().schedule().interval()).hasHours(8);
        String ofPeer = "/peers/" + running.addPeer(running).id().value();
        assertThat(boss.get(ofPeer).page().text()).contains("8 hours");
        assertThat(asReader("/openapi.json", "en").response().body())
                .contains("title_pt_br")
                .doesNotContain("title_es");
    }

    @Test
    void another_node_applies_a_change_within_seconds() {
        try (Library node = running.openAgain();
                LibraryServer server = LibraryServer.start(node, "127.0.0.1", 0)) {
            submit("name", "District library");

            Await.await(
                    "the other node has the name",
                    () -> new PageClient(server.address())
                            .get("/")
                            .page()
                            .title()
                            .contains("District library"));
        }
    }

    @Test
    void an_empty_field_returns_to_the_default_and_each_change_is_recorded() {
        submit("name", "District library", "sync.every-hours", "8");
        running.execute("truncate audit_entry");

        submit("name", "", "sync.every-hours", "12");

        assertThat(running.library().settings().name()).isEqualTo("Our library");
        assertThat(changes())
                .extracting(entry -> Objects.requireNonNull(entry.subject()).id(), AuditEntry::details)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("name", Map.of("from", "District library")),
                        org.assertj.core.groups.Tuple.tuple("sync.every-hours", Map.of("from", "8", "to", "12")));
        Document log = boss.get("/audit").page();
        assertThat(log.select(".rows li").text()).contains("Setting changed: name", "before: District library");
        assertThat(log.select(".rows a[href='/settings']")).isNotEmpty();

        submit();
        assertThat(changes()).hasSize(2);
    }

    @Test
    void wrong_values_are_explained_at_their_fields_and_nothing_is_saved() {
        PageClient.Answer refused = submit(
                "name", "x".repeat(101),
                "languages", "english!",
                "contact", "nobody",
                "sync.every-hours", "169",
                "about-en", "x".repeat(SettingsForm.LONGEST_ABOUT + 1),
                "about-es", "Sobre nosotros");

        assertThat(refused.status()).isEqualTo(422);
        for (String field : List.of("name", "languages", "contact", "sync.every-hours", "about-en")) {
            assertThat(refused.page().getElementById("w-" + field)).as(field).isNotNull();
        }
        assertThat(refused.page().select("[name=contact]").val()).isEqualTo("nobody");
        assertThat(refused.page().select("[name=about-es]").val()).isEqualTo("Sobre nosotros");
        assertThat(running.library().storage().settings().all()).isEmpty();
        assertThat(changes()).isEmpty();

        boss.submit(
                refused.page(),
                FORM,
                "name",
                "Good",
                "languages",
                "es",
                "contact",
                "",
                "sync.every-hours",
                "1",
                "about-en",
                "");
        assertThat(running.library().storage().settings().all())
                .isEqualTo(Map.of(
                        "name", "Good", "languages", "es", "sync.every-hours", "1", "about.es", "Sobre nosotros"));
    }

    @Test
    void an_outdated_form_changes_nothing_and_shows_what_is_stored_now() {
        Document read = page();
        submit("name", "By another one", "about-en", "Ours.");

        PageClient.Answer late = boss.submit(read, FORM, "name", "Mine", "contact", "mine@example.org");

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.page().select("[name=name]").val()).isEqualTo("Mine");
        assertThat(late.page().select("section[aria-labelledby=now] dd").eachText())
                .contains("By another one", "Ours.");
        assertThat(running.library().settings().name()).isEqualTo("By another one");

        assertThat(boss.submit(late.page(), FORM).status()).isEqualTo(303);
        assertThat(running.library().settings().name()).isEqualTo("Mine");
        assertThat(running.library().settings().contact()).isEqualTo("mine@example.org");
    }

    @Test
    void a_value_that_the_configuration_sets_is_shown_with_its_place_and_cannot_be_changed() {
        Map<String, String> variables = Map.of(
                "LIBRARY_NAME",
                "Named by the server",
                "LIBRARY_MAIL_HOST",
                "127.0.0.1",
                "LIBRARY_MAIL_FROM",
                "library@example.org",
                "LIBRARY_MAIL_PASSWORD",
                "hidden password",
                "LIBRARY_MAIL_USER",
                "library");
        try (RunningLibrary fixed = RunningLibrary.start(settings -> configured(settings, variables))) {
            PageClient client = administrator(fixed);
            Document page = client.get("/settings").page();

            assertThat(page.select(".fixed").text()).contains("Named by the server", "LIBRARY_NAME");
            assertThat(page.select("[name=name]")).isEmpty();
            assertThat(page.text()).doesNotContain("hidden password");

            client.submit(page, FORM, "name", "Smuggled", "contact", "library@example.org");
            assertThat(fixed.library().settings().name()).isEqualTo("Named by the server");
            assertThat(fixed.library().storage().settings().all()).containsOnlyKeys("contact");
        }
    }

    @Test
    void a_logo_is_scaled_checked_and_shown_beside_the_name() throws Exception {
        PageClient.Answer saved = upload(page(), "logo.png", SamplePictures.bytes("png", 900, 300));

        assertThat(saved.location()).isEqualTo("/settings");
        String path = logo(asReader("/", "en").page());
        HttpResponse<byte[]> first = picture(path, null);
        assertThat(path).startsWith("/picture/").endsWith(".jpeg");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(first.body()))
                        .getWidth())
                .isEqualTo(320);
        String tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(picture(path, tag).statusCode()).isEqualTo(304);
        assertThat(changes()).hasSize(1);

        boss.submit(page(), FORM, "logo-remove", "on");
        assertThat(logo(asReader("/", "en").page())).startsWith("/assets/");
        assertThat(running.library().storage().settings().all()).isEmpty();
    }

    private static HttpResponse<byte[]> picture(String path, String tag) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(running.address() + path));
        if (tag != null) {
            request.header("If-None-Match", tag);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void a_file_that_is_no_picture_is_refused_and_a_good_one_waits_for_the_other_fields() {
        PageClient.Answer script =
                upload(page(), "logo.png", "<svg onload='x'>".getBytes(StandardCharsets.UTF_8), "name", "Kept");
        assertThat(script.status()).isEqualTo(422);
        assertThat(script.page().select("#w-logo").text()).contains("logo.png");
        assertThat(script.page().select("[name=name]").val()).isEqualTo("Kept");

        PageClient.Answer waiting =
                upload(page(), "logo.png", SamplePictures.bytes("png", 40, 40), "contact", "nobody");
        assertThat(waiting.status()).isEqualTo(422);
        assertThat(logo(asReader("/", "en").page())).startsWith("/assets/");

        assertThat(boss.submit(waiting.page(), FORM, "contact", "").status()).isEqualTo(303);
        assertThat(logo(asReader("/", "en").page())).startsWith("/picture/");

        boss.submit(page(), FORM, "logo-remove", "on", "logo-waiting", "0".repeat(64) + ".png 1x1");
        assertThat(running.library().storage().settings().all()).isEmpty();
    }

    @Test
    void the_text_about_the_library_is_in_the_readers_language_and_outlives_a_removed_language() {
        submit("about-en", "First <b>line</b>\nsecond\n\nAnother paragraph", "about-es", "Sobre nosotros");

        Document english = asReader("/about", "en").page();
        assertThat(english.select("main [lang=en] p")).hasSize(2);
        assertThat(english.select("main [lang=en] p").first().wholeText()).contains("First <b>line</b>", "second");
        assertThat(asReader("/about", "es").page().select("main [lang=es] p").text())
                .isEqualTo("Sobre nosotros");
        assertThat(asReader("/about", "fr").page().select("main [lang=en] p")).hasSize(2);

        submit("languages", "en,fr");

        assertThat(page().select("[name=about-es]").val()).isEqualTo("Sobre nosotros");
        assertThat(asReader("/about", "es").page().select("main [lang=es] p").text())
                .isEqualTo("Sobre nosotros");
    }

    @Test
    void a_resource_that_is_being_written_in_a_removed_language_keeps_its_language() {
        Document form = boss.get("/resources/new?language=es").page();
        submit("languages", "en");

        PageClient.Answer saved = boss.submit(form, "main form[enctype]", "title", "El agua", "description", "Texto");
        if (saved.status() != 303) {
            saved = boss.submit(saved.page(), "main form[enctype]");
        }

        assertThat(running.texts("select title::text from resource where title::text like '%El agua%'"))
                .singleElement()
                .asString()
                .contains("\"es\"");
    }

    @Test
    void a_test_mail_shows_the_answer_of_the_server_or_the_reason_of_a_failure() {
        assertThat(boss.get("/settings").page().select("form[action='/settings/mail']"))
                .isEmpty();
        try (MailServer mails = MailServer.start()) {
            Map<String, String> variables = Map.of(
                    "LIBRARY_MAIL_HOST",
                    "127.0.0.1",
                    "LIBRARY_MAIL_PORT",
                    String.valueOf(mails.port()),
                    "LIBRARY_MAIL_SECURITY",
                    "none",
                    "LIBRARY_MAIL_FROM",
                    MailServer.FROM);
            try (RunningLibrary mailing = RunningLibrary.start(settings -> configured(settings, variables))) {
                PageClient client = administrator(mailing);
                client.submit(client.get("/settings").page(), FORM, "name", "District library");
                Document page = client.get("/settings").page();

                client.submit(page, "form[action='/settings/mail']");
                assertThat(client.get("/settings").page().select(".notice").text())
                        .contains("boss@example.org", "250");
                assertThat(mails.mails()).singleElement().satisfies(mail -> {
                    assertThat(mail.to()).isEqualTo("boss@example.org");
                    assertThat(mail.header("From")).contains("District library");
                });

                mails.server().stop();
                PageClient.Answer failed = client.submit(page, "form[action='/settings/mail']");
                assertThat(failed.status()).isEqualTo(422);
                assertThat(failed.page().select(".problem").text()).contains("127.0.0.1:" + mails.port());
            }
        }
    }
}
