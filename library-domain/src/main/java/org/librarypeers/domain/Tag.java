package org.librarypeers.domain;

import org.jspecify.annotations.Nullable;

/**
 * A tag of a library's vocabulary. Category and name identify the tag.
 *
 * @param guid the GUID, the same in all libraries
 * @param category the category in the library's first language, for example {@code Audience}
 * @param name the name in the library's first language, for example {@code Midwife}
 * @param categories the category by language; may lack the first language
 * @param names the name by language; may lack the first language
 * @param description the meaning of the tag; may be empty
 * @param summary a short form of the description; may be empty
 * @param image the address of an image, or null
 */
public record Tag(
        Guid guid,
        String category,
        String name,
        LocalizedText categories,
        LocalizedText names,
        LocalizedText description,
        LocalizedText summary,
        @Nullable String image) {

    /** The maximum length of a category, name or summary, in characters. */
    public static final int MAX_NAME = 100;

    /**
     * Validates the tag.
     *
     * @throws IllegalArgumentException if category or name is missing, or if a text is too long
     */
    public Tag {
        category = Checks.line("tag category", Spelling.withoutOverrides(category), MAX_NAME);
        name = Checks.line("tag name", Spelling.withoutOverrides(name), MAX_NAME);
        categories = categories.withoutOverrides().within("tag category", MAX_NAME);
        names = names.withoutOverrides().within("tag name", MAX_NAME);
        summary = summary.within("tag summary", MAX_NAME);
        image = Checks.optionalLiteral("tag image", image, Attachment.MAX_URL);
    }

    /** Creates a tag with only category and name, and with the GUID that every library derives for it. */
    public static Tag of(String category, String name) {
        return new Tag(
                Guid.ofTag(category, name),
                category,
                name,
                LocalizedText.empty(),
                LocalizedText.empty(),
                LocalizedText.empty(),
                LocalizedText.empty(),
                null);
    }

    /** Returns the key that identifies this tag in a library. */
    public Key key() {
        return new Key(category, name);
    }

    /**
     * The key of a tag: category and name, independent of their spelling ({@link Spelling#folded}).
     *
     * @param category the category in the library's first language
     * @param name the name in the library's first language
     */
    public record Key(String category, String name) implements Comparable<Key> {

        /** Folds category and name. */
        public Key {
            category = Spelling.folded(category);
            name = Spelling.folded(name);
        }

        @Override
        public int compareTo(Key other) {
            int byCategory = category.compareTo(other.category);
            return byCategory != 0 ? byCategory : name.compareTo(other.name);
        }
    }
}
