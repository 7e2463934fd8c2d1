package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.librarypeers.domain.Samples.GUID;
import static org.librarypeers.domain.Samples.full;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Domain(Hostile.Values.class)
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Domain(DomainContext.Global.class)
class FingerprintTest {

    @Property(tries = 300)
    void equal_contents_have_equal_fingerprints_in_whatever_order_their_parts_are_listed(
            @ForAll ResourceContent content, @ForAll Random random) {
        ResourceContent shuffled = content.toBuilder()
                .tags(shuffled(content.tags(), random))
                .attachments(shuffled(content.attachments(), random))
                .build();

        assertThat(shuffled.fingerprint()).isEqualTo(content.fingerprint());
    }

    private static <T> List<T> shuffled(List<T> parts, Random random) {
        List<T> shuffled = new ArrayList<>(parts);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    @Property(tries = 500)
    void fingerprints_are_equal_exactly_if_contents_say_the_same(
            @ForAll ResourceContent one, @ForAll ResourceContent another, @ForAll @IntRange(max = 511) int parts) {
        ResourceContent other = one.toBuilder()
                .title((parts & 1) == 1 ? another.title() : one.title())
                .description((parts & 2) == 2 ? another.description() : one.description())
                .attribution((parts & 4) == 4 ? another.attribution() : one.attribution())
                .studyTime((parts & 8) == 8 ? another.studyTime() : one.studyTime())
                .bornOn((parts & 16) == 16 ? another.bornOn() : one.bornOn())
                .image((parts & 32) == 32 ? another.image() : one.image())
                .tags((parts & 64) == 64 ? another.tags() : one.tags())
                .attachments(
                        AttachmentKind.LINK,
                        (parts & 128) == 128
                                ? another.attachments(AttachmentKind.LINK)
                                : one.attachments(AttachmentKind.LINK))
                .attachments(
                        AttachmentKind.FILE,
                        (parts & 256) == 256
                                ? another.attachments(AttachmentKind.FILE)
                                : one.attachments(AttachmentKind.FILE))
                .build();

        assertThat(one.fingerprint().equals(other.fingerprint()))
                .isEqualTo(inOneOrder(one).equals(inOneOrder(other)));
    }

    /**
     * Returns the content with its parts sorted by key and with one GUID for all tags, whose GUIDs differ between
     * libraries.
     */
    private static ResourceContent inOneOrder(ResourceContent content) {
        List<Tag> tags = content.tags().stream()
                .sorted((a, b) -> a.key().compareTo(b.key()))
                .map(tag -> withGuid(tag, GUID))
                .toList();
        List<Attachment> attachments = content.attachments().stream()
                .sorted((a, b) -> a.guid().compareTo(b.guid()))
                .toList();
        return content.toBuilder().tags(tags).attachments(attachments).build();
    }

    private static Tag withGuid(Tag tag, Guid guid) {
        return new Tag(
                guid,
                tag.category(),
                tag.name(),
                tag.categories(),
                tag.names(),
                tag.description(),
                tag.summary(),
                tag.image());
    }

    @Test
    void the_guid_of_a_tag_does_not_count_since_each_library_may_have_its_own() {
        ResourceContent content = full();
        List<Tag> others =
                content.tags().stream().map(tag -> withGuid(tag, Guid.random())).toList();

        assertThat(content.toBuilder().tags(others).build().fingerprint()).isEqualTo(content.fingerprint());
    }

    /** Returns operators, each of which changes one part of a content. */
    static List<UnaryOperator<ResourceContent>> changes() {
        LocalizedText words = LocalizedText.of("fr", "Autre");
        return List.of(
                content -> content.toBuilder().title(words).build(),
                content -> content.toBuilder()
                        .title(content.title().with("ar", ""))
                        .build(),
                content -> content.toBuilder().description(words).build(),
                content -> content.toBuilder().attribution(words).build(),
                content -> content.toBuilder()
                        .description(content.attribution())
                        .attribution(content.description())
                        .build(),
                content -> content.toBuilder()
                        .studyTime(new StudyTime(4, StudyTime.Unit.HOURS))
                        .build(),
                content -> content.toBuilder()
                        .studyTime(new StudyTime(3, StudyTime.Unit.DAYS))
                        .build(),
                content -> content.toBuilder().studyTime(new StudyTime(3, null)).build(),
                content -> content.toBuilder().bornOn(null).build(),
                content -> content.toBuilder()
                        .bornOn(BornOn.at(LocalDateTime.parse("2016-05-18T09:30:00.000002")))
                        .build(),
                content -> content.toBuilder().image(null).build(),
                content -> content.toBuilder()
                        .image("https://orb.example.org/other.png")
                        .build(),
                content -> content.toBuilder().tags(List.of()).build(),
                content ->
                        content.toBuilder().tags(content.tags().subList(0, 1)).build(),
                content -> withTag(content, tag(content, "Other", null, null, null, null, null, null)),
                content -> withTag(content, tag(content, null, "Other", null, null, null, null, null)),
                content -> withTag(content, tag(content, null, null, words, null, null, null, null)),
                content -> withTag(content, tag(content, null, null, null, words, null, null, null)),
                content -> withTag(content, tag(content, null, null, null, null, words, null, null)),
                content -> withTag(content, tag(content, null, null, null, null, null, words, null)),
                content -> withTag(content, tag(content, null, null, null, null, null, null, "https://x/y.png")),
                content -> content.toBuilder()
                        .attachments(AttachmentKind.LINK, List.of())
                        .build(),
                content -> withLink(
                        content,
                        link -> new Attachment(
                                AttachmentKind.LINK, GUID, link.title(), link.description(), link.url(), 1, 0)),
                content -> withLink(
                        content,
                        link -> new Attachment(
                                AttachmentKind.LINK, link.guid(), words, link.description(), link.url(), 1, 0)),
                content -> withLink(
                        content,
                        link -> new Attachment(
                                AttachmentKind.LINK, link.guid(), link.title(), words, link.url(), 1, 0)),
                content -> withLink(
                        content,
                        link -> new Attachment(
                                AttachmentKind.LINK, link.guid(), link.title(), link.description(), "x", 1, 0)),
                content -> withLink(
                        content,
                        link -> new Attachment(
                                AttachmentKind.LINK, link.guid(), link.title(), link.description(), link.url(), 7, 0)),
                content -> withLink(
                        content,
                        link -> new Attachment(
                                AttachmentKind.LINK, link.guid(), link.title(), link.description(), link.url(), 1, 7)),
                content -> content.toBuilder()
                        .attachments(AttachmentKind.FILE, List.of())
                        .build(),
                content -> withFile(
                        content,
                        f -> new Attachment(AttachmentKind.FILE, GUID, f.title(), f.description(), f.url(), 1, 9)),
                content -> withFile(
                        content,
                        f -> new Attachment(AttachmentKind.FILE, f.guid(), words, f.description(), f.url(), 1, 9)),
                content -> withFile(
                        content, f -> new Attachment(AttachmentKind.FILE, f.guid(), f.title(), words, f.url(), 1, 9)),
                content -> withFile(
                        content,
                        f -> new Attachment(AttachmentKind.FILE, f.guid(), f.title(), f.description(), "x", 1, 9)),
                content -> withFile(
                        content,
                        f -> new Attachment(AttachmentKind.FILE, f.guid(), f.title(), f.description(), f.url(), 7, 9)),
                content -> withFile(
                        content,
                        f -> new Attachment(AttachmentKind.FILE, f.guid(), f.title(), f.description(), f.url(), 1, 7)));
    }

    private static Tag tag(
            ResourceContent content,
            String category,
            String name,
            LocalizedText categories,
            LocalizedText names,
            LocalizedText description,
            LocalizedText summary,
            String image) {
        Tag tag = content.tags().get(0);
        return new Tag(
                tag.guid(),
                category == null ? tag.category() : category,
                name == null ? tag.name() : name,
                categories == null ? tag.categories() : categories,
                names == null ? tag.names() : names,
                description == null ? tag.description() : description,
                summary == null ? tag.summary() : summary,
                image);
    }

    private static ResourceContent withTag(ResourceContent content, Tag changed) {
        return content.toBuilder().tags(List.of(changed, content.tags().get(1))).build();
    }

    private static ResourceContent withLink(ResourceContent content, UnaryOperator<Attachment> change) {
        List<Attachment> links = content.attachments(AttachmentKind.LINK);
        return content.toBuilder()
                .attachments(AttachmentKind.LINK, List.of(change.apply(links.get(0)), links.get(1)))
                .build();
    }

    private static ResourceContent withFile(ResourceContent content, UnaryOperator<Attachment> change) {
        List<Attachment> files = content.attachments(AttachmentKind.FILE);
        return content.toBuilder()
                .attachments(AttachmentKind.FILE, List.of(change.apply(files.get(0)), files.get(1)))
                .build();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void each_thing_that_a_content_says_counts(UnaryOperator<ResourceContent> change) {
        assertThat(change.apply(full()).fingerprint()).isNotEqualTo(full().fingerprint());
    }

    @Test
    void words_do_not_blur_from_one_field_into_the_next() {
        ResourceContent one = ResourceContent.titled(LocalizedText.of("en", "a"))
                .tags(List.of(Tag.of("xy", "z")))
                .build();
        ResourceContent other = ResourceContent.titled(LocalizedText.of("en", "a"))
                .tags(List.of(Tag.of("x", "yz")))
                .build();

        assertThat(one.fingerprint()).isNotEqualTo(other.fingerprint());
    }

    @Test
    void a_fingerprint_stays_what_it_was_in_earlier_versions_of_this_program() {
        // The fingerprint is stored in databases. A different value would make every resource of every peer look
        // changed.
        assertThat(full().fingerprint().hex())
                .isEqualTo("26218bfaf78640ece4fcfb8360b2c1add4562bf82496637165e07d9f754e311d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void digits_that_are_no_fingerprint_are_refused(String hex) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Fingerprint(hex))
                .withMessageContaining("fingerprint")
                .withMessageContaining(hex.isEmpty() ? "\"\"" : hex.substring(0, 3));
    }
}
