package org.librarypeers.app.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.FileLink;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Link;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An existing site pulls from the running app, and reads all of it, whatever there is. */
class V1PeerTest {

    private static RunningLibrary library;
    private static Set<String> approved;

    @BeforeAll
    static void start() {
        library = RunningLibrary.start();
        approved = new HashSet<>();
        for (ResourceContent content : contents()) {
            approved.add(library.publish(Guid.random(), content).guid().toString());
        }
        for (int i = 0; i < 25; i++) {
            approved.add(library.publish("Resource " + i).guid().toString());
        }
    }

    @AfterAll
    static void stop() {
        library.close();
    }

    /** What trips existing sites up. */
    private static List<ResourceContent> contents() {
        String far = "https://example.org/" + "x".repeat(1_900);
        List<ResourceContent> all = new ArrayList<>();
        for (String image :
                List.of("http://127.0.0.1:1/x.png", "http://no-such-host.invalid/x.png", "picture.png", far)) {
            all.add(titled("Image " + image.substring(0, 10)).image(image).build());
        }
        all.add(ResourceContent.titled(LocalizedText.of("ar", "غسل اليدين")).build());
        all.add(ResourceContent.titled(LocalizedText.of("es", "Solo en español"))
                .description(LocalizedText.of("pt-br", "<p>Só em português</p>"))
                .build());
        all.add(titled("All languages")
                .title(new LocalizedText(Map.of("en", "x", "es", "y", "fr", "z", "zh-hant", "洗手")))
                .attribution(LocalizedText.of("fr", "Ministère"))
                .studyTime(new StudyTime(0, StudyTime.Unit.WEEKS))
                .build());
        all.add(titled("Tags of one name")
                .tags(List.of(
                        Tag.of("Audience", "Nurse"),
                        Tag.of("Role", "Nurse"),
                        Tag.of("Role", "NURSE"),
                        tag("Audience", "Partera", LocalizedText.of("en", "Midwife"), "http://127.0.0.1:1/tag.png"),
                        tag("Audience", "Midwife", LocalizedText.empty(), null),
                        tag("Público", "Arabic only", LocalizedText.of("ar", "قابلة"), null)))
                .build());
        all.add(titled("Role again").tags(List.of(Tag.of("Role", "Nurse"))).build());
        all.add(titled("Parts")
                .links(List.of(
                        link("https://example.org/a", Integer.MIN_VALUE, Long.MAX_VALUE),
                        link(far, 0, 0),
                        link("javascript:alert(1)", 7, 1)))
                .files(List.of(new FileLink(
                        Guid.random(), LocalizedText.of("ar", "ملف"), LocalizedText.empty(), far, -1, Long.MAX_VALUE)))
                .build());
        return all;
    }

    private static ResourceContent.Builder titled(String title) {
        return ResourceContent.titled(LocalizedText.of("en", title));
    }

    private static Link link(String url, int order, long size) {
        return new Link(Guid.random(), LocalizedText.empty(), LocalizedText.of("fr", "lien"), url, order, size);
    }

    private static Tag tag(String category, String name, LocalizedText names, String image) {
        return new Tag(
                Guid.random(),
                category,
                name,
                LocalizedText.empty(),
                names,
                LocalizedText.empty(),
                LocalizedText.empty(),
                image);
    }

    @Test
    void it_reads_everything_page_by_page_and_again() throws Exception {
        V1Peer peer = new V1Peer(
                library.address(), "reader", library.key(RunningLibrary.READER).secret());

        assertThat(peer.sync()).isEqualTo(approved.size());
        assertThat(peer.imported.keySet()).isEqualTo(approved);
        assertThat(peer.asked).hasSize(approved.size() + 2);
        assertThat(peer.asked.get(0))
                .startsWith("/api/v1/resource/?username=reader&api_key=")
                .endsWith("&format=json");

        assertThat(peer.sync()).isEqualTo(approved.size());
        assertThat(peer.asked).hasSize(2 * (approved.size() + 2)).anyMatch(path -> path.contains("updated__gte="));
    }

    @Test
    void a_wrong_key_ends_its_sync() {
        assertThatThrownBy(() -> new V1Peer(library.address(), "reader", "nope").sync())
                .hasMessageContaining("answered 401");
    }

    @Test
    void it_is_as_strict_as_existing_sites_are() {
        JsonNode detail = Sample.read("08-detail.http").json();

        assertThatThrownBy(() -> new V1Reader(image -> false).read(detail))
                .isInstanceOf(V1Peer.FatalException.class)
                .hasMessageContaining("image that does not answer");
        assertThatThrownBy(() -> new V1Reader(image -> true).read(detail)).hasMessageContaining("key of one of files");
        ObjectNode odd = (ObjectNode) detail.deepCopy();
        odd.putArray("files");
        odd.put("title_en", "");
        assertThatThrownBy(() -> new V1Reader(image -> true).read(odd)).hasMessageContaining("title_en is empty");
    }
}
