package org.librarypeers.sync.catalogue;

/**
 * A link, a file or a tag of a resource, as it is served by itself.
 *
 * @param kind what it is
 * @param entry the resource that it belongs to
 * @param index which one of the resource's links, files or tags it is, from 0
 */
public record CataloguePart(Kind kind, CatalogueEntry entry, int index) {

    /** What a part is. */
    public enum Kind {
        /** One of the resource's links. */
        LINK,
        /** One of its files. */
        FILE,
        /** That it has a tag. */
        TAGGING
    }

    /** Its number, from 1. */
    public long id() {
        return switch (kind) {
            case LINK -> entry.links().get(index);
            case FILE -> entry.files().get(index);
            case TAGGING -> entry.taggings().get(index).id();
        };
    }
}
