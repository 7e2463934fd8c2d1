package org.librarypeers.app.reader;

import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.librarypeers.app.http.PageNumber;
import org.librarypeers.app.http.Xml;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.BrowseQuery.Order;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.Facets;
import org.librarypeers.sync.storage.Slice;

/** The rules for crawlers ({@code robots.txt}) and the sitemaps. */
public final class RobotPages {

    private static final String SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static final int SIZE = 500;
    private static final int MOST_PAGES = 200;

    /** The crawler rules. Search pages are excluded because they repeat the same resources. */
    private static final String ROBOTS = """
            User-agent: *
            Disallow: /search
            Disallow: /language/
            Disallow: /theme/
            Disallow: /signin
            Disallow: /api/

            Sitemap: %s
            """;

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.get("/robots.txt", visit -> {
            visit.ctx().contentType("text/plain; charset=utf-8");
            visit.ctx().result(ROBOTS.formatted(visit.absolute("/sitemap.xml")));
        });
        routes.get("/sitemap.xml", this::index);
        routes.get("/sitemap/{page}", this::page);
    }

    private static Slice<CatalogueEntry> resources(Visit visit, int page, int size) {
        return visit.reads().catalogue().browse(BrowseQuery.APPROVED, Order.NEWEST_FIRST, (page - 1) * SIZE, size);
    }

    private void index(Visit visit) throws XMLStreamException {
        long total = resources(visit, 1, 1).total();
        Xml xml = new Xml("sitemapindex", SITEMAPS);
        for (int page = 1; page <= MOST_PAGES && (page == 1 || (page - 1L) * SIZE < total); page++) {
            xml.start("sitemap")
                    .element("loc", visit.absolute("/sitemap/" + page))
                    .end();
        }
        answer(visit, xml);
    }

    /** Sends one sitemap. The first one also lists the pages that are not resources. */
    private void page(Visit visit) throws XMLStreamException {
        int page = PageNumber.parse(visit.ctx().pathParam("page"))
                .map(PageNumber::value)
                .orElse(MOST_PAGES + 1);
        List<CatalogueEntry> entries =
                page <= MOST_PAGES ? resources(visit, page, SIZE).items() : List.of();
        if (entries.isEmpty() && page != 1) {
            visit.notFound();
            return;
        }
        Xml xml = new Xml("urlset", SITEMAPS);
        if (page == 1) {
            xml.start("url").element("loc", visit.absolute("/")).end();
            xml.start("url").element("loc", visit.absolute("/about")).end();
            for (Facets.TagCount counted : visit.reads().catalogue().topics()) {
                xml.start("url")
                        .element("loc", visit.absolute("/tag/" + counted.tag().slug()))
                        .end();
            }
        }
        for (CatalogueEntry entry : entries) {
            xml.start("url")
                    .element(
                            "loc",
                            visit.absolute("/resource/" + entry.resource().slug()))
                    .element("lastmod", entry.resource().updated().toString())
                    .end();
        }
        answer(visit, xml);
    }

    private static void answer(Visit visit, Xml xml) throws XMLStreamException {
        visit.ctx().contentType("application/xml; charset=utf-8");
        visit.ctx().result(xml.bytes());
    }
}
