package org.librarypeers.app.bundles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.Year;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.bundle.OpenedBundle;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.contract.SampleAttachment;
import org.librarypeers.sync.contract.SampleTag;

/** Tests of a chain whose first link is carried by hand: A writes a bundle, B reads it, and C pulls from B over HTTP. */
class BundleChainTest {

    private static final String HOME = "https://a.example.org";
    private static final int RESOURCES = 250;

    @TempDir
    private Path folder;

    @Test
    void what_one_library_carries_to_another_reaches_a_third_over_the_network() throws Exception {
        try (RunningLibrary a = RunningLibrary.start(
                        settings -> settings.with(Settings.NAME, "Clinic A").with(Settings.BASE_URL, HOME));
                RunningLibrary b = RunningLibrary.start("District B");
                RunningLibrary c = RunningLibrary.start("University C")) {
            byte[] poster = "a poster".getBytes(StandardCharsets.UTF_8);
            String sha256 = a.library()
                    .files()
                    .put(new ByteArrayInputStream(poster), 100)
                    .sha256();
            Guid water = Guid.random();
            a.publish(water, water(sha256));
            publishOthers(a);

            carry(a, b);
            SyncReport pulled = c.library().sync().sync(c.addPeer(b), SyncListener.NONE);
            assertThat(pulled.succeeded()).as(pulled.log().message()).isTrue();
            c.library().review().approveAll();

            Map<Guid, ResourceContent> expected = contents(a, BundleChainTest::withWholeAddresses);
            assertThat(expected).hasSize(RESOURCES);
            assertSame(contents(b, UnaryOperator.identity()), expected);
            assertSame(contents(c, UnaryOperator.identity()), expected);
            assertThat(expected.get(water).attachments().get(1).url())
                    .isEqualTo(HOME + "/media/resource/" + sha256 + "/poster.pdf");
            assertProvenance(a, b, c, water);
        }
    }

    /** Publishes the resources besides the first one, in one transaction. */
    private static void publishOthers(RunningLibrary library) {
        Instant now = library.library().clock().instant();
        library.library()
                .storage()
                .resources()
                .save(IntStream.range(1, RESOURCES)
                        .mapToObj(i -> Resource.create(Guid.random(), small(i), UserName.SYSTEM, now)
                                .approve(now))
                        .toList());
    }

    /** Writes all of one library into a bundle, reads it into the other one, and publishes everything there. */
    private void carry(RunningLibrary from, RunningLibrary to) throws Exception {
        Path file = folder.resolve("a.zip");
        from.library().bundles().write(file, BundleOrder.EVERYTHING.withFiles(true));
        BundleService service = to.library().bundles();
        try (OpenedBundle bundle = service.open(file)) {
            assertThat(bundle.manifest().isComplete()).isTrue();
            // All libraries of a test share their files, so none is new; BundleWritingTest has separate ones.
            assertThat(bundle.files()).hasSize(1);
            Peer peer = service.confirm(service.sender(bundle.manifest()));
            SyncReport report = service.read(bundle, peer, SyncListener.NONE).report();
            assertThat(report.succeeded()).as(report.log().message()).isTrue();
            assertThat(report.log().tally().added()).isEqualTo(RESOURCES);
        }
        to.library().review().approveAll();
    }

