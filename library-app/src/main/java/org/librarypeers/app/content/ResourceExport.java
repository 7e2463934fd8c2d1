package org.librarypeers.app.content;

import java.io.PrintWriter;
import java.util.List;
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

    /** Writes the resources in the order of their ids, and returns how many were written. */
    public long run(PrintWriter out) {
        Site site = new Site("", contentLanguages);
        long written = 0;
        long last = 0;
        List<CatalogueEntry> page;
        do {
            page = catalogue.all(last, PAGE);
            for (CatalogueEntry entry : page) {
                out.println(JSON.writeValueAsString(ResourceDocument.full(entry, site)));
                last = entry.id();
                written++;
            }
            // Stops when the output can no longer be written.
        } while (page.size() == PAGE && !out.checkError());
        return written;
    }
}
