package org.librarypeers.http.wire;

import java.util.List;
import org.librarypeers.domain.Incoming;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.port.CatalogueEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of one resource, in three forms: as a list shows it, the detail that existing sites can read, and the full one
 * that only our own libraries read and that says all there is.
 *
 * <p>The first two keep to what existing sites can store: the languages of the site, no address that is too long for
 * them, and no key that ends their sync.
 */
public final class ResourceDocument {

    private ResourceDocument() {}

    /**
     * An object of the list.
     *
     * @param language in which the fields without a language are
     */
    public static ObjectNode listed(CatalogueEntry entry, Site site, String language) {
        return new ResourceWriter(site, language, false).listed(entry);
    }

    /**
     * The list's object with its files, links and tags, all of it such that existing sites can read it.
     *
     * @param language in which the fields without a language are
     */
    public static ObjectNode detail(CatalogueEntry entry, Site site, String language) {
        return new ResourceWriter(site, language, false).complete(entry);
    }

    /** Everything: what {@link #read} makes of it says the same as the entry. */
    public static ObjectNode full(CatalogueEntry entry, Site site) {
        return new ResourceWriter(site, site.defaultLanguage(), true).complete(entry);
    }

    /** One link of a resource, by its place among them. */
    public static ObjectNode link(CatalogueEntry entry, int index, Site site, String language) {
        return new ResourceWriter(site, language, false).link(entry, index);
    }

    /** One file of a resource, by its place among them. */
    public static ObjectNode file(CatalogueEntry entry, int index, Site site, String language) {
        return new ResourceWriter(site, language, false).file(entry, index);
    }

    /** That a resource has a tag, by the tag's place among them. */
    public static ObjectNode tagging(CatalogueEntry entry, int index, Site site, String language) {
        return new ResourceWriter(site, language, false).tagging(entry, index);
    }

    /** A tag by itself, as a detail nests it. */
    public static ObjectNode tag(Tag tag, long id, Site site, String language) {
        return new ResourceWriter(site, language, false).tag(tag, id);
    }

    /** The readable part of a tag's address; two tags never share one. */
    public static Slug tagSlug(Tag tag) {
        return Slug.of(tag.name(), tag.guid());
    }

    /**
     * Reads the detail or the full form, whoever wrote it: in every language, and addresses as they are. What is missing
     * is empty, what is not known is passed over, numbers may be texts; tags, links and files that lack what makes them
     * one are left out.
     *
     * @param defaultLanguage the language of fields that do not say theirs
     * @throws InvalidDocumentException if it is not an object with GUID and title, or holds what no library can keep
     */
    public static Incoming read(JsonNode object, String defaultLanguage) {
        return new ResourceReader(object, defaultLanguage, language -> true, "").read();
    }

    /**
     * As {@link #read}, what one of our own libraries sent.
     *
     * @param base scheme and host of that library, which its addresses without them begin with
     */
    public static Incoming readFull(JsonNode object, String defaultLanguage, String base) {
        return new ResourceReader(object, defaultLanguage, language -> true, base).read();
    }

    /**
     * As {@link #read}, what an existing site sent: of its texts, those in some languages. A resource without a title in
     * any of them is called what the site shows.
     *
     * @param languages the codes of the languages that are kept; the first is that of fields that do not say theirs
     * @param base scheme and host of that site, which its addresses without them begin with
     */
    public static Incoming readDetail(JsonNode object, List<String> languages, String base) {
        return new ResourceReader(object, languages.get(0), languages::contains, base).read();
    }
}
