package org.librarypeers.persistence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CataloguePart;
import org.librarypeers.sync.catalogue.Viewer;
import org.librarypeers.sync.storage.Slice;

/** Statements that find and list attachments and taggings individually. */
final class PartStatements {

    private final UnitOfWork unit;
    private final Session session;
    private final CataloguePart.Kind kind;
    private final EntryRows entries;

    PartStatements(UnitOfWork unit, CataloguePart.Kind kind, EntryRows entries) {
        this.unit = unit;
        this.session = unit.session();
        this.kind = kind;
        this.entries = entries;
    }

    private String table() {
        return switch (kind) {
            case LINK, FILE -> "attachment";
            case TAGGING -> "resource_tag";
        };
    }

    private String condition() {
        return switch (kind) {
            case LINK -> "p.kind = '" + AttachmentKind.LINK.word() + "'";
            case FILE -> "p.kind = '" + AttachmentKind.FILE.word() + "'";
            case TAGGING -> "true";
        };
    }

    Optional<CataloguePart> find(long id) {
        return session
                .createNativeQuery(
                        "select p.resource_id from " + table() + " p where p.id = :id and " + condition(), Long.class)
                .setParameter("id", id)
                .getResultList()
                .stream()
                .flatMap(resource -> entries(List.of(resource)).stream())
                .map(entry -> new CataloguePart(kind, entry, id))
                .findFirst();
    }

    Slice<CataloguePart> list(Viewer viewer, int offset, int limit) {
        List<String> conditions = new ArrayList<>(List.of(condition()));
        Map<String, Object> parameters = new LinkedHashMap<>();
        Conditions.visible(conditions, parameters, viewer);
        String from = " from " + table() + " p join resource r on r.id = p.resource_id where "
                + String.join(" and ", conditions);
        NativeQuery<Long> count = session.createNativeQuery("select count(*)" + from, Long.class);
        NativeQuery<Object[]> page =
                session.createNativeQuery("select p.id, p.resource_id" + from + " order by p.id", Object[].class);
        parameters.forEach(count::setParameter);
        parameters.forEach(page::setParameter);
        List<Object[]> rows = page.setFirstResult(offset)
                .setMaxResults((int) Math.min(limit + 1L, Integer.MAX_VALUE))
                .getResultList();
        return Slice.of(parts(rows), limit, count.getSingleResult());
    }

    private List<CataloguePart> parts(List<Object[]> rows) {
        List<Long> resources =
                rows.stream().map(row -> number(row[1])).distinct().toList();
        Map<Long, CatalogueEntry> found =
                entries(resources).stream().collect(Collectors.toMap(CatalogueEntry::id, Function.identity()));
        return rows.stream()
                .map(row -> new CataloguePart(kind, Objects.requireNonNull(found.get(number(row[1]))), number(row[0])))
                .toList();
    }

    private List<CatalogueEntry> entries(List<Long> resources) {
        return unit.jdbc(connection -> entries.withIds(connection, resources));
    }

    private static long number(Object column) {
        return ((Number) column).longValue();
    }
}
