package org.librarypeers.sync.catalogue;

import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Spelling;

/**
 * A set of resources, for harvesters that want a part of a library. A resource that is no longer served belongs to the sets of its
 * current tags and languages.
 *
 * @param kind what the resources of the set have in common
 * @param value the category, tag or language; empty for the other kinds
 */
public record DatedSet(Kind kind, String value) {

    /** All resources. */
    public static final DatedSet ALL = new DatedSet(Kind.ALL, "");

    /** The resources that have at least one tag. */
    public static final DatedSet ANY_TAG = new DatedSet(Kind.ANY_TAG, "");

    /** The kind of a set: what its resources have in common. */
    public enum Kind {
        /** All resources. */
        ALL,
        /** The resources with at least one tag. */
        ANY_TAG,
        /** The resources with a tag of a category. The value is the {@linkplain Spelling#folded folded} name of the category. */
        CATEGORY,
        /** The resources with a tag. The value is its slug. */
        TAG,
        /** The resources with a title in a language. The value is its code. */
        LANGUAGE
    }

    /** Returns the set of the resources with a tag of a category, given in any spelling. */
    public static DatedSet ofCategory(String name) {
        return new DatedSet(Kind.CATEGORY, Spelling.folded(name));
    }

    /** Returns the set of the resources with a tag. */
    public static DatedSet ofTag(Slug slug) {
        return new DatedSet(Kind.TAG, slug.value());
    }

    /**
     * Returns the set of the resources that have a title in a language.
     *
     * @throws IllegalArgumentException if the code is invalid
     */
    public static DatedSet ofLanguage(String code) {
        return new DatedSet(Kind.LANGUAGE, LocalizedText.language(code));
    }
}
