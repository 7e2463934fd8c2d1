package org.librarypeers.app.resources;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.http.PageNumber;
import org.librarypeers.app.web.UndoOffer;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Wording;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.MaterialType;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.TitleOrder;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.Slice;

/** The table of the resources that a visitor may see. */
public final class ResourceList {

    private static final int PAGE = 25;

    /** The number of tags in a row. */
    private static final int TAGS = 2;

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
     * @param about the names of the languages of its title and of the types of its material
     * @param tags the first of its tags
     * @param moreTags the number of its other tags
     */
    public record ResourceRow(
            Resource resource,
            Wording.Text title,
            @Nullable String source,
            boolean editable,
            Instant changed,
            String about,
            List<TagLink> tags,
            int moreTags) {

        /** Returns the path of the page that the title leads to. */
        public String path() {
            return editable
                    ? "/resources/" + resource.guid() + "/edit"
                    : "/resource/" + Wording.pathPart(resource.slug().value());
        }
    }

    /** A tag with the address of the list filtered by it. */
    public record TagLink(Wording.Text name, String address) {}

    /**
     * A source to filter by.
     *
     * @param value its value in the address
     */
    public record SourceOption(String value, String name, boolean chosen) {}

    /**
     * The head of a column by which the list can be ordered.
     *
     * @param address the address of the list in the order of this column, or in the reverse order if it has that order already; null if
     *     the list cannot be ordered by it
     * @param direction {@code ascending} or {@code descending} if the list has the order of this column; null otherwise
     */
    public record SortableColumn(
            @Nullable String address, @Nullable String direction) {}

    /**
     * A page of the list.
     *
     * @param best the address of the list with the best match first; null if it has that order or no words
     * @param languages the codes of languages to filter by
     * @param last the change that the visitor can undo; null if the visitor made none lately
     */
    public record Shown(
            List<ResourceRow> rows,
            long total,
            ResourceFilter filter,
            List<SourceOption> sources,
            List<String> languages,
            SortableColumn title,
            SortableColumn changed,
            @Nullable String best,
            @Nullable UndoOffer last,
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
        String titles = titleLanguage(visit);
        Slice<CatalogueEntry> found =
                found(filter.query(visit, storage, sources), filter.order(), titles, page.offset(PAGE));
        boolean ordersTitles =
                found.total() <= Catalogue.MAX_FOUND || storage.catalogue().ordersTitles(titles);
        ResourceSort sort = filter.order().isByTitle() && !ordersTitles ? ResourceSort.NEWEST : filter.order();
        Map<PeerId, String> names = sources.stream().collect(Collectors.toMap(Peer::id, Peer::name));
        String parameters = filter.parameters();
        String address = "/resources?" + (parameters.isEmpty() ? "" : parameters + "&") + "page=";
        return new Shown(
                found.items().stream()
                        .map(entry -> row(visit, filter, entry, names))
                        .toList(),
                found.total(),
                filter,
                choices(visit, sources, filter.source()),
                languages(visit, filter, found.items()),
                ordersTitles ? title(filter, sort) : new SortableColumn(null, null),
                changed(filter, sort),
                filter.words().isBlank() || sort == ResourceSort.BEST ? null : filter.sorted(ResourceSort.BEST),
                LastChange.of(visit, storage).orElse(null),
                page.previous(address),
                page.next(address, found.last()));
    }

    private Slice<CatalogueEntry> found(BrowseQuery query, ResourceSort sort, String titles, int offset) {
        Catalogue catalogue = storage.catalogue();
        return switch (sort) {
            case BEST -> catalogue.browse(query, BrowseQuery.Order.BEST_FIRST, offset, PAGE);
            case NEWEST -> catalogue.browse(query, BrowseQuery.Order.NEWEST_FIRST, offset, PAGE);
            case OLDEST -> catalogue.browse(query, BrowseQuery.Order.OLDEST_FIRST, offset, PAGE);
            case TITLE -> catalogue.browseByTitle(query, new TitleOrder(titles, false), offset, PAGE);
            case TITLE_REVERSED -> catalogue.browseByTitle(query, new TitleOrder(titles, true), offset, PAGE);
        };
    }

    /** Returns the language by whose titles the list is ordered: of those of this library, the one that the visitor reads best. */
    private static String titleLanguage(Visit visit) {
        return visit.words().contentLanguages().stream()
                .filter(visit.contentLanguages()::contains)
                .findFirst()
                .orElse(visit.words().language());
    }

    private static SortableColumn title(ResourceFilter filter, ResourceSort sort) {
        if (sort == ResourceSort.TITLE) {
            return new SortableColumn(filter.sorted(ResourceSort.TITLE_REVERSED), "ascending");
        }
        String direction = sort == ResourceSort.TITLE_REVERSED ? "descending" : null;
        return new SortableColumn(filter.sorted(ResourceSort.TITLE), direction);
    }

    private static SortableColumn changed(ResourceFilter filter, ResourceSort sort) {
        if (sort == ResourceSort.NEWEST) {
            return new SortableColumn(filter.sorted(ResourceSort.OLDEST), "descending");
        }
        String direction = sort == ResourceSort.OLDEST ? "ascending" : null;
        return new SortableColumn(filter.sorted(ResourceSort.NEWEST), direction);
    }

    private static List<String> languages(Visit visit, ResourceFilter filter, List<CatalogueEntry> entries) {
        Set<String> languages = new LinkedHashSet<>(visit.contentLanguages());
        if (!filter.language().isEmpty()) {
            languages.add(filter.language());
        }
        entries.forEach(
                entry -> languages.addAll(entry.resource().content().title().languages()));
        return List.copyOf(languages);
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

    private static ResourceRow row(
            Visit visit, ResourceFilter filter, CatalogueEntry entry, Map<PeerId, String> names) {
        Resource resource = entry.resource();
        Account account = visit.signedIn();
        String source = resource.origin() instanceof Origin.FromPeer from
                ? names.getOrDefault(from.peer(), from.sourceName())
                : null;
        List<Tag> tags = resource.content().tags();
        return new ResourceRow(
                resource,
                visit.title(resource.content()),
                source,
                ResourceAccess.mayEdit(account, entry),
                resource.updated(),
                about(visit, resource.content()),
                tags.stream()
                        .limit(TAGS)
                        .map(tag -> new TagLink(name(visit, tag), filter.tagged(TagVocabulary.label(tag))))
                        .toList(),
                Math.max(0, tags.size() - TAGS));
    }

    private static Wording.Text name(Visit visit, Tag tag) {
        Wording.Text name = visit.text(tag.names());
        return name.value().isEmpty() ? new Wording.Text(name.language(), tag.name()) : name;
    }

    private static String about(Visit visit, ResourceContent content) {
        Stream<String> languages = content.title().languages().stream().map(visit.words()::languageName);
        Stream<String> types =
                MaterialType.allOf(content).stream().map(type -> visit.say("reader.kind." + type.word()));
        return Stream.concat(languages, types).collect(Collectors.joining(" · "));
    }
}
