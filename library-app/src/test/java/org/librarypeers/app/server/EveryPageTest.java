package org.librarypeers.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.bundles.BundleOrder;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.web.Chromium;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.app.web.StatementLog;
import org.librarypeers.domain.DublinCoreMapping;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerAccess;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.TagRule;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.accounts.AccountTokenRepository.AccountToken;
import org.librarypeers.sync.accounts.AccountTokenRepository.Purpose;
import org.librarypeers.sync.curation.CuratedTag;
import org.librarypeers.sync.curation.CurationService;
import org.librarypeers.sync.reports.ProblemReport;

/** Tests of every page of a library with content: its database statements, its layout and its accessibility. */
@ResourceLock("what the database server logs")
class EveryPageTest {

    private static final String PASSWORD = "a long password";

    /** The status of pages that show a problem. */
    private static final Map<String, Integer> STATUS = Map.of("not-found", 404, "category-merge", 422);

    private static final UserName ADMIN = new UserName("admin");

    /**
     * The maximum number of statements: a few for the page itself, and six for the account, the pending counts and the loading of
     * resources. A search that is corrected or has only some of the words needs up to two further ones for each try.
     */
    private static final int MOST_STATEMENTS = 15;

    private static RunningLibrary maker;
    private static RunningLibrary relay;
    private static RunningLibrary here;
    private static Guid pending;
    /** The secret of a link that sets a password. */
    private static final String LINK = "a-link-of-the-administrator";

    private static Guid changed;
    private static Resource shown;
    private static Peer peer;
    private static Peer repository;
    private static CuratedTag category;
    private static long run;
    private static long problem;
    private static String bundle;

    @BeforeAll
    static void fill() throws Exception {
        maker = RunningLibrary.start("mPowering library");
        relay = RunningLibrary.start("Malawi library");
        here = RunningLibrary.start(settings -> settings.with(Settings.NAME, "Library of the District Hospital")
                .with(Settings.BASE_URL, "https://library.example.org")
                .with(Settings.MAIL_HOST, "127.0.0.1")
                .with(Settings.MAIL_FROM, "library@example.org"));
        here.library().accounts().create(ADMIN, Role.ADMIN, "admin@example.org", PASSWORD);
        here.library().accounts().create(new UserName("amina"), Role.REVIEWER, "amina@example.org", PASSWORD);
        here.library().accounts().create(new UserName("juma"), Role.CONTRIBUTOR, null, PASSWORD);
        here.library()
                .storage()
                .accountTokens()
                .add(LINK, new AccountToken(ADMIN, Purpose.RESET, Instant.now().plus(Duration.ofHours(1))));
        fillFromSamples(maker);
        relay.publishMany(3);
        Peer ofRelay = relay.addPeer(maker);
        relay.library().sync().sync(ofRelay, SyncListener.NONE);
        relay.library().review().approveAll();
        here.publishMany(2);
        peer = here.addPeer(relay);
        var report = here.library().sync().sync(peer, SyncListener.NONE);
        run = report.log().id().value();
        List<Resource> waiting = here.library().review().pending(null, 100);
        here.library()
                .review()
                .approve(waiting.subList(0, 25).stream().map(Resource::guid).toList());
        shown = here.library().storage().resources().find(waiting.get(0).guid()).orElseThrow();
        pending = waiting.get(30).guid();
        changed = waiting.get(1).guid();
        changeUpstream(changed);
        here.library().sync().sync(peer, SyncListener.NONE);
        problem = here.library()
                .storage()
                .problemReports()
                .add(new ProblemReport(
                        0,
                        shown.guid(),
                        shown.content().title().best(List.of("en")),
                        ProblemReport.Kind.BROKEN_LINK,
                        "The second link leads to an empty page.",
                        "reader@example.org",
                        "en",
                        Instant.now(),
                        null));
        curate();
        bundle = uploadedBundle();
        Peer broken = here.addPeer(maker);
        here.library().storage().peers().save(broken.withActive(false));
        repository = Peer.builder()
                .id(here.library().storage().peers().nextId())
                .name("University of Lilongwe")
                .access(new PeerAccess.Oai(
                        URI.create("https://repository.example.org/oai/request"),
                        "com_water",
                        PeerAccess.Oai.DEFAULT_PREFIX,
                        DublinCoreMapping.parse("type=tag:Resource Type; rights=nothing; texts-in=fr")))
                .build();
        here.library().storage().peers().save(repository);
        here.execute("insert into picture (key, address, host, due, attempts, problem, detail) values"
                + " ('1', 'https://pictures.example.org/" + "long".repeat(40) + ".png', 'https://pictures.example.org',"
                + " now() + interval '1 day', 2, 'status', 'HTTP 503'),"
                + " ('2', 'http://10.0.0.1/well.svg', 'http://10.0.0.1', null, 1, 'private_address', '')");
    }

