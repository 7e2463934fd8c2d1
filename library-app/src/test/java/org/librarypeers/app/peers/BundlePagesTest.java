package org.librarypeers.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.bundles.BundleOrder;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PublicationPolicy;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.contract.SampleAttachment;

/** Tests of the pages on which bundles are uploaded, looked at, taken and made. */
@Timeout(120)
class BundlePagesTest {

    private static final String PASSWORD = "the boss's own password";

    private static RunningLibrary there;
    private static RunningLibrary here;
    private static PageClient admin;

    @BeforeAll
    static void start() {
        there = RunningLibrary.start(
                settings -> settings.with(Settings.NAME, "Clinic A").with(Settings.BASE_URL, "https://a.example.org"));
        here = RunningLibrary.start(settings -> settings.with(Settings.BUNDLES_MAX_UPLOAD_MIB, "1"));
        here.library().accounts().create(new UserName("boss"), Role.ADMIN, null, PASSWORD);
        admin = new PageClient(here.address());
        admin.signIn("boss", PASSWORD);
    }

    @AfterAll
    static void stop() {
        here.close();
        there.close();
    }

    private static byte[] written(BundleOrder order) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        there.library().bundles().write(bytes, "a.zip", order);
        return bytes.toByteArray();
    }

    private static PageClient.Answer upload(byte[] bundle) {
        String token =
                admin.get("/bundles").page().select("#upload [name=csrf]").val();
        return admin.upload("/bundles", "bundle", "a.zip", bundle, "csrf", token);
    }

    private static Document uploaded(byte[] bundle) {
        PageClient.Answer answer = upload(bundle);
        assertThat(answer.status()).as(answer.page().text()).isEqualTo(303);
        return admin.get(answer.location()).page();
    }

    private static String fingerprint() {
        return there.library().bundles().key().publicKey().fingerprint();
    }

    /** Waits until everything of an upload was read. */
    private static void awaitRemoval(PageClient client, Document page) {
        String address = page.select("#take").attr("action");
        SyncedLibrary.await("the end of the reading", () -> client.get(address).status() == 404);
    }

    @Test
    void a_bundle_is_looked_at_confirmed_and_taken_and_its_files_are_served_from_here() throws Exception {
        byte[] poster = "a poster".getBytes(StandardCharsets.UTF_8);
        String sha256 = there.library()
                .files()
                .put(new ByteArrayInputStream(poster), 100)
                .sha256();
        Guid guid = Guid.random();
        there.publish(
                guid,
                ResourceContent.titled(LocalizedText.of("en", "Safe water"))
                        .attachments(List.of(SampleAttachment.file("/media/resource/" + sha256 + "/poster.pdf")
                                .build()))
                        .build());
        Document page = uploaded(written(BundleOrder.EVERYTHING.withFiles(true)));
        assertThat(page.text()).contains("Clinic A").contains(fingerprint()).contains("https://a.example.org");
        assertThat(admin.get("/bundles").page().select("a[href^=/bundles/]")).isNotEmpty();

        Document previewed = admin.submit(page, "#take", "do", "preview").page();
        assertThat(previewed.select(".numbers").text()).contains("1");
        assertThat(here.library().storage().peers().all()).isEmpty();

        assertThat(admin.submit(page, "#take", "do", "take").status()).isEqualTo(422);
        PageClient.Answer wrong = admin.submit(page, "#take", "do", "take", "trust", "0000-1111");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("#w-trust")).hasSize(1);
        assertThat(wrong.page().select("#f-trust").val()).isEqualTo("0000-1111");
        assertThat(here.library().storage().peers().all()).isEmpty();

        PageClient.Answer taken = admin.submit(page, "#take", "do", "take", "trust", fingerprint());
        assertThat(taken.location()).matches("/peers/\\d+/runs/\\d+");
        awaitRemoval(admin, page);
        assertThat(here.texts("select action from audit_entry order by id")).contains("peer-added", "bundle-read");

        String file = "/media/resource/" + sha256 + "/poster.pdf";
        for (String review : List.of("/review/" + guid, "/review?item=" + guid)) {
            Document item = admin.get(review).page();
            assertThat(item.select("a[href=" + file + "]").text()).contains("https://a.example.org" + file);
            assertThat(item.select("a[href^=https://a.example.org/media]")).isEmpty();
            PageClient.Answer anonymous = new PageClient(here.address()).get(review);
            assertThat(anonymous.status()).isEqualTo(303);
            assertThat(anonymous.response().body()).doesNotContain(sha256);
        }

        var resources = here.library().storage().resources();
        assertThat(new PageClient(here.address())
                        .get("/resource/" + resources.find(guid).orElseThrow().slug())
                        .status())
                .isEqualTo(404);
        resources.save(resources
                .find(guid)
                .orElseThrow()
                .approve(here.library().clock().instant()));
        String address = "/resource/" + resources.find(guid).orElseThrow().slug();
        assertThat(admin.get(address).page().select(".attachments a[href]").attr("href"))
                .isEqualTo(file);
        assertThat(admin.get(file).response().body()).isEqualTo("a poster");
        assertThat(resources.find(guid).orElseThrow().status()).isEqualTo(Status.APPROVED);
    }

    @Test
    void a_file_that_is_cut_changed_or_no_bundle_is_refused_with_what_to_do() throws Exception {
        byte[] whole = written(BundleOrder.EVERYTHING);
        byte[] changed = whole.clone();
        changed[whole.length / 2] ^= 1;

        for (byte[] bad : List.of(Arrays.copyOf(whole, whole.length / 2), changed, new byte[] {1, 2, 3})) {
            PageClient.Answer answer = upload(bad);
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.page().select("[role=alert]").text()).contains("Nothing was saved");
        }
        assertThat(upload(new byte[(1 << 20) + 1]).status()).isEqualTo(413);
    }

    @Test
    void a_bundle_that_names_a_peer_which_is_here_needs_a_second_confirmation() throws Exception {
        try (RunningLibrary other = RunningLibrary.start()) {
            other.library().accounts().create(new UserName("boss"), Role.ADMIN, null, PASSWORD);
            PageClient boss = new PageClient(other.address());
            boss.signIn("boss", PASSWORD);
            Peer known = Peer.builder()
                    .id(other.library().storage().peers().nextId())
                    .name("A on the network")
                    .host(PeerHost.of("https://a.example.org"))
                    .build();
            other.library().storage().peers().save(known);
            String token =
                    boss.get("/bundles").page().select("#upload [name=csrf]").val();
            PageClient.Answer sent =
                    boss.upload("/bundles", "bundle", "a.zip", written(BundleOrder.EVERYTHING), "csrf", token);
            Document page = boss.get(sent.location()).page();

            PageClient.Answer refused = boss.submit(page, "#take", "do", "take", "trust", fingerprint());
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.page().select("#w-peer")).hasSize(1);
            assertThat(boss.submit(
                                    page,
                                    "#take",
                                    "do",
                                    "take",
                                    "trust",
                                    fingerprint(),
                                    "peer",
                                    known.id().toString())
                            .status())
                    .isEqualTo(303);
            awaitRemoval(boss, page);
        }
    }

    @Test
    void what_a_library_that_becomes_a_peer_may_publish_is_chosen_before_its_bundle_is_taken() throws Exception {
        Guid guid = there.publish("Published by the policy").guid();
        try (RunningLibrary other = RunningLibrary.start()) {
            other.library().accounts().create(new UserName("boss"), Role.ADMIN, null, PASSWORD);
            PageClient boss = new PageClient(other.address());
            boss.signIn("boss", PASSWORD);
            String token =
                    boss.get("/bundles").page().select("#upload [name=csrf]").val();
            PageClient.Answer sent =
                    boss.upload("/bundles", "bundle", "a.zip", written(BundleOrder.EVERYTHING), "csrf", token);
            Document page = boss.get(sent.location()).page();
            assertThat(page.select("[name=publication][checked]").val()).isEqualTo("publish_updates");

            Document refused = boss.submit(page, "#take", "do", "take", "publication", "publish_everything")
                    .page();
            assertThat(refused.select("[name=publication][checked]").val()).isEqualTo("publish_everything");
            boss.submit(refused, "#take", "do", "take", "trust", fingerprint());
            awaitRemoval(boss, page);

            assertThat(other.library().storage().peers().all())
                    .extracting(Peer::publication)
                    .containsExactly(PublicationPolicy.PUBLISH_EVERYTHING);
            assertThat(other.library()
                            .storage()
                            .resources()
                            .find(guid)
                            .orElseThrow()
                            .status())
                    .isEqualTo(Status.APPROVED);

            // A peer that is here already keeps its policy, so the page does not ask.
            token = boss.get("/bundles").page().select("#upload [name=csrf]").val();
            sent = boss.upload("/bundles", "bundle", "a.zip", written(BundleOrder.EVERYTHING), "csrf", token);
            assertThat(boss.get(sent.location()).page().select("[name=publication]"))
                    .isEmpty();
        }
    }

    @Test
    void a_bundle_can_be_made_and_downloaded_and_wrong_fields_are_named() {
        Document page = admin.get("/bundles").page();
        PageClient.Answer answer = admin.submit(page, "#write", "only", "language:fr");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().headers().firstValue("Content-Type")).contains("application/zip");
        assertThat(answer.response().body()).startsWith("PK");
        assertThat(here.texts("select action from audit_entry")).contains("bundle-written");

        PageClient.Answer wrong = admin.submit(page, "#write", "only", "colour:red", "since", "yesterday");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("#w-only")).hasSize(1);
        assertThat(wrong.page().select("#f-since").val()).isEqualTo("yesterday");
        assertThat(admin.get("/about").page().select("#fingerprint").text())
                .isEqualTo(here.library().bundles().key().publicKey().fingerprint());
        assertThat(admin.get("/bundles/nothing").status()).isEqualTo(404);
    }
}
