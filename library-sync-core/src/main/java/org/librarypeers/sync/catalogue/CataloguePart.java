package org.librarypeers.sync.catalogue;

import java.util.stream.Stream;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;

/**
 * An attachment or a tagging of a resource, as it is served separately.
 *
 * @param kind the kind
 * @param entry the resource that it belongs to
 * @param id the number of the attachment or tagging, from 1
 */
public record CataloguePart(Kind kind, CatalogueEntry entry, long id) {

    /** The kind of a part. */
    public enum Kind {
        /** A link. */
        LINK,
        /** A file. */
        FILE,
        /** The assignment of a tag. */
        TAGGING;

        private static Kind of(AttachmentKind kind) {
            return switch (kind) {
                case LINK -> LINK;
                case FILE -> FILE;
            };
        }
    }

    /** Returns the part for an attachment of a resource. */
    public static CataloguePart of(CatalogueEntry entry, Attachment attachment) {
        return new CataloguePart(Kind.of(attachment.kind()), entry, entry.numberOf(attachment));
    }

    /** Returns the part for a tagging of a resource. */
    public static CataloguePart of(CatalogueEntry entry, CatalogueEntry.Tagging tagging) {
        return new CataloguePart(Kind.TAGGING, entry, tagging.id());
    }

    /** Returns all parts of a resource: its attachments, then its taggings, both in their order. */
    public static Stream<CataloguePart> allOf(CatalogueEntry entry) {
        return Stream.concat(
                entry.resource().content().attachments().stream().map(attachment -> of(entry, attachment)),
                entry.taggings().stream().map(tagging -> of(entry, tagging)));
    }

    /**
     * Returns the attachment.
     *
     * @throws IllegalStateException if this part is a tagging
     */
    public Attachment attachment() {
        return entry.resource().content().attachments().stream()
                .filter(attachment -> kind == Kind.of(attachment.kind()) && entry.numberOf(attachment) == id)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("part " + id + " is not an attachment"));
    }

    /**
     * Returns the index of the tagging and its tag in the resource's lists of both, from 0.
     *
     * @throws IllegalStateException if this part is an attachment
     */
    public int tagIndex() {
        for (int i = 0; kind == Kind.TAGGING && i < entry.taggings().size(); i++) {
            if (entry.taggings().get(i).id() == id) {
                return i;
            }
        }
        throw new IllegalStateException("part " + id + " is not a tagging");
    }
}
