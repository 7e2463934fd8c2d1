package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.UserName;
import org.librarypeers.persistence.Bookmarks.Bookmark;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CataloguePart;
import org.librarypeers.sync.catalogue.CatalogueQuery;
import org.librarypeers.sync.catalogue.CatalogueQuery.Place;
import org.librarypeers.sync.catalogue.Deletion;
import org.librarypeers.sync.catalogue.FacetedEntries;
import org.librarypeers.sync.catalogue.Facets;
import org.librarypeers.sync.catalogue.FeedPage;
import org.librarypeers.sync.catalogue.ListedResource;
import org.librarypeers.sync.catalogue.MaterialCounts;
import org.librarypeers.sync.catalogue.OriginCount;
import org.librarypeers.sync.catalogue.SearchWord;
import org.librarypeers.sync.catalogue.TitleOrder;
import org.librarypeers.sync.catalogue.Viewer;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.peer.RangeSummary;
import org.librarypeers.sync.storage.Slice;

/** A catalogue on plain SQL. */
final class JdbcCatalogue implements Catalogue {

    /** The number of resources that a search indexes itself. If more are to be indexed, it does not wait for them. */
    private static final int INDEXED_BY_A_SEARCH = 100;

    private final Reads transactions;
    private final EntryRows entries;
    private final Bookmarks bookmarks;

    /** Creates a catalogue with what is kept in memory of the same database. */
    JdbcCatalogue(Reads transactions, EntryRows entries, Bookmarks bookmarks) {
        this.transactions = transactions;
        this.entries = entries;
        this.bookmarks = bookmarks;
    }

    @Override
    public Optional<CatalogueEntry> find(long id) {
        return transactions.read(connection -> entries.find(connection, "r.id = ?", id));
    }

