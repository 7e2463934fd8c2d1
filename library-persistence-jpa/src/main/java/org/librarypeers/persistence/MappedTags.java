package org.librarypeers.persistence;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.MappedTag;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;

/**
 * The column with the tags of the current revision that rules replaced. It refers to the tags that the resource has
 * instead by their ids, because these tags can be renamed.
 */
final class MappedTags {

    private MappedTags() {}

    private record Document(
            @JsonProperty("tag") long tag,
            @JsonProperty("sent") RevisionDocument.TagDocument sent) {}

    /** Returns the value of the column; null if no tag was replaced. */
    static @Nullable String write(ResourceContent content, Map<Tag.Key, TagEntity> vocabulary) {
        return content.mappedTags().isEmpty()
                ? null
                : Json.write(content.mappedTags().stream()
                        .map(mapped -> new Document(
                                Objects.requireNonNull(vocabulary.get(mapped.as()))
                                        .id(),
                                RevisionDocument.TagDocument.from(mapped.sent())))
                        .toList());
    }

    /**
     * Reads the column.
     *
     * @param tags the tags of the resource
     */
    static List<MappedTag> read(@Nullable String column, Stream<TagEntity> tags) {
        if (column == null) {
            return List.of();
        }
        List<TagEntity> all = tags.toList();
        return Arrays.stream(Json.read(column, Document[].class))
                .flatMap(document -> all.stream()
                        .filter(tag -> tag.id() == document.tag())
                        .map(tag -> new MappedTag(document.sent().toDomain(), tag.key())))
                .toList();
    }
}
