package org.librarypeers.persistence;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.FileLink;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Link;
import org.librarypeers.domain.LocalizedText;
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
        @JsonProperty("links") @Nullable List<PartDocument> links,
        @JsonProperty("files") @Nullable List<PartDocument> files) {

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
                content.links().stream().map(PartDocument::from).toList(),
                content.files().stream().map(PartDocument::from).toList());
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
                .links(all(links).stream().map(PartDocument::toLink).toList())
                .files(all(files).stream().map(PartDocument::toFile).toList())
                .build();
    }

    private static LocalizedText text(@Nullable Map<String, String> texts) {
        return texts == null ? LocalizedText.empty() : new LocalizedText(texts);
    }

    private static <T> List<T> all(@Nullable List<T> parts) {
        return Objects.requireNonNullElse(parts, List.of());
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

    record PartDocument(
            @JsonProperty("guid") UUID guid,
            @JsonProperty("title") @Nullable Map<String, String> title,
            @JsonProperty("description") @Nullable Map<String, String> description,
            @JsonProperty("url") String url,
            @JsonProperty("order") int order,
            @JsonProperty("size_bytes") long sizeBytes) {

        static PartDocument from(Link link) {
            return new PartDocument(
                    link.guid().value(),
                    link.title().texts(),
                    link.description().texts(),
                    link.url(),
                    link.order(),
                    link.sizeBytes());
        }

        static PartDocument from(FileLink file) {
            return new PartDocument(
                    file.guid().value(),
                    file.title().texts(),
                    file.description().texts(),
                    file.url(),
                    file.order(),
                    file.sizeBytes());
        }

        Link toLink() {
            return new Link(new Guid(guid), text(title), text(description), url, order, sizeBytes);
        }

        FileLink toFile() {
            return new FileLink(new Guid(guid), text(title), text(description), url, order, sizeBytes);
        }
    }
}
