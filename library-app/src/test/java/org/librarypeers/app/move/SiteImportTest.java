package org.librarypeers.app.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.accounts.SignIns;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.catalogue.CatalogueCategory;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.StorageException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of moving a site, through the API and the pages that its users know. */
class SiteImportTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Guid WATER = Guid.of("0b6d1b1c-5d6e-4c0e-9a52-0f2d8f6f3a11");
    private static final UserName AMINA = new UserName("amina@example.org");
    private static final String AMINAS_KEY = "ApiKey amina@example.org:0123456789abcdef0123456789abcdef01234567";

    private static RunningLibrary library;

    @TempDir
    private Path directory;

    private Path dump;
    private Path media;

    @BeforeAll
    static void start() {
        library = RunningLibrary.start();
    }

    @AfterAll
    static void stop() {
        library.close();
    }

    @BeforeEach
    void site() throws IOException {
        dump = directory.resolve("dump.json");
        try (InputStream written =
                Objects.requireNonNull(SiteImportTest.class.getResourceAsStream("/move/orb-dump.json"))) {
            Files.copy(written, dump);
        }
        media = Files.createDirectory(directory.resolve("media"));
        put("resource/2016/05/18/water (A4).pdf", "%PDF-1.4 a poster");
        put("resourceimage/2016/05/18/water.png", "a picture");
        put("tag/2016/03/01/midwife.png", "a drawing");
        put("uploads/boil it.png", "a kettle");
    }

    @AfterEach
    void forget() {
        library.removeResources();
        library.truncate("former_address, former_file, peer");
        library.execute("delete from account where name not in ('reader', 'reviewer')");
    }

    private void put(String path, String content) throws IOException {
        Path file = media.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private MoveReport move() throws IOException {
        return library.library().siteImport().run(dump, media);
    }

    private static LibraryStorage storage() {
        return library.library().storage();
    }

    private static JsonNode api(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = library.get("/api/v1/" + path, "Authorization", AMINAS_KEY);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    @Test
    void programs_find_the_resources_under_their_numbers_with_the_keys_of_their_users() throws Exception {
        move();

        JsonNode water = api("resource/170/");
        assertThat(water.path("guid").asString()).isEqualTo(WATER.toString());
        assertThat(water.path("title_es").asString()).isEqualTo("Agua segura en casa");
        assertThat(water.path("slug").asString()).isEqualTo("safe-water-at-home");
        assertThat(water.path("create_date").asString()).isEqualTo("2016-05-18T21:09:29");
        assertThat(water.path("update_date").asString()).isEqualTo("2016-11-30T01:36:41.250000");
        assertThat(water.path("born_on").asString()).isEqualTo("2015-12-31T00:00:00");
        assertThat(water.path("study_time_number").asInt()).isEqualTo(15);
        assertThat(water.path("image").asString())
                .isEqualTo(library.address() + "/media/resourceimage/2016/05/18/water.png");
        assertThat(water.path("files").get(0).path("file").asString())
                .isEqualTo(library.address() + "/media/resource/2016/05/18/water%20(A4).pdf");
        assertThat(water.path("tags").valueStream().map(tag -> tag.path("id").asLong()))
                .containsExactly(11_122L, 11_123L);
        assertThat(api("resourceurl/67/").path("url").asString()).isEqualTo("https://example.org/water?lang=es");
        assertThat(api("tag/16/").path("name_es").asString()).isEqualTo("Partera");
        assertThat(api("category/3/").path("name_es").asString()).isEqualTo("Público");
        assertThat(api("resourceurl/1/").path("url").asString()).isEqualTo("https://example.org/1");
        assertThat(storage()
                        .resources()
                        .find(Guid.of("1b6d1b1c-5d6e-4c0e-9a52-0f2d8f6f3a11"))
                        .orElseThrow()
                        .content()
                        .attachments())
                .hasSize(3);
        assertThat(api("resourcefile/68/").path("guid").asString()).endsWith("3");
    }

    @Test
    void numbers_of_later_resources_are_higher_than_those_of_the_site() throws Exception {
        move();
        Resource later = library.publish("Made here");

        assertThat(storage().catalogue().find(later.guid()).orElseThrow().id()).isGreaterThan(174);
        storage().tags().findOrAdd(Tag.of("New category", "New tag"));
        assertThat(storage().tags().named("New tag").orElseThrow().id()).isGreaterThan(19);
    }

    @Test
    void files_and_pictures_keep_their_addresses() throws Exception {
        move();

        HttpResponse<String> poster = library.get("/media/resource/2016/05/18/water%20(A4).pdf");
        assertThat(poster.body()).isEqualTo("%PDF-1.4 a poster");
        assertThat(poster.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(library.get("/media/resourceimage/2016/05/18/water.png").body())
                .isEqualTo("a picture");
        assertThat(library.get("/media/tag/2016/03/01/midwife.png").body()).isEqualTo("a drawing");
        assertThat(library.get("/media/uploads/boil%20it.png").body()).isEqualTo("a kettle");
        assertThat(library.get("/media/resource/2016/05/18/lost.pdf").statusCode())
                .isEqualTo(404);
        assertThat(library.get("/media/../../etc/passwd").statusCode()).isNotEqualTo(200);
    }

    @Test
    void former_pages_lead_to_the_present_ones() throws Exception {
        move();

        assertThat(target("/resource/170")).isEqualTo("/resource/safe-water-at-home");
        assertThat(target("/resource/view/safe-water-at-home")).isEqualTo("/resource/safe-water-at-home");
        assertThat(target("/resource/link/67/")).isEqualTo("/resource/safe-water-at-home");
        assertThat(target("/resource/file/67/")).isEqualTo("/media/resource/2016/05/18/water%20(A4).pdf");
        assertThat(target("/tag/view/midwife")).isEqualTo("/tag/midwife");
        assertThat(target("/tag/view/midwife-2")).isEqualTo("/tag/midwife-2");
        assertThat(target("/tag/midwife-2")).isEqualTo("/tag/midwife");
        assertThat(target("/tag/view/Malawi_old")).isEqualTo("/tag/malawi");
        assertThat(target("/search/?q=water")).isEqualTo("/search?q=water");
        assertThat(target("/feed/")).isEqualTo("/feed.atom");
        assertThat(library.get("/resource/171", "Accept", "text/html").statusCode())
                .isEqualTo(404);
        assertThat(library.get("/resource/999").statusCode()).isEqualTo(404);
        assertThat(library.get("/taxonomy", "Accept", "text/html").statusCode()).isEqualTo(404);
    }

    private static String target(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = library.get(path, "Accept", "text/html");
        assertThat(answer.statusCode()).as(path).isEqualTo(301);
        return answer.headers().firstValue("Location").orElseThrow().replace(library.address(), "");
    }

    @Test
    void users_sign_in_with_their_passwords_which_are_then_stored_as_here() throws Exception {
        move();
        SignIns.Caller caller = new SignIns.Caller("192.0.2.7", null);

        assertThat(signIn("a wrong password", caller)).isInstanceOf(SignIns.SignInResult.Wrong.class);
        assertThat(storage().accounts().passwordHash(AMINA).orElseThrow()).startsWith("pbkdf2_sha256$");
        assertThat(signIn("clean water every day", caller)).isInstanceOf(SignIns.SignInResult.SignedIn.class);

        assertThat(storage().accounts().passwordHash(AMINA).orElseThrow()).startsWith("$argon2id$");
        assertThat(signIn("a wrong password", caller)).isInstanceOf(SignIns.SignInResult.Wrong.class);
        assertThat(signIn("clean water every day", caller)).isInstanceOf(SignIns.SignInResult.SignedIn.class);
    }

    private static SignIns.SignInResult signIn(String password, SignIns.Caller caller) {
        return library.library().signIns().signIn(AMINA, password, caller);
    }

    @Test
    void accounts_keep_their_rights() throws Exception {
        move();

        Account amina = storage().accounts().find(AMINA).orElseThrow();
        assertThat(amina.role()).isEqualTo(Role.REVIEWER);
        assertThat(amina.fullName()).isEqualTo("Amina Phiri");
        assertThat(amina.organisation()).isEqualTo("Ministry of Health");
        assertThat(amina.writesApi()).isTrue();
        assertThat(storage().accounts().find(new UserName("root")).orElseThrow().role())
                .isEqualTo(Role.ADMIN);
        Account jose = storage().accounts().find(new UserName("josé")).orElseThrow();
        assertThat(jose.active()).isFalse();
        assertThat(jose.email()).isNull();
        assertThat(jose.role()).isEqualTo(Role.CONTRIBUTOR);
    }

    @Test
    void statuses_sources_and_decisions_are_kept() throws Exception {
        move();

        assertThat(found("0b6d1b1c").status()).isEqualTo(Status.APPROVED);
        assertThat(found("0b6d1b1c").origin()).isInstanceOf(Origin.Local.class);
        assertThat(found("2b6d1b1c").status()).isEqualTo(Status.PENDING);
        assertThat(found("1b6d1b1c").origin()).isInstanceOfSatisfying(Origin.FromPeer.class, source -> {
            assertThat(source.sourceName()).isEqualTo("COVID-19 Library");
            assertThat(source.sourceUrl()).isEqualTo("https://covid.example.org/resource/view/from-elsewhere");
        });
        Decision decision = storage().decisions().about(WATER).get(0);
        assertThat(decision.status()).isEqualTo(Status.APPROVED);
        assertThat(decision.by()).isEqualTo(AMINA);
        assertThat(decision.note()).isEqualTo("Clear pictures");
        assertThat(storage().tags().topics())
                .extracting(CatalogueCategory::name)
                .containsExactly("Health topic", "Audience");
        assertThat(storage().curation().tag(17).orElseThrow().hidden()).isTrue();
        assertThat(storage().curation().tag(18).orElseThrow().place()).isEqualTo(3);
        assertThat(storage().curation().tag(16).orElseThrow().place()).isNull();
    }

    private static Resource found(String start) {
        return storage()
                .resources()
                .find(Guid.of(start + "-5d6e-4c0e-9a52-0f2d8f6f3a11"))
                .orElseThrow();
    }

    @Test
    void peers_are_kept_and_removed_ones_are_inactive() throws Exception {
        move();

        Peer covid = peer("https://covid.example.org");
        assertThat(covid.isQueryable()).isTrue();
        assertThat(covid.name()).isEqualTo("COVID-19 Library");
        assertThat(covid.syncsAutomatically()).isFalse();
        assertThat(peer("https://gone.example.org").active()).isFalse();
        assertThat(storage().peers().all()).hasSize(2);
    }

    private static Peer peer(String host) {
        return storage().peers().findByHost(PeerHost.of(host)).orElseThrow();
    }

    @Test
    void a_preview_lists_what_is_left_and_changes_nothing() throws Exception {
        MoveReport report = library.library().siteImport().preview(dump, media);

        assertThat(report.resources()).containsEntry(Status.APPROVED, 2).containsEntry(Status.PENDING, 2);
        assertThat(report.users()).isEqualTo(3);
        assertThat(report.peers()).isEqualTo(1);
        assertThat(report.tags()).isEqualTo(3);
        assertThat(report.files()).isEqualTo(4);
        assertThat(report.languages()).containsExactly("en", "es");
        assertThat(report.left().stream().flatMap(left -> left.examples().stream()))
                .contains("173", "bad name", "Nowhere", "172: pending_crt", "resource/2016/05/18/lost.pdf", "67");
        assertThat(report.left().stream()
                        .filter(left -> left.what().startsWith("visits"))
                        .map(MoveReport.Left::count))
                .containsExactly(2);
        assertThat(report.left()).anyMatch(left -> left.what().contains("unheardof"));
        assertThat(storage().resources().counts()).isEmpty();
        assertThat(storage().peers().all()).isEmpty();
        assertThat(storage().tags().categories()).isEmpty();
    }

    @Test
    void a_library_that_is_not_empty_is_left_as_it_is() throws Exception {
        library.publish("Made here");

        assertThatThrownBy(this::move).isInstanceOf(StorageException.class).hasMessageContaining("nothing was changed");
        assertThat(storage().peers().all()).isEmpty();
    }

    @Test
    void a_cut_dump_changes_nothing() throws Exception {
        String whole = Files.readString(dump);
        Files.writeString(dump, whole.substring(0, whole.length() - 300), StandardCharsets.UTF_8);

        assertThatThrownBy(this::move).isInstanceOf(MoveException.class);
        Files.writeString(dump, "[{\"guid\": \"x\"}]");
        assertThatThrownBy(this::move).isInstanceOf(MoveException.class).hasMessageContaining("line 1");
        Files.writeString(dump, "[]");
        assertThatThrownBy(this::move).isInstanceOf(MoveException.class);
        assertThat(storage().resources().counts()).isEmpty();
    }

    @Test
    void a_link_out_of_the_media_directory_is_not_followed() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "a secret");
        Files.createSymbolicLink(media.resolve("resource/2016/05/18/lost.pdf"), secret);

        move();

        assertThat(library.get("/media/resource/2016/05/18/lost.pdf").statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_key_that_two_accounts_have_belongs_to_the_first() throws Exception {
        String key = "\"key\": \"0123456789abcdef0123456789abcdef01234567\"";
        String whole = Files.readString(dump);
        Files.writeString(
                dump,
                whole.replaceFirst(
                        "\\n]",
                        ",\n{\"model\": \"tastypie.apikey\", \"pk\": 2, \"fields\": {\"user\": 3, " + key + "}}\n]"));

        move();

        ApiKey shared = new ApiKey("0123456789abcdef0123456789abcdef01234567");
        assertThat(storage().accounts().findByApiKey(shared).map(Account::name)).contains(AMINA);
        assertThat(List.of(storage().accounts().apiKey(new UserName("josé")).orElseThrow()))
                .doesNotContain(shared);
    }
}
