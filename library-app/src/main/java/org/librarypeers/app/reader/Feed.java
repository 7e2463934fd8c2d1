package org.librarypeers.app.reader;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import javax.xml.stream.XMLStreamException;
import org.jsoup.nodes.Entities;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.http.Xml;

/**
 * A feed of the latest resources for feed readers.
 *
 * @param id the permanent id of the feed
 * @param language the code of the main language of the feed
 * @param home the address of the corresponding HTML page
 * @param self the address of the feed
 * @param previous the address of the page with later resources; null on the first page
 * @param next the address of the page with earlier resources; null on the last page
 * @param updated the time of the latest change of its items
 */
record Feed(
        UUID id,
        String title,
        String about,
        String language,
        String home,
        String self,
        @Nullable String previous,
        @Nullable String next,
        Instant updated,
        List<FeedEntry> items) {

    private static final String ATOM_TYPE = "application/atom+xml";
    private static final String ATOM = "http://www.w3.org/2005/Atom";

    Feed {
        items = List.copyOf(items);
    }

    /**
     * A resource in a feed.
     *
     * @param original the address of the resource at the library that made it; null if it was made here or the address is unknown
     */
    record FeedEntry(
            UUID guid,
            String title,
            String language,
            String address,
            Instant created,
            Instant updated,
            String maker,
            @Nullable String original,
            String summary,
            List<Category> categories) {}

    /** A tag of a resource. */
    record Category(String slug, String name) {}

    byte[] atom() throws XMLStreamException {
        Xml xml = new Xml("feed", ATOM).with("xml:lang", language);
        xml.element("id", "urn:uuid:" + id).element("title", title).element("subtitle", about);
        xml.element("updated", updated.toString());
        link(xml, "alternate", home, "text/html");
        link(xml, "self", self, ATOM_TYPE);
        if (previous != null) {
            link(xml, "previous", previous, ATOM_TYPE);
        }
        if (next != null) {
            link(xml, "next", next, ATOM_TYPE);
        }
        for (FeedEntry item : items) {
            xml.start("entry").with("xml:lang", item.language);
            xml.element("id", "urn:uuid:" + item.guid);
            xml.start("title").text(item.title).end();
            xml.element("published", item.created.toString()).element("updated", item.updated.toString());
            xml.start("author").element("name", item.maker).end();
            link(xml, "alternate", item.address, "text/html");
            if (item.original != null) {
                link(xml, "via", item.original, "text/html");
            }
            for (Category category : item.categories) {
                xml.start("category").with("term", category.slug).with("label", category.name);
                xml.end();
            }
            xml.start("summary").text(item.summary).end();
            xml.end();
        }
        return xml.bytes();
    }

    private static void link(Xml xml, String relation, String address, String type) throws XMLStreamException {
        xml.start("link").with("rel", relation).with("type", type).with("href", address);
        xml.end();
    }

    byte[] rss() throws XMLStreamException {
        Xml xml = new Xml("rss", "")
                .namespace("atom", ATOM)
                .namespace("dc", "http://purl.org/dc/elements/1.1/")
                .with("version", "2.0");
        xml.start("channel").element("title", title).element("link", home).element("description", about);
        xml.element("language", language).element("lastBuildDate", day(updated));
        xml.start("atom:link")
                .with("rel", "self")
                .with("type", "application/rss+xml")
                .with("href", self)
                .end();
        for (FeedEntry item : items) {
            xml.start("item").element("title", item.title).element("link", item.address);
            xml.start("guid")
                    .with("isPermaLink", "false")
                    .text("urn:uuid:" + item.guid)
                    .end();
            xml.element("pubDate", day(item.updated)).element("dc:creator", item.maker);
            for (Category category : item.categories) {
                xml.element("category", category.name);
            }
            // Feed readers interpret the text of an RSS description as HTML.
            xml.start("description").text(Entities.escape(item.summary)).end();
            if (item.original != null) {
                xml.start("source").with("url", item.original).text(item.maker).end();
            }
            xml.end();
        }
        return xml.bytes();
    }

    private static String day(Instant time) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
    }
}
