package org.librarypeers.app.content;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.librarypeers.domain.Attachment;
import org.librarypeers.http.wire.OrbTime;
import org.librarypeers.http.wire.ResourceDocument;
import org.librarypeers.http.wire.Site;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.links.LinkRepository;
import org.librarypeers.sync.links.LinkState;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An export of all resources of a library as JSON Lines, in the format of the full feed, which an import can read. */
public final class ResourceExport {

    private static final int PAGE = 500;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The lists of attachments, with the names of their addresses. */
    private static final Map<String, String> ADDRESSES = Map.of("urls", "url", "files", "file");

    private final Catalogue catalogue;
    private final LinkRepository links;
    private final Supplier<List<String>> contentLanguages;

    /**
     * Creates an export of this library.
     *
     * @param contentLanguages returns the languages of the library, the default first
     */
    public ResourceExport(Catalogue catalogue, LinkRepository links, Supplier<List<String>> contentLanguages) {
        this.catalogue = catalogue;
        this.links = links;
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
        Site site = new Site("", contentLanguages.get());
        Map<String, LinkState> states = links.find(entries.stream()
                .flatMap(entry -> entry.resource().content().attachments().stream())
                .map(Attachment::url)
                .collect(Collectors.toSet()));
        for (CatalogueEntry entry : entries) {
            ObjectNode document = ResourceDocument.full(entry, site);
            ADDRESSES.forEach((list, address) ->
                    document.path(list).forEach(attachment -> mark((ObjectNode) attachment, address, states)));
            out.println(JSON.writeValueAsString(document));
        }
        return entries.size();
    }

    /** Adds since when a link is dead. An import ignores it. */
    private static void mark(ObjectNode attachment, String address, Map<String, LinkState> states) {
        LinkState state = states.get(attachment.path(address).asString(""));
        if (state != null && state.deadSince() != null) {
            attachment.put("dead_since", OrbTime.text(state.deadSince()));
        }
    }
}
