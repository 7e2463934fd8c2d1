package org.librarypeers.http.wire;

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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of one resource, in three forms: as a list shows it, the detail that existing sites can read, and the full one
 * that only our own libraries read and that says all there is.
 *
 * <p>The first two keep to what existing sites can store: the languages of the site, no address that is too long for
 * them, and no key that ends their sync.
 */
public final class ResourceDocument {

    /**
     * The first language of existing sites, in which they ask. For them, a key of it that is empty overrides the text without a
     * language, and one that differs from that text is the end of the sync.
     */
    public static final String FIRST_OF_ORB = "en";

    private ResourceDocument() {}

    /**
     * An object of the list.
     *
     * @param language in which the fields without a language are
     */
    public static ObjectNode listed(CatalogueEntry entry, Site site, String language) {
        return new ResourceWriter(site, language, false).listed(entry);
    }

    /** As {@link #detail(CatalogueEntry, Site, String, Set)}, where every link and file has a GUID of its own. */
    public static ObjectNode detail(CatalogueEntry entry, Site site, String language) {
        return detail(entry, site, language, Set.of());
    }

    /**
     * The list's object with its files, links and tags, all of it such that existing sites can read it.
     *
     * @param language in which the fields without a language are
     * @param repeated the GUIDs of links and files that other resources have too; existing sites end their sync at the second
     */
    public static ObjectNode detail(CatalogueEntry entry, Site site, String language, Set<Guid> repeated) {
        return new ResourceWriter(site, language, false, repeated).complete(entry);
    }

    /**
     * Everything, as one of our own libraries serves it to another: with the route by which it has come to that library.
     */
    public static ObjectNode full(CatalogueEntry entry, Site site, LibraryId server) {
        ObjectNode object = full(entry, site);
        ArrayNode route = object.putArray(ResourceReader.ROUTE);
        entry.resource().origin().routeThrough(server).libraries().forEach(library -> route.add(library.toString()));
        return object;
    }

    /** Everything: what {@link #read} makes of it says the same as the entry. */
    public static ObjectNode full(CatalogueEntry entry, Site site) {
        return new ResourceWriter(site, site.defaultLanguage(), true).complete(entry);
    }

    /** One link, file or tag of a resource, as a detail nests it. */
    public static ObjectNode part(CataloguePart part, Site site, String language) {
        ResourceWriter writer = new ResourceWriter(site, language, false);
        return switch (part.kind()) {
            case LINK -> writer.link(part.entry(), part.index());
            case FILE -> writer.fileByItself(part.entry(), part.index());
            case TAGGING -> writer.tagging(part.entry(), part.index());
        };
    }

    /** A tag by itself, as a detail nests it. */
    public static ObjectNode tag(CatalogueTag tag, Site site, String language) {
        return new ResourceWriter(site, language, false).tag(tag);
    }

    /** A tag in short. */
    public static ObjectNode tagInShort(CatalogueTag tag, Site site, String language) {
        return new ResourceWriter(site, language, false).tagInShort(tag);
    }

    /**
     * A category of tags.
     *
     * @param order where it stands among the categories
     */
    public static ObjectNode category(CatalogueCategory category, int order, Site site, String language) {
        return new ResourceWriter(site, language, false).category(category, order);
    }

    /**
     * Reads the detail or the full form, whoever wrote it: in every language, and addresses as they are. What is missing
     * is empty, what is not known is passed over. Values that cannot be stored or understood are corrected or left out, with a
     * remark each.
     *
     * @param defaultLanguage the language of texts under keys that do not name one, if nothing in the object says theirs
     * @throws InvalidDocumentException if it is not an object, or has no usable GUID or title
     */
    public static ReadResource read(JsonNode object, String defaultLanguage) {
        return new ResourceReader(object, defaultLanguage, "").read();
    }

    /**
     * Returns the GUID of an object.
     *
     * @throws InvalidDocumentException if it has none, or one that is not a GUID
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
     * @throws InvalidDocumentException if it is not a slug
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
     * @throws InvalidDocumentException if the word is not that of a status
     */
    public static Optional<Status> status(ObjectNode object) {
        return Texts.string(object, "status")
                .map(String::strip)
                .map(word -> Status.ofWord(word)
                        .orElseThrow(() -> new InvalidDocumentException(
                                "status '" + word + "' is not one of pending, approved, rejected and archived")));
    }

    /**
     * As {@link #read}, for a resource that is stored already: a field that the object lacks leaves what is stored untouched.
     *
     * @param remarks gets what of the object was corrected or left out
     * @throws InvalidDocumentException if it is not an object with a GUID, or no library can save what it would become
     */
    public static ResourceContent readOnto(
            ResourceContent stored, ObjectNode object, String defaultLanguage, Consumer<Remark> remarks) {
        String language = Texts.languageOf(object, defaultLanguage);
        PresentFields fields = new PresentFields(object, language);
        ObjectNode complete = object;
        if (!fields.has("title")) {
            complete = object.deepCopy();
            complete.put("title", stored.title().best(List.of(language)));
        }
        ReadResource read = read(complete, language);
        read.remarks().forEach(remarks);
        try {
            return fields.appliedTo(stored, read.resource().content());
        } catch (IllegalArgumentException e) {
            throw new InvalidDocumentException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * As {@link #read}, what a peer sent: one of our own libraries or an existing site.
     *
     * @param base scheme and host of the peer, which its addresses without them begin with
     */
    public static ReadResource readFrom(JsonNode object, String base) {
        return new ResourceReader(object, FIRST_OF_ORB, base).read();
    }

    /**
     * What a resource says after somebody has written to it.
     *
     * @param before what it said; null for a new one
     * @param changes an object with the fields that are to change: title, description, attribution (each also with a
     *     language, as in {@code title_es}), study_time_number, study_time_unit and born_on
     * @param language that of fields that do not say theirs
     * @throws InvalidDocumentException if no library can keep it
     */
    public static ResourceContent readChanges(@Nullable ResourceContent before, JsonNode changes, String language) {
        return new ContentChanges(changes, language, before).applied();
    }
}
