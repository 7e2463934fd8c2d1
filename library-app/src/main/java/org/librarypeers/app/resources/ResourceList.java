package org.librarypeers.app.resources;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.http.PageNumber;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Wording;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.Slice;

/** The list of the resources that a visitor may see. */
public final class ResourceList {

    private static final int PAGE = 25;
    private final LibraryStorage storage;

    ResourceList(LibraryStorage storage) {
        this.storage = storage;
    }

    /**
     * A resource in the list.
     *
     * @param source the name of the peer that it follows; null if it was made here
     * @param editable whether the visitor may edit it
     * @param changed the time of its last change
     * @param languages the names of the languages of its title
     */
    public record ResourceRow(
            Resource resource,
            Wording.Text title,
            @Nullable String source,
            boolean editable,
            Instant changed,
            String languages) {}

    /**
     * A source to filter by.
     *
     * @param value its value in the address
     */
    public record SourceOption(String value, String name, boolean chosen) {}

    /** A page of the list. */
    public record Shown(
            List<ResourceRow> rows,
            long total,
            ResourceFilter filter,
            List<SourceOption> sources,
            @Nullable String previous,
            @Nullable String next) {

        /** Returns whether the list leaves resources out. */
        public boolean filtered() {
            return !filter.isEmpty();
        }

        /** Returns whether the words may match more resources than the list contains. */
        public boolean isBounded() {
            return !filter.words().isBlank() && total >= Catalogue.MAX_FOUND;
        }
    }

    Shown shown(Visit visit) {
        List<Peer> sources = storage.peers().all();
        ResourceFilter filter = ResourceFilter.read(visit, false, sources);
        PageNumber page = PageNumber.of(visit.parameter("page"));
        Slice<CatalogueEntry> found = storage.catalogue()
                .browse(
                        filter.query(visit, storage, sources),
                        filter.words().isEmpty() ? BrowseQuery.Order.NEWEST_FIRST : BrowseQuery.Order.BEST_FIRST,
                        page.offset(PAGE),
                        PAGE);
        Map<PeerId, String> names = sources.stream().collect(Collectors.toMap(Peer::id, Peer::name));
        String address = "/resources?" + filter.parameters() + "&page=";
        return new Shown(
                found.items().stream().map(entry -> row(visit, entry, names)).toList(),
                found.total(),
                filter,
                choices(visit, sources, filter.source()),
                page.previous(address),
                page.next(address, found.last()));
    }

    private static List<SourceOption> choices(Visit visit, List<Peer> peers, String chosen) {
        List<SourceOption> all = new ArrayList<>();
        all.add(new SourceOption("", visit.say("resources.source.any"), chosen.isEmpty()));
        all.add(new SourceOption(
                ResourceFilter.HERE, visit.say("resources.source.here"), chosen.equals(ResourceFilter.HERE)));
        peers.forEach(peer -> all.add(new SourceOption(
                peer.id().toString(), peer.name(), peer.id().toString().equals(chosen))));
        return List.copyOf(all);
    }

    private static ResourceRow row(Visit visit, CatalogueEntry entry, Map<PeerId, String> names) {
        Resource resource = entry.resource();
        Account account = visit.signedIn();
        String source = resource.origin() instanceof Origin.FromPeer from
                ? names.getOrDefault(from.peer(), from.sourceName())
                : null;
        String languages = resource.content().title().languages().stream()
                .map(visit.words()::languageName)
                .collect(Collectors.joining(", "));
        return new ResourceRow(
                resource,
                visit.title(resource.content()),
                source,
                ResourceAccess.mayEdit(account, entry),
                resource.updated(),
                languages);
    }
}
