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
import org.librarypeers.sync.storage.InboxOrder;
import org.librarypeers.sync.storage.Neighbours;

/** Statements that find and count the resources that wait for a reviewer. */
final class InboxStatements {

    /**
     * Counts the resources that began to wait in a period, by peer and kind. Its parameters are the start and the end
     * of the period.
     */
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
             group by peer, kind""".formatted(waits(Kind.PENDING), isAmong(Kind.CHANGED_UPSTREAM));

    private static final String UNREAD = "(r.received_revision > r.decided_revision or r.waiting_number is not null)";

    /** The number of the next transaction. A subquery, so that it is computed once for each statement. */
    private static final String NEXT = "(select cast(cast(pg_snapshot_xmax(pg_current_snapshot()) as text) as bigint))";

    /**
     * The condition that the transaction that wrote a row had ended when the mark was taken. A row has only the low half of the number of
     * its transaction. The high half follows from the next number, which is at most half a round ahead. The database has a function that
     * says the same, but calling it for each row would take most of the time of a count.
     */
    private static final String WRITTEN_BEFORE =
            """
            (WRITER < 3
             or case when (NEXT >> 32 << 32) + WRITER < NEXT
                     then pg_visible_in_snapshot(
                         cast(cast((NEXT >> 32 << 32) + WRITER as text) as xid8), cast(:mark as pg_snapshot))
                     when NEXT >> 32 > 0
                     then pg_visible_in_snapshot(
                         cast(cast((NEXT >> 32 << 32) - 4294967296 + WRITER as text) as xid8), cast(:mark as pg_snapshot))
                     else false end)""".replace("NEXT", NEXT).replace("WRITER", "cast(cast(%1$s.xmin as text) as bigint)");

    /** The condition that a title or description of a resource contains a word. It reads only what waits. */
    private static final String SAYS = """
            (exists (select from jsonb_each_text(r.title) where value ilike :word%1$d)
             or exists (select from jsonb_each_text(r.description) where value ilike :word%1$d)
             or r.waiting_content is not null
                and exists (select from jsonb_each_text(r.waiting_content -> 'title') where value ilike :word%1$d)
             or r.waiting_content is not null
                and exists (select from jsonb_each_text(r.waiting_content -> 'description') where value ilike :word%1$d))""";

    private final Session session;
    private final Conditions conditions;
    private final boolean isFiltered;

    InboxStatements(Session session, InboxFilter filter) {
        this.session = session;
        this.isFiltered = !filter.equals(InboxFilter.ALL);
        this.conditions = new Conditions()
                .tagged(filter.tag() == null ? Set.of() : Set.of(filter.tag()))
                .in(filter.language())
                .from(filter.source());
        List<String> words = filter.words();
        for (int i = 0; i < words.size(); i++) {
            conditions.require(SAYS.formatted(i)).with("word" + i, pattern(words.get(i)));
        }
    }

    /** Returns the pattern of texts that contain a word. */
    private static String pattern(String word) {
        return "%" + Texts.storable(word).replaceAll("[\\\\%_]", "\\\\$0") + "%";
    }

    List<Guid> page(Kind kind, InboxOrder order, @Nullable Guid after, int limit) {
        conditions.require(waits(kind, order));
        if (after != null) {
            conditions.require(beyond(kind, order, true)).with("anchor", after.value());
        }
        return guids(order(kind, order, true), limit);
    }

    List<Guid> pageBefore(Kind kind, InboxOrder order, Guid before, int limit) {
        conditions
                .require(waits(kind, order))
                .require(beyond(kind, order, false))
                .with("anchor", before.value());
        List<Guid> guids = new ArrayList<>(guids(order(kind, order, false), limit));
        Collections.reverse(guids);
        return guids;
    }

    /** Returns the condition that a resource comes after the anchor in an order, or before it. */
    private static String beyond(Kind kind, InboxOrder order, boolean after) {
        String than = after == (order != InboxOrder.NEWEST) ? " > " : " < ";
        String key = key(kind, order);
        if (key == null) {
            return "r.guid" + than + ":anchor";
        }
        // Two scalar subqueries, because an index is not used for a comparison with a subquery of two columns.
        String of = " from resource anchor where anchor.guid = :anchor)";
        return "(" + key + ", r.id)" + than + "((select " + key.replace("r.", "anchor.") + of + ", (select anchor.id"
                + of + ")";
    }

    private static String order(Kind kind, InboxOrder order, boolean forward) {
        String direction = forward == (order != InboxOrder.NEWEST) ? "" : " desc";
        String key = key(kind, order);
        return key == null ? "r.guid" + direction : key + direction + ", r.id" + direction;
    }

    /** Returns the expression by which resources are ordered before their ids; null for the order of the GUIDs. */
    private static @Nullable String key(Kind kind, InboxOrder order) {
        return switch (order) {
            case GUID -> null;
            // A pending resource has no waiting revision. So its index can be used.
            case NEWEST -> kind == Kind.PENDING ? "r.revision_at" : "coalesce(r.waiting_at, r.revision_at)";
            case SOURCE -> "coalesce(r.source_peer, 9223372036854775807)";
            case TITLE -> "r.title_order_en";
        };
    }

    Neighbours around(Kind kind, InboxOrder order, Guid guid) {
        conditions.require(waits(kind, order)).with("anchor", guid.value());
        String sql =
                "select " + nearest(kind, order, false) + " as previous, " + nearest(kind, order, true) + " as next";
        Object[] row = conditions.statement(session, sql, Object[].class).getSingleResult();
        return new Neighbours(guid(row[0]), guid(row[1]));
    }

    private String nearest(Kind kind, InboxOrder order, boolean forward) {
        return "(select r.guid from resource r where " + conditions.all() + " and " + beyond(kind, order, forward)
                + " order by " + order(kind, order, forward) + " limit 1)";
    }

    private static @Nullable Guid guid(@Nullable Object value) {
        return value == null ? null : new Guid((UUID) value);
    }

    List<Guid> unchangedSince(Kind kind, String mark, @Nullable Guid after, int limit) {
        requireUnchangedSince(kind, mark);
        if (after != null) {
            conditions.require("r.guid > :anchor").with("anchor", after.value());
        }
        return guids("r.guid", limit);
    }

    long countUnchangedSince(Kind kind, String mark) {
        requireUnchangedSince(kind, mark);
        String sql = "select count(*) from resource r where " + conditions.all();
        return conditions.statement(session, sql, Long.class).getSingleResult();
    }

    private void requireUnchangedSince(Kind kind, String mark) {
        conditions
                .require(waits(kind))
                .require(WRITTEN_BEFORE.formatted("r"))
                .require("not exists (select from offer where offer.guid = r.guid and offer.peer_id = r.source_peer"
                        + " and offer.withdrawn is not null and not " + WRITTEN_BEFORE.formatted("offer") + ")")
                .with("mark", mark);
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
                + isAmong(Kind.CHANGED_UPSTREAM) + "), (select min(withdrawn) from offer join resource r"
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
                .map(kind -> "select '" + kind + "', count(*) from resource r where "
                        + (isFiltered ? isAmong(kind) : waits(kind)) + " and "
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
                "r.status in ('approved', 'rejected') and " + UNREAD
                        // The same once more. For a comparison of two columns, the planner expects a third of the
                        // library,
                        // and would scan it. For an expression without statistics, it expects few rows, as there are.
                        + " and cast(" + UNREAD + " as integer) = 1";
            case WITHDRAWN ->
                "exists (select from offer where offer.guid = r.guid and offer.peer_id = r.source_peer"
                        + " and offer.withdrawn is not null and not offer.withdrawal_reviewed)";
        };
    }

    /**
     * Returns the condition of a kind for statements that read more of a resource than its GUID, in another order. For the comparison of
     * two columns, the planner expects a third of the library and would scan it. So the GUIDs are read from the partial index first.
     */
    private static String isAmong(Kind kind) {
        return kind == Kind.CHANGED_UPSTREAM
                ? "r.guid = any (array(select r.guid from resource r where " + waits(kind) + "))"
                : waits(kind);
    }

    private static String waits(Kind kind, InboxOrder order) {
        return order == InboxOrder.GUID ? waits(kind) : isAmong(kind);
    }
}
