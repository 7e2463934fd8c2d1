package org.librarypeers.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Delivery;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Received;
import org.librarypeers.domain.Remark;
import org.librarypeers.domain.Remark.Kind;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.SyncLogId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tests that anything with a usable GUID and title is accepted, and that everything left out has a remark. */
class AnyResourceTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String GUID = "0b6d1b1c-5d6e-4c0e-9a52-0f2d8f6f3a11";
    private static final List<String> FIELDS = List.of(
            "title",
            "title_fr",
            "description",
            "description_es",
            "attribution",
            "attribution_pt_br",
            "study_time_number",
            "study_time_unit",
            "born_on",
            "image",
            "source_name",
            "source_host",
            "source_url",
            "route",
            "tags",
            "urls",
            "files",
            "languages",
            "title_x",
            "description_" + "ab-".repeat(20) + "cd");
    private static final List<String> PART_FIELDS = List.of(
            "guid",
            "title",
            "title_en",
            "description",
            "url",
            "file",
            "order_by",
            "file_size",
            "name",
            "name_es",
            "category",
            "category_fr",
            "summary",
            "image",
            "tag");

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> any = Arbitraries.chars()
                .range('\u0000', '\uffff')
                .with('\u0000', '\ud83d', '\udca7', '\n', '\t', ' ', '\u200b', '\u00a0', '\u202e', '\u0958', '<', '"')
                .array(char[].class)
                .ofMaxSize(40)
                .map(String::new);
        Arbitrary<String> typical = Arbitraries.of(
                "",
                " ",
                "Water",
                "2019",
                "31/12/2019",
                "1.5",
                "30 min",
                "hours",
                "99999999999",
                "NaN",
                "1e400",
                "data:image/png,x",
                "https://u:p@h.example/",
                "https://example.org/a\tb",
                "//x",
                "../x",
                "x".repeat(101),
                "x".repeat(2_001),
                "\u0958".repeat(90),
                "<p>x</p>".repeat(26_000),
                "{" + GUID + "}",
                "no-guid",
                "Audience",
                "\u200b");
        return Arbitraries.oneOf(any, typical);
    }

    @Provide
    Arbitrary<JsonNode> scalars() {
        return Arbitraries.oneOf(
                texts().map(NODES::stringNode),
                Arbitraries.of(
                        NODES.nullNode(),
                        NODES.booleanNode(true),
                        NODES.numberNode(15),
                        NODES.numberNode(-1),
                        NODES.numberNode(1.5),
                        NODES.numberNode(1e300),
                        NODES.numberNode(Long.MAX_VALUE)));
    }

    @Provide
    Arbitrary<JsonNode> parts() {
        Arbitrary<JsonNode> flat = object(PART_FIELDS, scalars()).map(node -> node);
        Arbitrary<JsonNode> nested = flat.map(part -> NODES.objectNode().set("tag", part));
        return Arbitraries.oneOf(flat, flat, nested, scalars(), list(scalars()));
    }

    @Provide
    Arbitrary<JsonNode> values() {
        Arbitrary<JsonNode> byLanguage =
                object(List.of("en", "fr", "0", "text"), scalars()).map(node -> node);
        return Arbitraries.oneOf(scalars(), list(parts()), list(parts()), byLanguage, parts());
    }

    @Provide
    Arbitrary<ObjectNode> resources() {
        return object(FIELDS, values());
    }

    private static Arbitrary<ObjectNode> object(List<String> names, Arbitrary<JsonNode> values) {
        return Combinators.combine(Arbitraries.of(names), values)
                .as((name, value) -> (JsonNode) NODES.objectNode().set(name, value))
                .list()
                .ofMaxSize(8)
                .map(fields -> {
                    ObjectNode object = NODES.objectNode();
                    fields.forEach(field -> object.setAll((ObjectNode) field));
                    return object;
                });
    }

    private static Arbitrary<JsonNode> list(Arbitrary<JsonNode> entries) {
        return entries.list().ofMaxSize(5).map(all -> {
            ArrayNode array = NODES.arrayNode();
            all.forEach(array::add);
            return array;
        });
    }

    private static ReadResource read(ObjectNode sent) {
        ObjectNode object = sent.deepCopy().put("guid", GUID).put("title_en", "Water");
        return ResourceDocument.readFrom(object, "https://a.example");
    }

    @Property(tries = 1_000)
    void it_is_accepted(@ForAll("resources") ObjectNode sent) {
        ReadResource read = read(sent);

        Peer peer = Peer.builder()
                .id(new PeerId(1))
                .name("A")
                .host(PeerHost.of("https://a.example"))
                .credentials("u", null)
                .build();
        Received received = Resource.adopt(
                read.resource(),
                new Delivery(
                        peer, new SyncLogId(1), LibraryId.of("a1000000-0000-4000-8000-000000000001"), Instant.EPOCH));
        assertThat(received).isInstanceOf(Received.New.class);
        assertThat(read.remarks()).hasSizeLessThanOrEqualTo(201);
        assertThat(read(sent)).isEqualTo(read);
    }

    @Property(tries = 1_000)
    void what_is_not_kept_has_a_remark(@ForAll("resources") ObjectNode sent) {
        ReadResource read = read(sent);
        ResourceContent content = read.resource().content();

        assertText(sent, "title_fr", content.title(), "fr", read);
        assertText(sent, "description_es", content.description(), "es", read);
        assertText(sent, "attribution_pt_br", content.attribution(), "pt-br", read);
        assertKept(sent, "study_time_number", content.studyTime().number() > 0, read, Set.of("0"));
        assertKept(sent, "study_time_unit", content.studyTime().unit() != null, read, Set.of());
        assertKept(sent, "born_on", content.bornOn() != null, read, Set.of());
        assertKept(sent, "image", content.image() != null, read, Set.of());
        assertKept(sent, "source_url", read.resource().sourceUrl() != null, read, Set.of());
        assertKept(sent, "source_name", read.resource().sourceName() != null, read, Set.of());
        assertParts(sent, "urls", content.attachments(AttachmentKind.LINK).size(), Kind.LINK_LEFT_OUT, read);
        assertParts(sent, "files", content.attachments(AttachmentKind.FILE).size(), Kind.FILE_LEFT_OUT, read);
    }

    private static Set<String> fields(ReadResource read) {
        return read.remarks().stream().map(Remark::field).collect(Collectors.toSet());
    }

    /** Returns the visible text: composed, and without white space and invisible characters. */
    private static String seen(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).replaceAll("[\\p{Cf}\\p{Z}\\s\\x1c-\\x1f]+", "");
    }

    private static void assertText(
            ObjectNode sent, String key, LocalizedText text, String language, ReadResource read) {
        JsonNode value = sent.path(key);
        String words = value.isString() ? seen(value.asString()) : "";
        if (!words.isEmpty() && !words.equals(seen(text.in(language).orElse("")))) {
            assertThat(fields(read)).contains(key);
        }
    }

    private static void assertKept(ObjectNode sent, String key, boolean kept, ReadResource read, Set<String> nothing) {
        JsonNode value = sent.path(key);
        String words = value.isValueNode() && !value.isNull() ? seen(value.asString()) : "";
        if (!words.isEmpty() && !nothing.contains(words) && !kept) {
            assertThat(fields(read)).anyMatch(field -> field.equals(key) || field.startsWith("study_time"));
        }
    }

    private static void assertParts(ObjectNode sent, String key, int kept, Kind leftOut, ReadResource read) {
        JsonNode list = sent.path(key);
        if (list.isArray()) {
            long entries = list.valueStream().filter(part -> !part.isNull()).count();
            long remarks = read.remarks().stream()
                    .filter(remark -> remark.kind() == leftOut && remark.field().startsWith(key + "["))
                    .count();
            assertThat(kept + remarks).isEqualTo(entries);
        }
    }
}
