package org.librarypeers.http.wire;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.Remark;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.catalogue.CatalogueCategory;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CataloguePart;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.catalogue.Deletion;
import org.librarypeers.sync.catalogue.FeedPage;
import org.librarypeers.sync.catalogue.ListedResource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of one resource, in three forms: the list form, the detail form that existing sites can read, and the full form,
 * which contains everything and which only this software reads.
 *
 * <p>The first two forms contain only what existing sites can save: the languages of the site, no address that is too long for
 * them, and no key that aborts their sync.
 */
public final class ResourceDocument {

    /**
     * The default language of existing sites, in which they send requests. For them, an empty key of this language overrides
     * the text without a language, and a key that differs from that text aborts the sync.
     */
    public static final String FIRST_OF_ORB = "en";

    /** The status of an object of the full feed that says that a resource is no longer served. */
    public static final String DELETED = "deleted";

    private ResourceDocument() {}

    /**
     * Returns the list form of a resource.
     *
     * @param language the language of the fields whose keys do not name one
     */
    public static ObjectNode listed(ListedResource resource, Site site, String language) {
        return OrbJson.tree(out -> new ResourceWriter(out, site, language, false).listed(resource));
    }

    /**
     * Returns the detail form, as {@link #detail(CatalogueEntry, Site, String, Set)} does, of a resource whose attachments
     * have unique GUIDs.
     */
    public static ObjectNode detail(CatalogueEntry entry, Site site, String language) {
        return detail(entry, site, language, Set.of());
    }

    /**
     * Returns the detail form of a resource: the list form with links, files and tags, readable by existing sites.
     *
     * @param language the language of the fields whose keys do not name one
     * @param repeated the GUIDs of attachments that other resources have too. These GUIDs are not written, because existing
     *     sites abort their sync at the second occurrence.
     */
    public static ObjectNode detail(CatalogueEntry entry, Site site, String language, Set<Guid> repeated) {
        return OrbJson.tree(out -> new ResourceWriter(out, site, language, false, repeated).complete(entry, null));
    }

    /**
     * Returns the full form of a resource, with the route by which it came to the serving library.
     *
     * @param server the library that serves the resource; the last one of the route
     */
    public static ObjectNode full(CatalogueEntry entry, Site site, LibraryId server) {
        return OrbJson.tree(out -> fullWriter(out, site).complete(entry, server));
    }

    /** Returns the full form of a resource, without a route. {@link #read} restores the same content. */
    public static ObjectNode full(CatalogueEntry entry, Site site) {
        return OrbJson.tree(out -> fullWriter(out, site).complete(entry, null));
    }

    /**
     * Writes an array of the changes and deletions of a page of the feed, ordered by feed position. A change is written as
     * {@link #full(CatalogueEntry, Site, LibraryId)} returns it. A deletion is an object with the status {@value #DELETED}, without any
     * text of the resource. It has empty lists where a resource has its parts, because a reader recognises the full feed by them.
     */
    public static void writeFeed(JsonGenerator out, FeedPage feed, Site site, LibraryId server) {
        ResourceWriter writer = fullWriter(out, site).copyingTags();
        Iterator<Deletion> deletions = feed.deletions().iterator();
        Deletion next = deletions.hasNext() ? deletions.next() : null;
        out.writeStartArray();
        for (CatalogueEntry entry : feed.changes()) {
            while (next != null && next.position() < entry.position()) {
                writeDeletion(out, next);
                next = deletions.hasNext() ? deletions.next() : null;
            }
            writer.complete(entry, server);
        }
        while (next != null) {
            writeDeletion(out, next);
            next = deletions.hasNext() ? deletions.next() : null;
        }
        out.writeEndArray();
    }

    /** Returns the object of a deletion, as {@link #writeFeed} writes it. */
    public static ObjectNode deletion(Deletion deletion) {
        return OrbJson.tree(out -> writeDeletion(out, deletion));
    }