    @Override
    public List<CatalogueEntry> find(List<Guid> guids) {
        Map<Guid, CatalogueEntry> found = transactions
                .read(connection -> entries.list(
                        connection,
                        "where r.guid = any (?)",
                        Sql.uuids(connection, guids.stream().map(Guid::value).toList())))
                .stream()
                .collect(Collectors.toMap(entry -> entry.resource().guid(), Function.identity()));
        return guids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    @Override
    public Optional<CatalogueEntry> find(Guid guid) {
        return transactions.read(connection -> entries.find(connection, "r.guid = ?", guid.value()));
    }

    @Override
    public Optional<CatalogueEntry> find(Slug slug) {
        return transactions.read(connection -> entries.find(connection, "r.slug = ?", slug.value()));
    }

    @Override
    public List<CatalogueEntry> changes(long after, int limit) {
        return transactions.read(connection -> entries.list(
                connection,
                "where r.status = 'approved' and r.feed_position > ? order by r.feed_position limit ?",
                after,
                limit));
    }

    @Override
    public FeedPage feed(long after, int limit) {
        return transactions.read(connection -> new FeedStatements(connection, entries).page(after, limit));
    }

    @Override
    public List<Deletion> deletions(Instant from, @Nullable Deletion after, int limit) {
        return transactions.read(connection -> new FeedStatements(connection, entries).deletions(from, after, limit));
    }

    @Override
    public Optional<Deletion> deletion(Guid guid) {
        return transactions.read(connection -> new FeedStatements(connection, entries).deletion(guid));
    }

    @Override
    public RangeSummary summary(GuidRange range, int parts, Function<Instant, String> version) {
        return transactions.call(
                unit -> unit.jdbc(connection -> new VersionStatements(connection).served(range, parts, version)));
    }

    @Override
    public List<CatalogueEntry> all(long after, int limit) {
        return transactions.read(
                connection -> entries.list(connection, "where r.id > ? order by r.id limit ?", after, limit));
    }

    @Override
    public List<CatalogueEntry> search(String query, int offset, int limit) {
        return query.isBlank()
                ? List.of()
                : browse(BrowseQuery.APPROVED.holding(query), BrowseQuery.Order.BEST_FIRST, offset, limit)
                        .items();
    }

    @Override
    public Slice<ListedResource> list(CatalogueQuery query) {
        return transactions.read(connection -> {
            ListStatement statement = ListStatement.of(query);
            long total = statement.count(connection);
            if (query.after() != null) {
                statement.after(query.after());
            } else if (query.offset() > Bookmarks.STRIDE && !transactions.isOpen()) {
                Bookmarks.State state = statement.state(connection);
                if (state != null) {
                    return deep(connection, query, state, statement, total);
                }
            }
            return slice(connection, statement, entries::listed, total, query.offset(), query.limit());
        });
    }

    /** Returns a page that begins after the last bookmark before it. If that is far away, adds another one. */
    private Slice<ListedResource> deep(
            Connection connection, CatalogueQuery query, Bookmarks.State state, ListStatement statement, long total)
            throws SQLException {
        String language = query.language();
        Bookmark known = bookmarks.before(query.offset(), language, state);
        if (known != null) {
            statement.after(known.place());
        }
        int skipped = query.offset() - (known == null ? 0 : known.offset());
        if (skipped <= Bookmarks.STRIDE) {
            return slice(connection, statement, entries::listed, total, skipped, query.limit());
        }
        // With the entry before the page, after which the bookmark is placed.
        int wanted = (int) Math.min(query.limit() + 2L, Integer.MAX_VALUE);
        List<ListedResource> found = statement.page(connection, entries::listed, skipped - 1, wanted);
        if (!found.isEmpty()) {
            bookmarks.add(new Bookmark(query.offset(), Place.of(found.get(0), language)), language, state);
        }
        return Slice.of(found.subList(Math.min(1, found.size()), found.size()), query.limit(), total);
    }

    private static <T> Slice<T> slice(
            Connection connection,
            ListStatement statement,
            ListStatement.Selected<T> selected,
            long total,
            int offset,
            int limit)
            throws SQLException {
        int oneMore = (int) Math.min(limit + 1L, Integer.MAX_VALUE);
        return Slice.of(statement.page(connection, selected, offset, oneMore), limit, total);
    }

    @Override
    public Slice<CatalogueEntry> browse(BrowseQuery query, BrowseQuery.Order order, int offset, int limit) {
        if (!query.isSearch()) {
            return transactions.read(connection -> {
                ListStatement statement = ListStatement.of(query, order);
                return slice(connection, statement, entries::list, statement.count(connection), offset, limit);
            });
        }
        List<String> languages = prepare(query);
        return transactions.call(
                unit -> new BrowseStatements(unit, query, entries, languages).page(order, offset, limit));
    }

    @Override
    public Slice<CatalogueEntry> browseByTitle(BrowseQuery query, TitleOrder order, int offset, int limit) {
        if (!query.isSearch()) {
            return transactions.read(connection -> {
                ListStatement byTitle = ListStatement.of(query, order);
                long total = byTitle.count(connection);
                boolean sorts = total <= MAX_FOUND || ordersTitles(order.language());
                ListStatement statement = sorts ? byTitle : ListStatement.of(query, BrowseQuery.Order.NEWEST_FIRST);
                return slice(connection, statement, entries::list, total, offset, limit);
            });
        }
        List<String> languages = prepare(query);
        return transactions.call(
                unit -> new BrowseStatements(unit, query, entries, languages).page(order, offset, limit));
    }

    @Override
    public boolean ordersTitles(String language) {
        return ListStatement.ordersTitles(language);
    }

    @Override
    public Facets facets(BrowseQuery query) {
        if (query.equals(BrowseQuery.APPROVED)) {
            return transactions.read(connection -> ResourceCounts.facets(connection, entries));
        }
        List<String> languages = prepare(query);
        return transactions.call(unit -> new BrowseStatements(unit, query, entries, languages).facets());
    }

    @Override
    public FacetedEntries browseWithFacets(BrowseQuery query, BrowseQuery.Order order, int offset, int limit) {
        if (!query.isSearch()) {
            return Catalogue.super.browseWithFacets(query, order, offset, limit);
        }
        List<String> languages = prepare(query);
        return transactions.call(
                unit -> new BrowseStatements(unit, query, entries, languages).pageWithFacets(order, offset, limit));
    }

    /**
     * Prepares a query that the index answers: indexes the resources of a small backlog. Returns the languages of the index. Does
     * nothing for other queries.
     */
    private List<String> prepare(BrowseQuery query) {
        if (!query.isSearch()) {
            return List.of();
        }
        IndexState state = transactions.read(connection -> IndexState.read(connection, INDEXED_BY_A_SEARCH + 1));
        if (state.unindexed() == 0 || state.unindexed() > INDEXED_BY_A_SEARCH) {
            return state.languages();
        }
        transactions.requirePrimary();
        transactions.call(unit -> SearchBacklog.finish(unit, INDEXED_BY_A_SEARCH));
        return languages();
    }

    private List<String> languages() {
        return transactions.read(connection -> IndexState.read(connection, 0)).languages();
    }

    @Override
    public int index(int limit) {
        return transactions.call(unit -> SearchBacklog.index(unit, limit));
    }

    @Override
    public int unindexed(int max) {
        return transactions.call(unit -> SearchBacklog.size(unit, max));
    }

    @Override
    public int recountWords(int limit) {
        return WordList.recount(transactions, limit);
    }

    @Override
    public MaterialCounts materials() {
        return transactions.read(BrowseStatements::materials);
    }

    @Override
    public Optional<String> corrected(String words) {
        return transactions.read(connection -> new WordStatements(connection).corrected(words));
    }

    @Override
    public boolean correctsWords() {
        return transactions
                .read(connection -> IndexState.read(connection, 0))
                .extension()
                .isPresent();
    }

    @Override
    public List<String> completions(String beginning, int limit) {
        return transactions.read(connection -> new WordStatements(connection).completions(beginning, limit));
    }

    @Override
    public List<ListedResource> titled(String words, int limit) {
        List<String> languages = languages();
        return transactions.read(connection -> new WordStatements(connection).titled(words, limit, languages, entries));
    }

    @Override
    public List<ListedResource> related(CatalogueEntry entry, int limit) {
        return transactions.read(connection -> new RelatedStatements(connection, entries).related(entry, limit));
    }

    @Override
    public Function<SearchWord, Optional<SearchWord>> finder(String language, List<SearchWord> wanted) {
        Function<SearchWord, Set<String>> stems = Stemming.stems(language);
        List<Set<String>> wantedStems = wanted.stream().map(stems).toList();
        return word -> {
            Set<String> found = stems.apply(word);
            for (int i = 0; i < wanted.size(); i++) {
                SearchWord each = wanted.get(i);
                if (word.folded().startsWith(each.folded()) || !Collections.disjoint(found, wantedStems.get(i))) {
                    return Optional.of(each);
                }
            }
            return Optional.empty();
        };
    }

    @Override
    public List<Facets.TagCount> topics() {
        return transactions.read(connection -> ResourceCounts.tags(connection, entries));
    }

    @Override
    public List<OriginCount> origins() {
        return transactions.call(unit -> unit.session().createNativeQuery("""
                        select source_peer, source_name, source_host, count(*) filter (where status = 'approved'), count(*)
                          from resource
                         group by source_peer, source_host, source_name
                         order by source_peer nulls first, source_host collate "C", source_name collate "C\"""", Object[].class).getResultList().stream()
                .map(JdbcCatalogue::originCount)
                .toList());
    }

    private static OriginCount originCount(@Nullable Object[] row) {
        return new OriginCount(
                row[0] == null ? null : new PeerId((Long) row[0]),
                (String) row[1],
                (String) row[2],
                (Long) Objects.requireNonNull(row[3]),
                (Long) Objects.requireNonNull(row[4]));
    }

    @Override
    public Optional<CatalogueEntry> findCreated(UserName creator, String language, String title) {
        return transactions.read(connection -> entries.find(
                connection,
                "r.created_by = ? and r.title ->> ? = ? order by r.id limit 1",
                creator.value(),
                language,
                title));
    }

    @Override
    public Optional<CataloguePart> findPart(CataloguePart.Kind kind, long id) {
        return transactions.call(unit -> new PartStatements(unit, kind, entries).find(id));
    }

    @Override
    public Set<Guid> repeatedAttachments(Collection<Guid> attachments) {
        if (attachments.isEmpty()) {
            return Set.of();
        }
        return transactions.read(connection -> Set.copyOf(Sql.rows(
                connection,
                "select guid from attachment where guid = any (?) group by guid having count(*) > 1",
                row -> new Guid(row.getObject(1, UUID.class)),
                Sql.uuids(connection, attachments.stream().map(Guid::value).toList()))));
    }

    @Override
    public Slice<CataloguePart> parts(CataloguePart.Kind kind, Viewer viewer, int offset, int limit) {
        return transactions.call(unit -> new PartStatements(unit, kind, entries).list(viewer, offset, limit));
    }
}
