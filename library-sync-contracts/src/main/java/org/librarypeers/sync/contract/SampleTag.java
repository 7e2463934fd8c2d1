package org.librarypeers.sync.contract;

import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Tag;

/** Builds a tag from the fields that a test is about. All other fields are empty, and the GUID is random. */
public final class SampleTag {

    private final String category;
    private String name;
    private Guid guid = Guid.random();
    private LocalizedText categories = LocalizedText.empty();
    private LocalizedText names = LocalizedText.empty();
    private LocalizedText description = LocalizedText.empty();
    private LocalizedText summary = LocalizedText.empty();
    private @Nullable String image;

    private SampleTag(String category, String name) {
        this.category = category;
        this.name = name;
    }

    /** Starts a tag with this category and name. */
    public static SampleTag tag(String category, String name) {
        return new SampleTag(category, name);
    }

    /** Starts a tag that is like this one in every field. */
    public static SampleTag like(Tag tag) {
        return tag(tag.category(), tag.name())
                .guid(tag.guid())
                .categories(tag.categories())
                .names(tag.names())
                .description(tag.description())
                .summary(tag.summary())
                .image(tag.image());
    }

    /** Sets the GUID. */
    public SampleTag guid(Guid value) {
        guid = value;
        return this;
    }

    /** Sets the name. */
    public SampleTag name(String value) {
        name = value;
        return this;
    }

    /** Sets the category by language. */
    public SampleTag categories(LocalizedText value) {
        categories = value;
        return this;
    }

    /** Sets the name by language. */
    public SampleTag names(LocalizedText value) {
        names = value;
        return this;
    }

    /** Sets the description. */
    public SampleTag description(LocalizedText value) {
        description = value;
        return this;
    }

    /** Sets the summary. */
    public SampleTag summary(LocalizedText value) {
        summary = value;
        return this;
    }

    /** Sets the address of the image. */
    public SampleTag image(@Nullable String url) {
        image = url;
        return this;
    }

    /** Returns the tag. */
    public Tag build() {
        return new Tag(guid, category, name, categories, names, description, summary, image);
    }
}
