package org.librarypeers.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.bundles.BundleOrder;
import org.librarypeers.app.bundles.BundleService;
import org.librarypeers.app.config.Settings;
import org.librarypeers.bundle.OpenedBundle;
import org.librarypeers.domain.DublinCoreMapping;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerAccess;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.Comparison;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.contract.SampleAttachment;

/**
 * Tests a chain of libraries in which each reads the one before it in another way: B reads a bundle of A, C harvests B over OAI-PMH, and D
 * reads the full feed of C and compares digests.
 */
@TestMethodOrder(OrderAnnotation.class)
@Timeout(180)
class NetworkChainTest {

    private static final int RESOURCES = 250;
    private static final Guid WATER = Guid.random();

    @TempDir
    private static Path folder;

    private static RunningLibrary a;
    private static RunningLibrary b;
    private static RunningLibrary c;
    private static RunningLibrary d;
    private static Peer ofC;
    private static Peer ofD;

    @BeforeAll
    static void start() {
        a = RunningLibrary.start(
                settings -> settings.with(Settings.NAME, "Clinic A").with(Settings.BASE_URL, "https://a.example.org"));
        b = RunningLibrary.start("District B");
        c = RunningLibrary.start("University C");
        d = RunningLibrary.start("Ministry D");
        a.publish(
                WATER,
                ResourceContent.titled(LocalizedText.of("en", "Safe water").with("ar", "ماء آمن"))
                        .description(LocalizedText.of("en", "<p>Boil it for a minute.</p>"))
                        .tags(List.of(Tag.of("Health topic", "Hygiene")))
                        .attachments(List.of(SampleAttachment.link("https://example.org/water.html")
                                .build()))
                        .build());
        a.publishMany(RESOURCES - 1);
    }

    @AfterAll
    static void stop() {
        d.close();
        c.close();
        b.close();
        a.close();
    }

    private static Map<Guid, LocalizedText> titles(RunningLibrary library) {
        return library.library().review().pending(null, 1).isEmpty() ? published(library) : Map.of();
    }

    private static Map<Guid, LocalizedText> published(RunningLibrary library) {
        return library.texts("select guid::text from resource where status = 'approved'").stream()
                .map(Guid::of)
                .map(guid -> found(library, guid))
                .collect(Collectors.toMap(
                        Resource::guid, resource -> resource.content().title(), (one, other) -> one, TreeMap::new));
    }

    private static Resource found(RunningLibrary library, Guid guid) {
        return library.library().storage().resources().find(guid).orElseThrow();
    }

    private static SyncReport sync(RunningLibrary library, Peer peer) {
        SyncReport report = library.library().sync().sync(peer, SyncListener.NONE);
        assertThat(report.succeeded()).as(report.log().message()).isTrue();
        library.library().review().approveAll();
        return report;
    }

    @Test
    @Order(1)
    void b_reads_the_bundle_that_a_wrote() throws Exception {
        Path file = folder.resolve("a.zip");
        a.library().bundles().write(file, BundleOrder.EVERYTHING);
        BundleService service = b.library().bundles();

        try (OpenedBundle bundle = service.open(file)) {
            Peer peer = service.confirm(service.sender(bundle.manifest()));
            assertThat(service.read(bundle, peer, SyncListener.NONE).report().succeeded())
                    .isTrue();
        }

        b.library().review().approveAll();
        assertThat(titles(b)).hasSize(RESOURCES).isEqualTo(titles(a));
    }

    @Test
    @Order(2)
    void c_harvests_b_and_keeps_the_guids() {
        ofC = Peer.builder()
                .id(c.library().storage().peers().nextId())
                .name("District B")
                .access(new PeerAccess.Oai(
                        URI.create(b.address() + "/oai"),
                        null,
                        PeerAccess.Oai.DEFAULT_PREFIX,
                        DublinCoreMapping.parse("relation=link")))
                .build();
        c.library().storage().peers().save(ofC);

        assertThat(sync(c, ofC).log().tally().added()).isEqualTo(RESOURCES);

        assertThat(titles(c)).isEqualTo(titles(a));
        ResourceContent water = found(c, WATER).content();
        assertThat(water.description().in("en").orElseThrow()).contains("Boil it for a minute.");
        assertThat(water.attachments())
                .extracting(attachment -> attachment.url())
                .contains("https://example.org/water.html");
        assertThat(water.tags()).extracting(Tag::name).contains("Hygiene");
        assertThat(sync(c, ofC).log().tally().added()).isZero();
    }

    @Test
    @Order(3)
    void d_reads_the_feed_of_c_and_has_the_same_by_the_digests_of_c() {
        ofD = d.addPeer(c);

        assertThat(sync(d, ofD).log().tally().added()).isEqualTo(RESOURCES);

        assertThat(titles(d)).isEqualTo(titles(a));
        Comparison comparison = d.library().sync().compare(ofD).orElseThrow();
        assertThat(comparison.isEqual()).isTrue();
        assertThat(comparison.served()).isEqualTo(RESOURCES);
    }

    @Test
    @Order(4)
    void d_shows_the_provenance() throws Exception {
        Origin.FromPeer origin = (Origin.FromPeer) found(d, WATER).origin();
        assertThat(origin.route().libraries()).contains(c.library().storage().id());

        String page = d.get("/resource/" + found(d, WATER).slug()).body();
        assertThat(page).contains("University C");
    }

    @Test
    @Order(5)
    void what_a_withdraws_reaches_d_for_review_and_a_change_too() throws Exception {
        Resource water = found(a, WATER);
        a.library()
                .storage()
                .resources()
                .save(water.edit(
                        water.content().toBuilder()
                                .title(water.content().title().with("en", "Safe drinking water"))
                                .build(),
                        UserName.SYSTEM,
                        a.library().clock().instant()));
        Path file = folder.resolve("a-2.zip");
        a.library().bundles().write(file, BundleOrder.EVERYTHING);
        BundleService service = b.library().bundles();
        try (OpenedBundle bundle = service.open(file)) {
            Peer peer = service.confirm(service.sender(bundle.manifest()));
            service.read(bundle, peer, SyncListener.NONE);
        }
        b.library().review().approveAll();
        sync(c, ofC);
        assertThat(d.library().sync().compare(ofD).orElseThrow().count(Comparison.Kind.DIFFERENT))
                .isEqualTo(1);
        sync(d, ofD);

        assertThat(found(d, WATER).content().title().in("en")).contains("Safe drinking water");
        assertThat(d.library().sync().compare(ofD).orElseThrow().isEqual()).isTrue();
    }
}
