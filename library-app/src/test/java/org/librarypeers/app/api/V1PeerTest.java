package org.librarypeers.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.contract.SampleAttachment;
import org.librarypeers.sync.contract.SampleTag;
import org.librarypeers.sync.contract.Samples;

/** Tests that existing sites can pull everything that is published here, to the end of the list. */
class V1PeerTest {

    private static final int MORE_THAN_TWO_PAGES = 45;

    private static RunningLibrary running;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @AfterEach
    void empty() {
        running.removeResources();
    }

    @Test
    void it_receives_every_approved_resource_and_a_second_sync_completes_too() {
        List<String> guids = publishHostileContent();
        Resource pending = Resource.create(
                Guid.random(),
                Samples.titled("A pending one"),
                UserName.SYSTEM,
                running.library().clock().instant());
        running.library().storage().resources().save(pending);

        V1Peer peer = peer();
        assertThat(peer.sync()).isEqualTo(V1SyncEnd.COMPLETE);
        assertThat(peer.store().resources().keySet()).containsExactlyInAnyOrderElementsOf(guids);
        assertThat(peer.store().resources().values())
                .allSatisfy(stored -> assertThat((String) stored.field("title")).isNotBlank());
        assertThat(peer.requests()).isEqualTo(guids.size() + pages(guids));

        assertThat(peer.sync()).isEqualTo(V1SyncEnd.COMPLETE);
        assertThat(peer.store().resources().keySet()).containsExactlyInAnyOrderElementsOf(guids);
    }

    @Test
    void it_receives_titles_that_exist_in_one_language_only() {
        Guid arabic = publish(ResourceContent.titled(LocalizedText.of("ar", "غسل اليدين")));
        Guid spanish = publish(ResourceContent.titled(LocalizedText.of("es", "Agua")));
        V1Peer peer = peer();
        assertThat(peer.sync()).isEqualTo(V1SyncEnd.COMPLETE);
        assertThat(peer.store().resources().get(arabic.toString()).field("title"))
                .isEqualTo("غسل اليدين");
        assertThat(peer.store().resources().get(spanish.toString()).field("title"))
                .isEqualTo("Agua");
    }

    @Test
    void it_receives_links_files_and_tags_that_it_can_store() {
        Guid guid = publish(ResourceContent.titled(LocalizedText.of("en", "Water"))
                .attachments(List.of(
                        link("https://example.org/" + "x".repeat(480)),
                        link("https://example.org/é"),
                        file("https://example.org/a.pdf", 1_234)))
                .tags(List.of(Tag.of("Audience", "Midwife"), Tag.of("Topic", "Hygiene"))));
        V1Peer peer = peer();
        assertThat(peer.sync()).isEqualTo(V1SyncEnd.COMPLETE);
        V1Store.Stored stored = peer.store().resources().get(guid.toString());
        assertThat(stored.urls).hasSize(2);
        assertThat(stored.files).extracting(file -> file.get("file")).containsExactly("https://example.org/a.pdf");
        assertThat(stored.tags).extracting(V1Store.Tag::name).containsExactlyInAnyOrder("Midwife", "Hygiene");
    }

