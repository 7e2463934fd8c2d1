package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.InboxFilter.Kind;
import org.librarypeers.sync.storage.Neighbours;

/** Statements that find and count the resources that wait for a reviewer. */
final class InboxStatements {

    /** Counts what began to wait in a period, by peer and kind. Its parameters are the start and the end of the period. */
    static final String ARRIVALS = """
            with period as (select cast(? as timestamptz) as after, cast(? as timestamptz) as until)
            select peer, kind, count(*) from (
                select r.source_peer as peer, 'PENDING' as kind, r.updated as since
                  from resource r where %s
                union all
                select r.source_peer, 'CHANGED_UPSTREAM', coalesce(r.waiting_at, r.revision_at)
                  from resource r where %s
                union all
                select r.source_peer, 'WITHDRAWN', offer.withdrawn
                  from offer join resource r on r.guid = offer.guid and r.source_peer = offer.peer_id
                 where offer.withdrawn is not null and not offer.withdrawal_reviewed) as waiting, period
             where since > period.after and since <= period.until
             group by peer, kind""".formatted(waits(Kind.PENDING), waits(Kind.CHANGED_UPSTREAM));

    private final Session session;
    private final Conditions conditions;

    InboxStatements(Session session, InboxFilter filter) {
        this.session = session;
        this.conditions = new Conditions()
                .tagged(filter.tag() == null ? Set.of() : Set.of(filter.tag()))
                .in(filter.language())
                .from(filter.source());
    }

    List<Guid> page(Kind kind, @Nullable Guid after, int limit) {
        waitingAfter(kind, after);
        return guids("r.guid", limit);
    }

    private void waitingAfter(Kind kind, @Nullable Guid after) {
        conditions.require(waits(kind));
        if (after != null) {
            conditions.require("r.guid > :after").with("after", after.value());
        }
    }

    Neighbours around(Kind kind, Guid guid) {
        conditions.require(waits(kind)).with("guid", guid.value());
        String nearest = "(select r.guid from resource r where " + conditions.all() + " and r.guid ";
        String sql = "select " + nearest + "< :guid order by r.guid desc limit 1) as previous, " + nearest
                + "> :guid order by r.guid limit 1) as next";
        Object[] row = conditions.statement(session, sql, Object[].class).getSingleResult();
        return new Neighbours(guid(row[0]), guid(row[1]));
    }

    private static @Nullable Guid guid(@Nullable Object value) {
        return value == null ? null : new Guid((UUID) value);
    }

    private void waitingBefore(Kind kind, Guid before) {
        conditions.require(waits(kind)).require("r.guid < :before").with("before", before.value());
    }

    List<Guid> pageBefore(Kind kind, Guid before, int limit) {
        waitingBefore(kind, before);
        List<Guid> guids = new ArrayList<>(guids("r.guid desc", limit));
        Collections.reverse(guids);
        return guids;
    }

    private List<Guid> guids(String order, int limit) {
        String sql = "select r.guid from resource r where " + conditions.all() + " order by " + order + " limit :limit";
        return conditions.with("limit", limit).statement(session, sql, UUID.class).getResultList().stream()
                .map(Guid::new)
                .toList();
    }

    static Optional<Instant> waitingSince(Connection connection) throws SQLException {
        String sql = "select least((select min(r.updated) from resource r where " + waits(Kind.PENDING) + "),"
                + " (select min(coalesce(r.waiting_at, r.revision_at)) from resource r where "
                + waits(Kind.CHANGED_UPSTREAM) + "), (select min(withdrawn) from offer join resource r"
                + " on r.guid = offer.guid and r.source_peer = offer.peer_id"
                + " where withdrawn is not null and not withdrawal_reviewed))";
        OffsetDateTime since = Sql.query(connection, sql, rows -> {
            rows.next();
            return rows.getObject(1, OffsetDateTime.class);
        });
        return Optional.ofNullable(since).map(OffsetDateTime::toInstant);
    }

    Map<Kind, Long> counts() {
        String sql = Stream.of(Kind.values())
                .map(kind -> "select '" + kind + "', count(*) from resource r where " + waits(kind) + " and "
                        + conditions.all())
                .collect(Collectors.joining(" union all "));
        Map<Kind, Long> counts = new EnumMap<>(Kind.class);
        conditions
                .statement(session, sql, Object[].class)
                .getResultList()
                .forEach(row -> counts.put(Kind.valueOf((String) row[0]), (Long) row[1]));
        return counts;
    }

    /**
     * Returns the SQL condition of a kind. The values are literals, not parameters, so that partial indexes can be
     * used.
     */
    private static String waits(Kind kind) {
        return switch (kind) {
            case PENDING -> "r.status = 'pending'";
            case CHANGED_UPSTREAM ->
                "r.status in ('approved', 'rejected')"
                        + " and (r.received_revision > r.decided_revision or r.waiting_number is not null)";
            case WITHDRAWN ->
                "exists (select from offer where offer.guid = r.guid and offer.peer_id = r.source_peer"
                        + " and offer.withdrawn is not null and not offer.withdrawal_reviewed)";
        };
    }
}