    /** Asserts that each origin at the end of the chain names the maker and the way, and that the page of the resource says so. */
    private static void assertProvenance(RunningLibrary a, RunningLibrary b, RunningLibrary c, Guid water) {
        for (Resource resource : resources(c)) {
            Origin.FromPeer origin = (Origin.FromPeer) resource.origin();
            assertThat(origin.sourceHost()).isEqualTo(HOME);
            assertThat(origin.sourceName()).isEqualTo("Clinic A");
            assertThat(origin.route().libraries())
                    .containsExactly(
                            a.library().storage().id(), b.library().storage().id());
        }
        Resource atA = a.library().storage().resources().find(water).orElseThrow();
        Resource atC = c.library().storage().resources().find(water).orElseThrow();
        Document page =
                new PageClient(c.address()).get("/resource/" + atC.slug()).page();

        assertThat(page.select("h1").text()).isEqualTo("Safe water");
        List<String> journey = page.select(".journey li").eachText();
        assertThat(journey).hasSize(3);
        assertThat(journey.get(0)).contains("Clinic A", "a.example.org");
        assertThat(journey.get(1)).contains("District B");
        assertThat(journey.get(2)).contains("University C");
        assertThat(page.select(".journey a").attr("href")).isEqualTo(HOME + "/resource/view/" + atA.slug());
    }

    private static List<Resource> resources(RunningLibrary library) {
        return library.texts("select guid::text from resource where status = 'approved'").stream()
                .map(Guid::of)
                .map(guid -> library.library().storage().resources().find(guid).orElseThrow())
                .toList();
    }

    private static Map<Guid, ResourceContent> contents(RunningLibrary library, UnaryOperator<ResourceContent> form) {
        return resources(library).stream()
                .collect(Collectors.toMap(
                        Resource::guid, resource -> form.apply(resource.content()), (one, other) -> one, TreeMap::new));
    }

    private static void assertSame(Map<Guid, ResourceContent> actual, Map<Guid, ResourceContent> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        // One by one, because a message with all resources would be unreadable.
        expected.forEach((guid, content) -> assertThat(actual.get(guid)).isEqualTo(content));
    }

    /** Returns the content as others know it: what a library serves itself has its address. */
    private static ResourceContent withWholeAddresses(ResourceContent content) {
        return content.toBuilder()
                .image(content.image() == null ? null : whole(content.image()))
                .attachments(content.attachments().stream()
                        .map(attachment -> SampleAttachment.like(attachment, whole(attachment.url()))
                                .build())
                        .toList())
                .build();
    }

    private static String whole(String address) {
        return address.startsWith("/") ? HOME + address : address;
    }

    /** Returns content that uses every field. */
    private static ResourceContent water(String sha256) {
        LocalizedText texts =
                LocalizedText.of("en", "Safe water").with("ar", "ماء آمن 🧼").with("pt-br", "Água <segura>");
        return ResourceContent.titled(texts)
                .description(
                        LocalizedText.of("en", "<p>Boil it &amp; wait.</p>").with("ar", "<p>غسل اليدين 🧼</p>"))
                .attribution(texts)
                .studyTime(new StudyTime(90, StudyTime.Unit.MINS))
                .bornOn(BornOn.in(Year.of(2024)))
                .image("https://pictures.example.org/water.png")
                .tags(List.of(
                        SampleTag.tag("Health topic", "Hygiene")
                                .categories(LocalizedText.of("fr", "Sujet"))
                                .names(LocalizedText.of("fr", "Hygiène"))
                                .description(texts)
                                .summary(texts)
                                .build(),
                        Tag.of("Language", "English")))
                .attachments(List.of(
                        SampleAttachment.link("https://example.org/water.html")
                                .title(texts)
                                .description(texts)
                                .order(1)
                                .build(),
                        SampleAttachment.file("/media/resource/" + sha256 + "/poster.pdf")
                                .title(texts)
                                .description(texts)
                                .order(2)
                                .size(8)
                                .build()))
                .build();
    }

    private static ResourceContent small(int number) {
        return ResourceContent.titled(LocalizedText.of("en", "Resource " + number))
                .description(LocalizedText.of("fr", "<p>Numéro " + number + "</p>"))
                .tags(IntStream.rangeClosed(1, 1 + number % 3)
                        .mapToObj(tag -> Tag.of("Audience", "Group " + tag))
                        .toList())
                .attachments(List.of(SampleAttachment.link("https://example.org/" + number)
                        .order(1)
                        .build()))
                .build();
    }
}
