package org.librarypeers.sync.catalogue;

/**
 * A link, a file or a tagging of a resource, as it is served separately.
 *
 * @param kind the kind
 * @param entry the resource that it belongs to
 * @param index the index in the resource's links, files or tags, from 0
 */
public record CataloguePart(Kind kind, CatalogueEntry entry, int index) {

    /** The kind of a part. */
    public enum Kind {
        /** A link. */
        LINK,
        /** A file. */
        FILE,
        /** The assignment of a tag. */
        TAGGING
    }

    /** Returns the number of the part, from 1. */
    public long id() {
        return switch (kind) {
            case LINK -> entry.links().get(index);
            case FILE -> entry.files().get(index);
            case TAGGING -> entry.taggings().get(index).id();
        };
    }
}
