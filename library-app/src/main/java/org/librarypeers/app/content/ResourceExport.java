package org.librarypeers.app.content;

import java.io.PrintWriter;
import java.util.List;
import org.librarypeers.app.Library;
import org.librarypeers.http.wire.ResourceDocument;
import org.librarypeers.http.wire.Site;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import tools.jackson.databind.json.JsonMapper;

/** Writes all resources of a library as JSON Lines, in the form that the full feed has and an import reads. */
public final class ResourceExport {

    private static final int PAGE = 500;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Library library;

    /** An export of that library. */
    public ResourceExport(Library library) {
        this.library = library;
    }

    /** Writes them in the order of their numbers, and returns how many there were. */
    public long run(PrintWriter out) {
        Site site = new Site("", library.settings().languages());
        long written = 0;
        long last = 0;
        List<CatalogueEntry> page;
        do {
            page = library.storage().catalogue().all(last, PAGE);
            for (CatalogueEntry entry : page) {
                out.println(JSON.writeValueAsString(ResourceDocument.full(entry, site)));
                last = entry.id();
                written++;
            }
            // Nobody needs the rest of an output that cannot be written.
        } while (page.size() == PAGE && !out.checkError());
        return written;
    }
}
