package org.librarypeers.persistence;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CatalogueQuery;
import org.librarypeers.sync.catalogue.CatalogueQuery.Place;
import org.librarypeers.sync.catalogue.Viewer;
import org.librarypeers.sync.storage.Slice;

/** Statements of one list request. They count the matches, select the ids of the page, and load its entries. */
final class ListStatement {

    private static final String TITLE = "coalesce(title ->> :language, '') collate \"C\"";

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private final Session session;
    private final CatalogueQuery query;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new LinkedHashMap<>();

    ListStatement(Session session, CatalogueQuery query) {
        this.session = session;
        this.query = query;
        require(
                "status = any (:statuses)",
                "statuses",
                query.statuses().stream().map(Status::word).toArray(String[]::new));
        if (!query.statuses().equals(Set.of(Status.APPROVED))) {
            visible(conditions, parameters, query.viewer(), "");
        }
        if (query.updatedFrom() != null) {
            require("updated >= :earliest", "earliest", notBefore(query.updatedFrom()));
        }
        if (query.updatedTo() != null) {
            require("updated <= :latest", "latest", notAfter(query.updatedTo()));
        }
    }

    private void require(String condition, String parameter, Object value) {
        conditions.add(condition);
        parameters.put(parameter, value);
    }

    /**
     * Adds the condition that a viewer may see a resource, with its parameters. Adds nothing for a viewer who sees all
     * resources.
     *
     * @param prefix the prefix of the columns of the resource, such as {@code r.}; may be empty
     */
    static void visible(List<String> conditions, Map<String, Object> parameters, Viewer viewer, String prefix) {
        String isPublic = prefix + "status = 'approved'";
        if (viewer.seesAll()) {
            return;
        }
        if (viewer.name() == null) {
            conditions.add(isPublic);
        } else {
            conditions.add(
                    "(" + isPublic + " or " + prefix + "created_by = :viewer or " + prefix + "author_user = :viewer)");
            parameters.put("viewer", viewer.name().value());
        }
    }

    Slice<CatalogueEntry> run() {
        long total = statement("select count(*)", "").getSingleResult();
        behind(query.after());
        if (query.order() == CatalogueQuery.Order.TITLE) {
            parameters.put("language", query.language());
        }
        List<Long> ids = statement("select id", orderBy())
                .setFirstResult(query.offset())
                .setMaxResults((int) Math.min(query.limit() + 1L, Integer.MAX_VALUE))
                .getResultList();
        List<Long> page = ids.subList(0, Math.min(ids.size(), query.limit()));
        return new Slice<>(entries(session, page), total, ids.size() <= query.limit());
    }

    /** Returns the entries with these ids, in the same order, with a few statements. Leaves out unknown ids. */
    static List<CatalogueEntry> entries(Session session, List<Long> ids) {
        return session.findMultiple(ResourceEntity.class, ids).stream()
                .filter(Objects::nonNull)
                .map(ResourceEntity::toEntry)
                .toList();
    }

    private NativeQuery<Long> statement(String select, String orderBy) {
        NativeQuery<Long> statement = session.createNativeQuery(
                select + " from resource where " + String.join(" and ", conditions) + orderBy, Long.class);
        parameters.forEach(statement::setParameter);
        return statement;
    }

    private void behind(@Nullable Place place) {
        if (place == null) {
            return;
        }
        parameters.put("lastId", place.id());
        switch (query.order()) {
            case TITLE -> require("(" + TITLE + ", id) > (:lastTitle, :lastId)", "lastTitle", place.title());
            case OLDEST_FIRST -> require("(updated, id) > (:lastUpdated, :lastId)", "lastUpdated", place.updated());
            case NEWEST_FIRST ->
                require(
                        "updated <= :lastUpdated and (updated < :lastUpdated or id > :lastId)",
                        "lastUpdated",
                        place.updated());
        }
    }

    private String orderBy() {
        return switch (query.order()) {
            case OLDEST_FIRST -> " order by updated, id";
            case NEWEST_FIRST -> " order by updated desc, id";
            case TITLE -> " order by " + TITLE + ", id";
        };
    }

    // Stored times are in microseconds. A lower bound between two microseconds is rounded up, an upper bound is rounded
    // down.
    private static Instant notBefore(Instant bound) {
        Instant clamped = clamped(bound);
        Instant floor = clamped.truncatedTo(ChronoUnit.MICROS);
        return floor.equals(clamped) ? floor : floor.plus(1, ChronoUnit.MICROS);
    }

    private static Instant notAfter(Instant bound) {
        return clamped(bound).truncatedTo(ChronoUnit.MICROS);
    }

    private static Instant clamped(Instant bound) {
        return bound.isBefore(EARLIEST) ? EARLIEST : bound.isAfter(LATEST) ? LATEST : bound;
    }
}
