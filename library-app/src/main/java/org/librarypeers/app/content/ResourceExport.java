package org.librarypeers.app.content;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Predicate;
import org.librarypeers.http.wire.ResourceDocument;
import org.librarypeers.http.wire.Site;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import tools.jackson.databind.json.JsonMapper;

/** An export of all resources of a library as JSON Lines, in the format of the full feed, which an import can read. */
public final class ResourceExport {

    private static final int PAGE = 500;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Catalogue catalogue;
    private final List<String> contentLanguages;

    /** Creates an export of this library. */
    public ResourceExport(Catalogue catalogue, List<String> contentLanguages) {
        this.catalogue = catalogue;
        this.contentLanguages = contentLanguages;
    }

    /** Writes all resources in the order of their ids, and returns how many were written. */
    public long run(PrintWriter out) {
        return run(out, entry -> true);
    }

    /** Writes the wanted resources in the order of their ids, and returns how many were written. */
    public long run(PrintWriter out, Predicate<CatalogueEntry> wanted) {
        long written = 0;
        long last = 0;
        List<CatalogueEntry> page;
        do {
            page = catalogue.all(last, PAGE);
            written += write(out, page.stream().filter(wanted).toList());
            last = page.isEmpty() ? last : page.get(page.size() - 1).id();
            // Stops when the output can no longer be written.
        } while (page.size() == PAGE && !out.checkError());
        return written;
    }

    /** Writes resources in the given order, one on each line. Returns how many there are. */
    public int write(PrintWriter out, List<CatalogueEntry> entries) {
        Site site = new Site("", contentLanguages);
        entries.forEach(entry -> out.println(JSON.writeValueAsString(ResourceDocument.full(entry, site))));
        return entries.size();
    }
}
