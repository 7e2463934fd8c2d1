package org.librarypeers.persistence;

import java.util.Collection;
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
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CataloguePart;
import org.librarypeers.sync.catalogue.CatalogueQuery;
import org.librarypeers.sync.catalogue.Facets;
import org.librarypeers.sync.catalogue.OriginCount;
import org.librarypeers.sync.catalogue.Viewer;
import org.librarypeers.sync.storage.Slice;

/** A catalogue on Hibernate, with SQL for lists and counts. */
final class JdbcCatalogue implements Catalogue {

    /** The number of resources that a search indexes itself. If more are to be indexed, it does not wait for them. */
    private static final int INDEXED_BY_A_SEARCH = 100;

    private final Transactions transactions;

    JdbcCatalogue(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<CatalogueEntry> find(long id) {
        return transactions.call(unit -> Optional.ofNullable(unit.session().find(ResourceEntity.class, id))
                .map(ResourceEntity::toEntry));
    }

    @Override
    public List<CatalogueEntry> find(List<Guid> guids) {
        return transactions.call(unit -> {
            Map<Guid, CatalogueEntry> found = unit
                    .session()
                    .createSelectionQuery("from ResourceEntity r where r.guid in :guids", ResourceEntity.class)
                    .setParameter("guids", guids.stream().map(Guid::value).toList())
                    .getResultList()
                    .stream()
                    .map(ResourceEntity::toEntry)
                    .collect(Collectors.toMap(entry -> entry.resource().guid(), Function.identity()));
            return guids.stream().map(found::get).filter(Objects::nonNull).toList();
        });
    }

    @Override
    public Optional<CatalogueEntry> find(Guid guid) {
        return transactions.call(unit -> unit.session()
                .createSelectionQuery("from ResourceEntity r where r.guid = :guid", ResourceEntity.class)
                .setParameter("guid", guid.value())
                .uniqueResultOptional()
                .map(ResourceEntity::toEntry));
    }

    @Override
    public Optional<CatalogueEntry> find(Slug slug) {
        return transactions.call(unit -> unit.session()
                .createSelectionQuery("from ResourceEntity r where r.slug = :slug", ResourceEntity.class)
                .setParameter("slug", slug.value())
                .uniqueResultOptional()
                .map(ResourceEntity::toEntry));
    }

    @Override
    public List<CatalogueEntry> changes(long after, int limit) {
        return transactions.call(unit -> unit
                .session()
                .createSelectionQuery(
                        "from ResourceEntity r where r.status = :approved and r.feedPosition > :after"
                                + " order by r.feedPosition",
                        ResourceEntity.class)
                .setParameter("approved", Status.APPROVED.word())
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(ResourceEntity::toEntry)
                .toList());
    }

    @Override
    public List<CatalogueEntry> all(long after, int limit) {
        return transactions.call(unit -> unit
                .session()
                .createSelectionQuery("from ResourceEntity r where r.id > :after order by r.id", ResourceEntity.class)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(ResourceEntity::toEntry)
                .toList());
    }

    @Override
    public List<CatalogueEntry> search(String query, int offset, int limit) {
        return query.isBlank()
                ? List.of()
                : browse(BrowseQuery.APPROVED.holding(query), BrowseQuery.Order.BEST_FIRST, offset, limit)
                        .items();
    }

    @Override
    public Slice<CatalogueEntry> list(CatalogueQuery query) {
        return transactions.call(unit -> new ListStatement(unit.session(), query).run());
    }

    @Override
    public Slice<CatalogueEntry> browse(BrowseQuery query, BrowseQuery.Order order, int offset, int limit) {
        prepare(query);
        return transactions.call(unit -> new BrowseStatements(unit.session(), query).page(order, offset, limit));
    }

    @Override
    public Facets facets(BrowseQuery query) {
        prepare(query);
        return transactions.call(unit -> new BrowseStatements(unit.session(), query).facets());
    }

    /** Indexes the resources of a small backlog if the query has words. */
    private void prepare(BrowseQuery query) {
        if (!query.words().isBlank()) {
            int unindexed = transactions.call(unit -> SearchBacklog.size(unit, INDEXED_BY_A_SEARCH + 1));
            if (unindexed > 0 && unindexed <= INDEXED_BY_A_SEARCH) {
                index(INDEXED_BY_A_SEARCH);
            }
        }
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
    public List<Facets.TagCount> topics() {
        return transactions.call(unit -> new BrowseStatements(unit.session(), BrowseQuery.APPROVED)
                .tags()
                .tags());
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
        return transactions.call(unit -> unit
                .session()
                .createNativeQuery(
                        "select id from resource where created_by = :creator and title ->> :language = :title"
                                + " order by id limit 1",
                        Long.class)
                .setParameter("creator", creator.value())
                .setParameter("language", language)
                .setParameter("title", title)
                .getResultList()
                .stream()
                .map(id -> unit.session().find(ResourceEntity.class, id).toEntry())
                .findFirst());
    }

    @Override
    public Optional<CataloguePart> findPart(CataloguePart.Kind kind, long id) {
        return transactions.call(unit -> new PartStatements(unit.session(), kind).find(id));
    }

    @Override
    public Set<Guid> repeatedAttachments(Collection<Guid> attachments) {
        if (attachments.isEmpty()) {
            return Set.of();
        }
        return transactions.call(unit -> unit
                .session()
                .createNativeQuery(
                        "select guid from attachment where guid = any (:guids) group by guid having count(*) > 1",
                        UUID.class)
                .setParameter("guids", attachments.stream().map(Guid::value).toArray(UUID[]::new))
                .getResultList()
                .stream()
                .map(Guid::new)
                .collect(Collectors.toSet()));
    }

    @Override
    public Slice<CataloguePart> parts(CataloguePart.Kind kind, Viewer viewer, int offset, int limit) {
        return transactions.call(unit -> new PartStatements(unit.session(), kind).list(viewer, offset, limit));
    }
}
