package org.librarypeers.persistence;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.sync.port.Brought;
import org.librarypeers.sync.port.Slice;

/** What runs brought. */
final class Revisions {

    // What is said is read of those on the page alone: what was said before is long, and one column.
    private static final String BROUGHT_BY = """
            with brought as (
                select id as resource_id, revision_number as number from resource where author_run = :run
                union all
                select resource_id, number from revision where author_run = :run)
            select counted.total, r.guid, r.slug, page.number,
                   cast(case when page.number = r.revision_number then r.title else v.content -> 'title' end as text)
              from (select count(*) as total from brought) counted
              left join (select * from brought order by resource_id, number offset :offset limit :limit) page on true
              left join resource r on r.id = page.resource_id
              left join revision v on v.resource_id = page.resource_id and v.number = page.number
             order by page.resource_id, page.number""";

    private Revisions() {}

    static Slice<Brought> broughtBy(Session session, SyncLogId run, int offset, int limit) {
        List<Object[]> rows = session.createNativeQuery(BROUGHT_BY, Object[].class)
                .setParameter("run", run.value())
                .setParameter("offset", offset)
                .setParameter("limit", limit)
                .getResultList();
        long total = (Long) rows.get(0)[0];
        // Where the part begins past the end, one row tells the total.
        List<Brought> brought = rows.stream()
                .filter(row -> row[1] != null)
                .map(Revisions::brought)
                .toList();
        return new Slice<>(brought, total, offset + (long) limit >= total);
    }

    private static Brought brought(@Nullable Object[] row) {
        return new Brought(
                new Guid((UUID) Objects.requireNonNull(row[1])),
                new Slug((String) Objects.requireNonNull(row[2])),
                row[4] == null ? LocalizedText.empty() : Json.text((String) row[4]),
                (Integer) Objects.requireNonNull(row[3]));
    }
}
