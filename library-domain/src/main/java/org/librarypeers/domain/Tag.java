package org.librarypeers.domain;

import org.jspecify.annotations.Nullable;

/**
 * A word of a library's vocabulary, in a category. Category and name together say which tag it is; the rest describes
 * it.
 *
 * @param guid the identity that travels
 * @param category for example {@code Audience}, in the library's first language
 * @param name for example {@code Midwife}, in the library's first language
 * @param categories the category's name by language; may lack the first language
 * @param names the name by language; may lack the first language
 * @param description what the tag stands for; may be empty
 * @param summary the same in short; may be empty
 * @param image address of a picture, or null
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

    /** The longest category, name or summary, in characters. */
    public static final int MAX_NAME = 100;

    /**
     * Checks the tag.
     *
     * @throws IllegalArgumentException if category or name are missing, or something is too long
     */
    public Tag {
        category = Checks.line("tag category", Spelling.withoutOverrides(category), MAX_NAME);
        name = Checks.line("tag name", Spelling.withoutOverrides(name), MAX_NAME);
        categories = categories.withoutOverrides().within("tag category", MAX_NAME);
        names = names.withoutOverrides().within("tag name", MAX_NAME);
        summary = summary.within("tag summary", MAX_NAME);
        image = Checks.optionalLiteral("tag image", image, Link.MAX_URL);
    }

    /** A tag of which only category and name are known, with the GUID that every library derives for it. */
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

    /** Returns what tells this tag from the others of a library. */
    public Key key() {
        return new Key(category, name);
    }

    /**
     * What tells the tags of a library apart: category and name, whatever their spelling ({@link Spelling#folded}).
     *
     * @param category in the library's first language
     * @param name in the library's first language
     */
    public record Key(String category, String name) implements Comparable<Key> {

        /** Folds both. */
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
