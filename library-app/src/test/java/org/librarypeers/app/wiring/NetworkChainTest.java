package org.librarypeers.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;
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
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.DublinCoreMapping;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerAccess;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.Comparison;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.contract.SampleAttachment;
import org.librarypeers.sync.storage.Withdrawal;

/**
 * Tests a chain of libraries in which each reads the one before it in another way: B reads a bundle of A, C harvests B over OAI-PMH, and D
 * reads the full feed of C and compares digests.
 */
@TestMethodOrder(OrderAnnotation.class)
@Timeout(180)
class NetworkChainTest {

    private static final int RESOURCES = 250;
    private static final Guid WATER = Guid.random();
    private static final Guid OLD = Guid.random();

    private static final List<BornOn> BORN =
            List.of(BornOn.of("2019"), BornOn.of("2020-05"), BornOn.of("2021-06-07T08:30:00"));

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
        a.publish(WATER, content(0));
        a.publish(OLD, content(1));
        a.library()
                .storage()
                .resources()
                .save(IntStream.range(2, RESOURCES)
                        .mapToObj(number -> Resource.create(
                                        Guid.random(),
                                        content(number),
                                        UserName.SYSTEM,
                                        a.library().clock().instant())
                                .approve(a.library().clock().instant()))
                        .toList());
    }

    /** Returns content with a value in each field. */
    private static ResourceContent content(int number) {
        return ResourceContent.titled(
                        LocalizedText.of("en", "Safe water " + number).with("ar", "ماء آمن " + number))
                .description(LocalizedText.of("en", "<p>Boil it for <b>" + number + "</b> minutes. 🧼</p>")
                        .with("fr", "<p>Faites-la bouillir.</p>"))
                .attribution(LocalizedText.of("en", "Author " + number))
                .studyTime(new StudyTime(number + 1, StudyTime.Unit.MINS))
                .bornOn(BORN.get(number % BORN.size()))
                .image("https://a.example.org/pictures/" + number + ".png")
                .tags(List.of(Tag.of("Health topic", "Hygiene"), Tag.of("Audience", "Audience " + number % 7)))
                .attachments(List.of(
                        SampleAttachment.link("https://example.org/water/" + number)
                                .title("The course")
                                .description("<p>In six parts</p>")
                                .build(),
                        SampleAttachment.file("https://a.example.org/media/" + number + ".pdf")
                                .title("The poster")
                                .size(1_000 + number)
                                .build()))
                .build();
    }

    @AfterAll
    static void stop() {
        d.close();
        c.close();
        b.close();
        a.close();
    }

    /** Returns the content of all resources, all of which must be public. */
    private static Map<Guid, ResourceContent> contents(RunningLibrary library) {
        assertThat(library.library().review().pending(null, 1)).isEmpty();
        return library
                .library()
                .storage()
                .resources()
                .find(library.texts("select guid::text from resource where status = 'approved'").stream()
                        .map(Guid::of)
                        .toList())
                .values()
                .stream()
                .collect(Collectors.toMap(Resource::guid, Resource::content, (one, other) -> one, TreeMap::new));
    }

    /**
     * The part of a resource that unqualified Dublin Core carries.
     *
     * @param credits the credits in English, as far as the authors wrote them
     * @param subjects the names of tags, and those of their categories
     * @param addresses the addresses of links and files
     */
    private record DublinCore(
            LocalizedText title,
            LocalizedText description,
            String credits,
            @Nullable BornOn bornOn,
            Set<String> subjects,
            Set<String> addresses) {

        static DublinCore sent(ResourceContent content) {
            return new DublinCore(
                    content.title(),
                    content.description(),
                    content.attribution().in("en").orElse(""),
                    content.bornOn(),
                    content.tags().stream()
                            .flatMap(tag -> Stream.of(tag.category(), tag.name()))
                            .collect(Collectors.toSet()),
                    urls(content).collect(Collectors.toSet()));
        }

        /** Returns what arrived, without the address of the page in the library that was harvested. */
        static DublinCore arrived(ResourceContent content, String harvested) {
            return new DublinCore(
                    content.title(),
                    content.description(),
                    content.attribution().in("en").orElse("").replace("; Clinic A", ""),
                    content.bornOn(),
                    content.tags().stream()
                            .filter(tag -> tag.category().equals("Subject"))
                            .map(Tag::name)
                            .collect(Collectors.toSet()),
                    urls(content)
                            .filter(url -> !url.startsWith(harvested + "/resource/"))
                            .collect(Collectors.toSet()));
        }

        private static Stream<String> urls(ResourceContent content) {
            return content.attachments().stream().map(Attachment::url);
        }
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
        carry("a.zip");

        b.library().review().approveAll();
        assertThat(contents(b)).hasSize(RESOURCES).isEqualTo(contents(a));
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

        Map<Guid, ResourceContent> sent = contents(b);
        Map<Guid, ResourceContent> arrived = contents(c);
        assertThat(arrived.keySet()).isEqualTo(sent.keySet());
        arrived.forEach((guid, content) -> {
            assertThat(DublinCore.arrived(content, b.address())).isEqualTo(DublinCore.sent(sent.get(guid)));
            assertThat(content.attribution().texts().values())
                    .isNotEmpty()
                    .allMatch(credits -> credits.endsWith("Clinic A"));
            assertThat(content.tags()).contains(Tag.of("Organisation", "District B"), Tag.of("Language", "Arabic"));
            assertThat(content.attachments().get(0).url()).startsWith(b.address() + "/resource/");
        });
        assertThat(sync(c, ofC).log().tally().added()).isZero();
    }

    @Test
    @Order(3)
    void d_reads_the_feed_of_c_and_has_the_same_by_the_digests_of_c() {
        ofD = d.addPeer(c);

        assertThat(sync(d, ofD).log().tally().added()).isEqualTo(RESOURCES);

        assertThat(contents(d)).hasSize(RESOURCES).isEqualTo(contents(c));
        Comparison comparison = d.library().sync().compare(ofD).orElseThrow();
        assertThat(comparison.isEqual()).isTrue();
        assertThat(comparison.served()).isEqualTo(RESOURCES);
    }

    @Test
    @Order(4)
    void d_shows_the_provenance() throws Exception {
        Origin.FromPeer origin = (Origin.FromPeer) found(d, WATER).origin();
        assertThat(origin.sourceName()).isEqualTo("District B");
        assertThat(origin.sourceHost()).startsWith(b.address());
        assertThat(origin.route().libraries()).endsWith(c.library().storage().id());

        Document page = Jsoup.parse(d.get("/resource/" + found(d, WATER).slug()).body());
        // OAI-PMH does not tell the way of a record, but who made it and where it is.
        assertThat(page.select(".journey li").eachText())
                .satisfiesExactly(
                        maker -> assertThat(maker).startsWith("District B"),
                        through -> assertThat(through).contains("University C"),
                        last -> assertThat(last).startsWith("Ministry D"));
        assertThat(page.select("dl.details").text()).contains("Author 0; Clinic A");
        assertThat(page.select(".attachments a").eachAttr("href"))
                .contains(b.address() + "/resource/" + found(b, WATER).slug(), "https://example.org/water/0");
    }

    @Test
    @Order(5)
    void a_change_of_a_reaches_d() throws Exception {
        Resource water = found(a, WATER);
        LocalizedText title = water.content().title().with("en", "Safe drinking water");
        save(
                a,
                water.edit(
                        water.content().toBuilder().title(title).build(),
                        UserName.SYSTEM,
                        a.library().clock().instant()));
        carry("a-2.zip");
        b.library().review().approveAll();
        sync(c, ofC);
        assertThat(d.library().sync().compare(ofD).orElseThrow().count(Comparison.Kind.DIFFERENT))
                .isEqualTo(1);
        sync(d, ofD);

        assertThat(found(d, WATER).content().title()).isEqualTo(title);
        assertThat(d.library().sync().compare(ofD).orElseThrow().isEqual()).isTrue();
    }

    @Test
    @Order(6)
    void what_a_withdraws_waits_for_a_review_in_each_library_on_the_way_to_d() throws Exception {
        save(a, found(a, OLD).archive(a.library().clock().instant()));
        carry("a-3.zip");
        assertThat(withdrawn(b)).containsExactly(OLD);
        assertThat(sync(c, ofC).log().tally().withdrawn()).isZero();

        b.library().review().reject(List.of(OLD));
        assertThat(sync(c, ofC).log().tally().withdrawn()).isEqualTo(1);
        assertThat(withdrawn(c)).containsExactly(OLD);
        c.library().review().reject(List.of(OLD));
        assertThat(sync(d, ofD).log().tally().withdrawn()).isEqualTo(1);

        assertThat(withdrawn(d)).containsExactly(OLD);
        assertThat(found(d, OLD).status()).isEqualTo(Status.APPROVED);
        assertThat(found(d, OLD).content()).isEqualTo(found(c, OLD).content());
    }

    private static List<Guid> withdrawn(RunningLibrary library) {
        return library.library().review().withdrawn(null, 10).stream()
                .map(Withdrawal::resource)
                .toList();
    }

    private static void save(RunningLibrary library, Resource resource) {
        library.library().storage().resources().save(resource);
    }

    /** Carries all that A has to B. */
    private static void carry(String name) throws Exception {
        Path file = folder.resolve(name);
        a.library().bundles().write(file, BundleOrder.EVERYTHING);
        BundleService service = b.library().bundles();
        try (OpenedBundle bundle = service.open(file)) {
            Peer peer = service.confirm(service.sender(bundle.manifest()));
            SyncReport report = service.read(bundle, peer, SyncListener.NONE).report();
            assertThat(report.succeeded()).as(report.log().message()).isTrue();
        }
    }
}