    private static void writeDeletion(JsonGenerator out, Deletion deletion) {
        out.writeStartObject();
        out.writeStringProperty("guid", deletion.guid().toString());
        out.writeStringProperty("status", DELETED);
        out.writeStringProperty("update_date", OrbTime.text(deletion.at()));
        out.writeStringProperty("reason", deletion.reason().word());
        if (deletion.redirect() != null) {
            out.writeStringProperty("redirect", deletion.redirect().toString());
        }
        for (String part : List.of("tags", "urls", "files")) {
            out.writeName(part);
            out.writeStartArray();
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    private static ResourceWriter fullWriter(JsonGenerator out, Site site) {
        return new ResourceWriter(out, site, site.defaultLanguage(), true);
    }

    /** Returns one attachment or tagging of a resource, as the detail form contains it. */
    public static ObjectNode part(CataloguePart part, Site site, String language) {
        return OrbJson.tree(out -> {
            ResourceWriter writer = new ResourceWriter(out, site, language, false);
            switch (part.kind()) {
                case LINK -> writer.attachment(part.entry(), part.attachment());
                case FILE -> writer.fileByItself(part.entry(), part.attachment());
                case TAGGING -> writer.tagging(part.entry(), part.tagIndex());
            }
        });
    }

    /** Returns a tag alone, as the detail form contains it. */
    public static ObjectNode tag(CatalogueTag tag, Site site, String language) {
        return OrbJson.tree(out -> new ResourceWriter(out, site, language, false).tag(tag));
    }

    /** Returns the short form of a tag. */
    public static ObjectNode tagInShort(CatalogueTag tag, Site site, String language) {
        return OrbJson.tree(out -> new ResourceWriter(out, site, language, false).tagInShort(tag));
    }

    /**
     * Returns a category of tags.
     *
     * @param order the place of the category among all categories
     */
    public static ObjectNode category(CatalogueCategory category, int order, Site site, String language) {
        return OrbJson.tree(out -> new ResourceWriter(out, site, language, false).category(category, order));
    }

    /**
     * Reads the detail form or the full form, written by any program, with all languages and with addresses as they are.
     * Missing fields are empty; unknown fields are ignored. Values that cannot be saved or understood are corrected or left
     * out, with a remark for each.
     *
     * @param defaultLanguage the language of texts whose keys do not name one, if the object does not show their language
     * @throws InvalidDocumentException if the value is not an object, or has no usable GUID or title
     */
    public static ReadResource read(JsonNode object, String defaultLanguage) {
        return new ResourceReader(object, defaultLanguage, "").read();
    }

    /**
     * Returns the GUID of an object.
     *
     * @throws InvalidDocumentException if the GUID is missing or invalid
     */
    public static Guid guid(ObjectNode object) {
        try {
            return Texts.string(object, "guid")
                    .map(Guid::of)
                    .orElseThrow(() -> new InvalidDocumentException("guid is missing"));
        } catch (IllegalArgumentException e) {
            throw new InvalidDocumentException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Returns the slug of an object; empty if it has none.
     *
     * @throws InvalidDocumentException if the slug is invalid
     */
    public static Optional<Slug> slug(ObjectNode object) {
        try {
            return Texts.string(object, "slug").map(String::strip).map(Slug::new);
        } catch (IllegalArgumentException e) {
            throw new InvalidDocumentException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Returns the status of an object; empty if it has none.
     *
     * @throws InvalidDocumentException if the status is unknown
     */
    public static Optional<Status> status(ObjectNode object) {
        return Texts.string(object, "status")
                .map(String::strip)
                .map(word -> Status.ofWord(word)
                        .orElseThrow(() -> new InvalidDocumentException(
                                "status '" + word + "' is not one of pending, approved, rejected and archived")));
    }

    /**
     * Reads an object onto stored content. A field that the object lacks leaves the stored value unchanged. Otherwise works
     * like {@link #read}.
     *
     * @param remarks receives a remark for each value that was corrected or left out
     * @throws InvalidDocumentException if the object has no usable GUID, or the resulting content is invalid
     */
    public static ResourceContent readOnto(
            ResourceContent stored, ObjectNode object, String defaultLanguage, Consumer<Remark> remarks) {
        String language = Texts.languageOf(object, defaultLanguage);
        PresentFields fields = new PresentFields(object, language);
        ReadResource read =
                new ResourceReader(object, language, "").read(sent -> fields.titleOnto(stored.title(), sent));
        read.remarks().forEach(remarks);
        try {
            return fields.appliedTo(stored, read.resource().content());
        } catch (IllegalArgumentException e) {
            throw new InvalidDocumentException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Reads a resource that a peer sent, as {@link #read} does. The peer can run this software or be an existing site.
     *
     * @param base scheme and host of the peer, which are added to its relative addresses
     */
    public static ReadResource readFrom(JsonNode object, String base) {
        return new ResourceReader(object, FIRST_OF_ORB, base).read();
    }

    /**
     * Returns the content of a resource after changes by a client.
     *
     * @param before the content before the changes; null for a new resource
     * @param changes an object with the fields to change: title, description, attribution (each also with a language, as in
     *     {@code title_es}), study_time_number, study_time_unit and born_on
     * @param language the language of fields whose keys do not name one
     * @throws InvalidDocumentException if a change or the resulting content is invalid
     */
    public static ResourceContent readChanges(@Nullable ResourceContent before, JsonNode changes, String language) {
        return new ContentChanges(changes, language, before).applied();
    }
}