    @Test
    void a_change_reaches_it_with_its_next_sync() {
        Guid guid = publish(ResourceContent.titled(LocalizedText.of("en", "Water")));
        V1Peer peer = peer();
        peer.sync();
        Resource published = running.library().storage().resources().find(guid).orElseThrow();
        running.library()
                .storage()
                .resources()
                .save(published.edit(
                        Samples.titled("Safe water"),
                        UserName.SYSTEM,
                        running.library().clock().instant()));
        assertThat(peer.sync()).isEqualTo(V1SyncEnd.COMPLETE);
        assertThat(peer.store().resources().get(guid.toString()).field("title")).isEqualTo("Safe water");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:1/x.png",
                "http://no-such-host.invalid/x.png",
                "https://no-such-host.invalid/x.png",
                "http://orb example.org/x.png",
                "http://",
                "https://[::1",
                "http://127.0.0.1:99999/x.png",
                "ftp://example.org/x.png",
                "x.png",
                "//example.org/x.png"
            })
    void an_image_on_an_unreachable_host_does_not_stop_it(String address) {
        Tag tag = Tag.of("Audience", "Midwife");
        publish(ResourceContent.titled(LocalizedText.of("en", "Of a resource")).image(address));
        publish(ResourceContent.titled(LocalizedText.of("en", "Of a tag")).tags(List.of(withImage(tag, address))));
        V1Peer peer = peer();
        assertThat(peer.sync()).isEqualTo(V1SyncEnd.COMPLETE);
        assertThat(peer.store().resources()).hasSize(2);
    }

    @Test
    void two_resources_whose_links_share_a_guid_do_not_stop_it() {
        Guid shared = Guid.random();
        Attachment link =
                SampleAttachment.link("https://example.org/a").guid(shared).build();
        Attachment file =
                SampleAttachment.file("https://example.org/b").guid(shared).build();
        publish(ResourceContent.titled(LocalizedText.of("en", "One")).attachments(AttachmentKind.LINK, List.of(link)));
        publish(ResourceContent.titled(LocalizedText.of("en", "Two")).attachments(AttachmentKind.LINK, List.of(link)));
        publish(ResourceContent.titled(LocalizedText.of("en", "Three"))
                .attachments(AttachmentKind.FILE, List.of(file)));
        V1Peer peer = peer();
        assertThat(peer.sync()).isEqualTo(V1SyncEnd.COMPLETE);
        assertThat(peer.store().resources()).hasSize(3);
    }

    private static V1Peer peer() {
        return new V1Peer(
                running.address(),
                RunningLibrary.READER.value(),
                running.key(RunningLibrary.READER).secret());
    }

    private static int pages(List<String> guids) {
        return (guids.size() + 19) / 20;
    }

    private static Guid publish(ResourceContent.Builder content) {
        Guid guid = Guid.random();
        running.publish(guid, content.build());
        return guid;
    }

    /** Publishes more than two pages of content that existing sites can store only in part or not at all. */
    private static List<String> publishHostileContent() {
        List<Guid> guids = new ArrayList<>();
        guids.add(publish(ResourceContent.titled(new LocalizedText(
                        Map.of("en", "Water", "es", "Agua", "pt-br", "Água", "ar", "ماء", "fr", "Eau", "zh-hans", "水")))
                .description(LocalizedText.of("ar", "<p dir=\"rtl\">اغسل يديك 😷</p>"))
                .attribution(LocalizedText.of("fr", "Ministère de la Santé"))));
        guids.add(publish(ResourceContent.titled(LocalizedText.of("ar", "غسل اليدين"))));
        guids.add(publish(ResourceContent.titled(LocalizedText.of("en", "😷".repeat(500)))
                .attribution(LocalizedText.of("en", "\"Ministry\"\u2028\\ of \t Health"))
                .studyTime(new StudyTime(Integer.MAX_VALUE, StudyTime.Unit.WEEKS))));
        guids.add(publish(ResourceContent.titled(LocalizedText.of("en", "Long addresses"))
                .image("https://example.org/" + "x".repeat(1_980))
                .attachments(List.of(
                        link("https://example.org/" + "x".repeat(480)),
                        link("https://example.org/" + "x".repeat(481)),
                        link("https://example.org/" + "x".repeat(1_980)),
                        link("no address at all"),
                        file("https://example.org/" + "é".repeat(1_980), 0),
                        file("https://example.org/huge.iso", Long.MAX_VALUE),
                        file("https://example.org/big.iso", 2_147_483_648L)))));
        guids.add(publish(ResourceContent.titled(LocalizedText.of("en", "Orders"))
                .attachments(
                        AttachmentKind.LINK,
                        List.of(
                                ordered("https://example.org/last", Integer.MAX_VALUE),
                                ordered("https://example.org/first", Integer.MIN_VALUE),
                                ordered("https://example.org/second", -1),
                                ordered("https://example.org/third", -1)))));
        for (String image : List.of("http://127.0.0.1:1/x.png", "http://no-such-host.invalid/x.png", "not fetchable")) {
            guids.add(publish(ResourceContent.titled(LocalizedText.of("en", "Image " + image))
                    .image(image)
                    .tags(List.of(withImage(Tag.of("Audience", "Image " + image), image)))));
        }
        guids.addAll(publishHostileTags());
        guids.addAll(IntStream.range(0, MORE_THAN_TWO_PAGES)
                .mapToObj(i -> publish(ResourceContent.titled(LocalizedText.of("en", "Of many"))
                        .tags(List.of(Tag.of("Audience", "Everybody")))))
                .toList());
        return guids.stream().map(Guid::toString).toList();
    }

    private static List<Guid> publishHostileTags() {
        Tag spanishOnly = SampleTag.tag("Público", "Partera")
                .names(LocalizedText.of("es", "Partera"))
                .build();
        Tag arabicOnly = SampleTag.tag("الجمهور", "قابلة")
                .categories(LocalizedText.of("ar", "الجمهور"))
                .names(LocalizedText.of("ar", "قابلة"))
                .description(LocalizedText.of("ar", "امرأة تساعد"))
                .summary(LocalizedText.of("fr", "s".repeat(100)))
                .image("https://example.org/" + "x".repeat(1_980))
                .build();
        Tag sameInEnglish = SampleTag.tag("Público", "Matrona")
                .names(new LocalizedText(Map.of("en", "Midwife", "es", "Matrona")))
                .build();
        List<List<Tag>> all = List.of(
                List.of(Tag.of("Audience", "Midwife"), Tag.of("Occupation", "Midwife")),
                List.of(Tag.of("Audience", "midwife"), Tag.of("Audience", "MIDWIFE"), Tag.of("audience", "Midwife")),
                List.of(Tag.of("Occupation", "Midwife"), sameInEnglish),
                List.of(spanishOnly, arabicOnly, Tag.of("Público", "Otra")),
                List.of(Tag.of("c".repeat(100), "n".repeat(100)), Tag.of("😷", "😷")));
        List<Guid> guids = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            guids.add(publish(
                    ResourceContent.titled(LocalizedText.of("en", "Tags " + i)).tags(all.get(i))));
        }
        return guids;
    }

    private static Tag withImage(Tag tag, String image) {
        return SampleTag.like(tag).image(image).build();
    }

    private static Attachment link(String url) {
        return ordered(url, 0);
    }

    private static Attachment ordered(String url, int order) {
        return SampleAttachment.link(url)
                .description(LocalizedText.of("fr", "lien"))
                .order(order)
                .build();
    }

    private static Attachment file(String url, long size) {
        return SampleAttachment.file(url)
                .title(LocalizedText.of("ar", "ملف"))
                .size(size)
                .build();
    }
}