    /** Uploads a bundle of the peer, and returns the address of its page. */
    private static String uploadedBundle() throws Exception {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        relay.library().bundles().write(written, "relay.zip", BundleOrder.EVERYTHING);
        // The about page then shows the fingerprint.
        here.library().bundles().key();
        PageClient admin = new PageClient(here.address());
        admin.signIn(ADMIN.value(), PASSWORD);
        String token =
                admin.get("/bundles").page().select("#upload [name=csrf]").val();
        return admin.upload("/bundles", "bundle", "relay.zip", written.toByteArray(), "csrf", token)
                .location();
    }

    /** Maps a category of the peer, and saves a resource twice. */
    private static void curate() {
        CurationService curation = here.library().curation();
        category = here.library()
                .storage()
                .curation()
                .tagsOf(peer.id(), 1_000, 1)
                .get(0)
                .tag();
        curation.map(new TagRule(peer.id(), "Theme", null, "Health topic", null), ADMIN);
        while (curation.step(100) > 0) {
            // Goes on with the next resources.
        }
        here.publish("A resource that was added twice");
        here.publish("A resource: that was added twice!");
        while (here.library().storage().catalogue().index(100) > 0) {
            // Goes on with the next resources.
        }
    }

    private static void fillFromSamples(RunningLibrary library) throws Exception {
        library.library()
                .resourceImport()
                .run(
                        "resources.jsonl",
                        () -> Objects.requireNonNull(EveryPageTest.class.getResourceAsStream("/demo/resources.jsonl")),
                        true);
    }

    private static void changeUpstream(Guid guid) {
        var resources = relay.library().storage().resources();
        Resource theirs = resources.find(guid).orElseThrow();
        String title = theirs.content().title().best(List.of("en"));
        var content = theirs.content().toBuilder()
                .title(theirs.content().title().with("en", title + ", second edition"))
                .description(LocalizedText.of("en", "<p>Revised by the nurses who use it each day.</p>"))
                .build();
        resources.save(
                theirs.edit(content, UserName.SYSTEM, relay.library().clock().instant()));
    }

    @AfterAll
    static void stop() {
        here.close();
        relay.close();
        maker.close();
    }

