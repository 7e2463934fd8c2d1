package org.librarypeers.persistence;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.MappedTag;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;

/**
 * The JSON form of the content of an earlier revision. It must stay readable for as long as the library exists:
 * properties may be added but never renamed, and any of them may be missing. Its names are therefore independent of
 * those of the domain.
 */
record RevisionDocument(
        @JsonProperty("title") @Nullable Map<String, String> title,
        @JsonProperty("description") @Nullable Map<String, String> description,
        @JsonProperty("attribution") @Nullable Map<String, String> attribution,
        @JsonProperty("study_time") int studyTime,
        @JsonProperty("study_time_unit") @Nullable String studyTimeUnit,
        @JsonProperty("born_on") @Nullable String bornOn,
        @JsonProperty("image") @Nullable String image,
        @JsonProperty("tags") @Nullable List<TagDocument> tags,
        @JsonProperty("attachments") @Nullable List<AttachmentDocument> attachments,

        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("mapped_tags") @Nullable
        List<MappedTagDocument> mappedTags) {

    static RevisionDocument from(ResourceContent content) {
        StudyTime.Unit unit = content.studyTime().unit();
        return new RevisionDocument(
                content.title().texts(),
                content.description().texts(),
                content.attribution().texts(),
                content.studyTime().number(),
                unit == null ? null : unit.word(),
                content.bornOn() == null ? null : content.bornOn().toString(),
                content.image(),
                content.tags().stream().map(TagDocument::from).toList(),
                content.attachments().stream().map(AttachmentDocument::from).toList(),
                content.mappedTags().isEmpty()
                        ? null
                        : content.mappedTags().stream()
                                .map(MappedTagDocument::from)
                                .toList());
    }

    ResourceContent toDomain() {
        return ResourceContent.titled(text(title))
                .description(text(description))
                .attribution(text(attribution))
                .studyTime(new StudyTime(
                        studyTime,
                        studyTimeUnit == null
                                ? null
                                : StudyTime.Unit.ofWord(studyTimeUnit).orElse(null)))
                .bornOn(bornOn == null ? null : BornOn.of(bornOn))
                .image(image)
                .tags(all(tags).stream().map(TagDocument::toDomain).toList())
                .attachments(all(attachments).stream()
                        .map(AttachmentDocument::toDomain)
                        .toList())
                .mappedTags(all(mappedTags).stream()
                        .map(MappedTagDocument::toDomain)
                        .toList())
                .build();
    }

    private static LocalizedText text(@Nullable Map<String, String> texts) {
        return texts == null ? LocalizedText.empty() : new LocalizedText(texts);
    }

    private static <T> List<T> all(@Nullable List<T> list) {
        return Objects.requireNonNullElse(list, List.of());
    }

    record TagDocument(
            @JsonProperty("guid") UUID guid,
            @JsonProperty("category") String category,
            @JsonProperty("name") String name,
            @JsonProperty("categories") @Nullable Map<String, String> categories,
            @JsonProperty("names") @Nullable Map<String, String> names,
            @JsonProperty("description") @Nullable Map<String, String> description,
            @JsonProperty("summary") @Nullable Map<String, String> summary,
            @JsonProperty("image") @Nullable String image) {

        static TagDocument from(Tag tag) {
            return new TagDocument(
                    tag.guid().value(),
                    tag.category(),
                    tag.name(),
                    tag.categories().texts(),
                    tag.names().texts(),
                    tag.description().texts(),
                    tag.summary().texts(),
                    tag.image());
        }

        Tag toDomain() {
            return new Tag(
                    new Guid(guid),
                    category,
                    name,
                    text(categories),
                    text(names),
                    text(description),
                    text(summary),
                    image);
        }
    }

    /** A tag that a rule replaced, and the category and name of the tag that the revision has instead. */
    record MappedTagDocument(
            @JsonProperty("sent") TagDocument sent,
            @JsonProperty("category") String category,
            @JsonProperty("name") String name) {

        static MappedTagDocument from(MappedTag mapped) {
            return new MappedTagDocument(
                    TagDocument.from(mapped.sent()),
                    mapped.as().category(),
                    mapped.as().name());
        }

        MappedTag toDomain() {
            return new MappedTag(sent.toDomain(), new Tag.Key(category, name));
        }
    }

    record AttachmentDocument(
            @JsonProperty("kind") String kind,
            @JsonProperty("guid") UUID guid,
            @JsonProperty("title") @Nullable Map<String, String> title,
            @JsonProperty("description") @Nullable Map<String, String> description,
            @JsonProperty("url") String url,
            @JsonProperty("order") int order,
            @JsonProperty("size_bytes") long sizeBytes) {

        static AttachmentDocument from(Attachment attachment) {
            return new AttachmentDocument(
                    attachment.kind().word(),
                    attachment.guid().value(),
                    attachment.title().texts(),
                    attachment.description().texts(),
                    attachment.url(),
                    attachment.order(),
                    attachment.sizeBytes());
        }

        Attachment toDomain() {
            return new Attachment(
                    AttachmentKind.ofWord(kind).orElseThrow(),
                    new Guid(guid),
                    text(title),
                    text(description),
                    url,
                    order,
                    sizeBytes);
        }
    }
}
