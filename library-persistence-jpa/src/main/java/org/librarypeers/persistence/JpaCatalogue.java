package org.librarypeers.persistence;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.query.NativeQuery;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.port.Catalogue;
import org.librarypeers.sync.port.CatalogueEntry;
import org.librarypeers.sync.port.CatalogueQuery;
import org.librarypeers.sync.port.CatalogueSlice;

/** The resources as they are served. */
final class JpaCatalogue implements Catalogue {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private static final String MATCHING =
            " from resource where status = any (:statuses) and updated between :earliest and :latest";

    private final Transactions transactions;

    JpaCatalogue(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<CatalogueEntry> find(long id) {
        return transactions.call(unit -> Optional.ofNullable(unit.session().find(ResourceEntity.class, id))
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
    public CatalogueSlice list(CatalogueQuery query) {
        return transactions.call(unit -> {
            long total = matching(unit.session().createNativeQuery("select count(*)" + MATCHING, Long.class), query)
                    .getSingleResult();
            NativeQuery<Long> page =
                    unit.session().createNativeQuery("select id" + MATCHING + orderBy(query.order()), Long.class);
            if (query.order() == CatalogueQuery.Order.TITLE) {
                page.setParameter("language", query.language());
            }
            List<Long> ids = matching(page, query)
                    .setFirstResult(query.offset())
                    .setMaxResults(query.limit())
                    .getResultList();
            return new CatalogueSlice(entries(unit, ids), total);
        });
    }

    private static NativeQuery<Long> matching(NativeQuery<Long> statement, CatalogueQuery query) {
        return statement
                .setParameter(
                        "statuses", query.statuses().stream().map(Status::word).toArray(String[]::new))
                .setParameter("earliest", notBefore(query.updatedFrom() == null ? EARLIEST : query.updatedFrom()))
                .setParameter("latest", notAfter(query.updatedTo() == null ? LATEST : query.updatedTo()));
    }

    // What is kept is in microseconds; a bound between two of them excludes the lower, or the upper one.
    private static Instant notBefore(Instant bound) {
        Instant clamped = bound.isBefore(EARLIEST) ? EARLIEST : bound.isAfter(LATEST) ? LATEST : bound;
        Instant floor = clamped.truncatedTo(ChronoUnit.MICROS);
        return floor.equals(clamped) ? floor : floor.plus(1, ChronoUnit.MICROS);
    }

    private static Instant notAfter(Instant bound) {
        return (bound.isBefore(EARLIEST) ? EARLIEST : bound.isAfter(LATEST) ? LATEST : bound)
                .truncatedTo(ChronoUnit.MICROS);
    }

    private static String orderBy(CatalogueQuery.Order order) {
        return switch (order) {
            case OLDEST_FIRST -> " order by updated, id";
            case NEWEST_FIRST -> " order by updated desc, id";
            case TITLE ->
                " order by coalesce(title ->> :language,"
                        + " (select value from jsonb_each_text(title) order by key collate \"C\" limit 1)) collate \"C\", id";
        };
    }

    private static List<CatalogueEntry> entries(Unit unit, List<Long> ids) {
        return unit.session().findMultiple(ResourceEntity.class, ids).stream()
                .filter(Objects::nonNull)
                .map(ResourceEntity::toEntry)
                .toList();
    }
}