    /** Returns the paths of the public pages, by the names of their screenshots. */
    private static Map<String, String> readers() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("home", "/");
        pages.put("search", "/search?q=care");
        pages.put("search-corrected", "/search?q=malria");
        pages.put("search-any", "/search?q=malaria+zzzz&type=pdf");
        pages.put("search-nothing", "/search?q=zzzz");
        pages.put("resource", "/resource/" + shown.slug());
        pages.put("report-problem", "/resource/" + shown.slug() + "/report");
        pages.put("tag", "/tag/nurses");
        pages.put("about", "/about");
        pages.put("api", "/about/api");
        pages.put("sign-in", "/signin");
        pages.put("forgotten", "/forgotten");
        pages.put("password", "/password/" + LINK);
        pages.put("not-found", "/nowhere");
        return pages;
    }

    private static Map<String, String> staff() {
        Map<String, String> pages = new LinkedHashMap<>();
        String ofPeer = "/peers/" + peer.id().value();
        pages.put("overview", "/overview");
        pages.put("profile", "/profile");
        pages.put("key", "/profile/key");
        pages.put("keys", "/profile/keys");
        pages.put("peers", "/peers");
        pages.put("peer-new", "/peers/new");
        pages.put("bundles", "/bundles");
        pages.put("bundle", bundle);
        pages.put("repository-new", "/peers/new?kind=oai");
        pages.put("repository", "/peers/" + repository.id().value());
        pages.put("pictures", "/pictures");
        pages.put("peer", ofPeer);
        pages.put("peer-edit", ofPeer + "/edit");
        pages.put("peer-selection", ofPeer + "/selection?preview=1");
        pages.put("refuse", "/review/" + pending + "/refuse");
        pages.put("refusals", "/refusals");
        pages.put("peer-remove", ofPeer + "/remove");
        pages.put("peer-preview", ofPeer + "/preview");
        pages.put("peer-compare", ofPeer + "/compare?now=1");
        pages.put("run", ofPeer + "/runs/" + run);
        pages.put("review", "/review");
        pages.put("review-changed", "/review?kind=changed");
        pages.put("review-item", "/review?item=" + pending);
        pages.put("review-one", "/review/" + pending);
        pages.put("reports", "/review/reports");
        pages.put("links", "/review/links");
        pages.put("report", "/review/reports/" + problem);
        pages.put("review-difference", "/review/" + changed);
        pages.put("resources", "/resources");
        pages.put("resources-by-title", "/resources?sort=title");
        pages.put("resources-found", "/resources?words=care&sort=title-reversed");
        pages.put("resource-new", "/resources/new");
        pages.put("resource-edit", "/resources/" + shown.guid() + "/edit");
        pages.put("resource-history", "/resources/" + changed + "/history");
        pages.put("users", "/users");
        pages.put("user-new", "/users/new");
        pages.put("audit", "/audit");
        pages.put("user", "/users/amina");
        pages.put("settings", "/settings");
        pages.put("map", "/map");
        pages.put("tags", "/tags");
        pages.put("category", "/categories/" + category.category());
        pages.put("category-merge", "/categories/" + category.category() + "/merge?into=nothing+of+this+name");
        pages.put("tag-edit", "/tags/" + category.tag().id());
        pages.put("tag-merge", "/tags/" + category.tag().id() + "/merge");
        pages.put("rules", "/rules");
        pages.put("peer-tags", ofPeer + "/tags");
        pages.put("duplicates", "/duplicates");
        pages.put("duplicate-archive", "/duplicates/archive?from=" + shown.guid() + "&to=" + changed);
        return pages;
    }

    @Test
    @EnabledIf(
            value = "org.librarypeers.app.web.Chromium#isInstalled",
            disabledReason = "there is no Chromium on this machine")
    void every_page_is_accessible_in_light_and_dark_on_a_desktop_and_on_a_phone() {
        List<String> troubles = new ArrayList<>();
        try (Chromium chromium = Chromium.start()) {
            EveryPage asReader = new EveryPage(chromium, here.address(), "", "");
            readers()
                    .forEach((name, path) ->
                            asReader.troubles(path, name).forEach(trouble -> troubles.add(path + " " + trouble)));
            EveryPage asAdmin = new EveryPage(chromium, here.address(), ADMIN.value(), PASSWORD);
            staff().forEach((name, path) ->
                    asAdmin.troubles(path, name).forEach(trouble -> troubles.add(path + " " + trouble)));
        }
        assertThat(troubles).isEmpty();
    }

    @Test
    @EnabledIf(
            value = "org.librarypeers.app.web.Chromium#isInstalled",
            disabledReason = "there is no Chromium on this machine")
    void on_a_phone_a_menu_has_the_work_areas_and_the_account() {
        try (Chromium chromium = Chromium.start()) {
            EveryPage asAdmin = new EveryPage(chromium, here.address(), ADMIN.value(), PASSWORD);

            assertThat(asAdmin.menuTroubles("/peers", "menu", "/users")).isEmpty();
        }
    }

    @Test
    void a_page_needs_few_statements_whatever_its_size() {
        PageClient admin = new PageClient(here.address());
        admin.signIn(ADMIN.value(), PASSWORD);
        List<String> pages = new ArrayList<>(readers().values());
        pages.addAll(staff().values());
        List<String> dear = new ArrayList<>();
        try (StatementLog log = new StatementLog(here)) {
            for (String path : pages) {
                admin.visit(path);
                List<String> statements = log.during(() -> admin.get(path));
                if (statements.size() > MOST_STATEMENTS) {
                    dear.add(path + ": " + statements.size() + "\n    " + String.join("\n    ", statements));
                }
            }
        }
        assertThat(dear).isEmpty();
    }

    @Test
    void every_page_exists_and_is_small() {
        PageClient admin = new PageClient(here.address());
        admin.signIn(ADMIN.value(), PASSWORD);
        for (Map<String, String> pages : List.of(readers(), staff())) {
            pages.forEach((name, path) -> {
                PageClient.Answer answer = admin.visit(path);
                assertThat(answer.status()).as(path).isEqualTo(STATUS.getOrDefault(name, 200));
                assertThat(answer.response().body().getBytes(StandardCharsets.UTF_8).length)
                        .as(path)
                        .isLessThan(60_000);
                assertThat(answer.page().select("h1")).as(path).hasSize(1);
                assertThat(answer.page().select(".who form[action='/signout']"))
                        .as(path)
                        .hasSize(1);
                assertThat(answer.page().select("html[lang][dir] head title").text())
                        .as(path)
                        .isNotBlank();
            });
        }
        assertThat(here.library().storage().resources().counts().keySet()).contains(Status.APPROVED, Status.PENDING);
    }
}
