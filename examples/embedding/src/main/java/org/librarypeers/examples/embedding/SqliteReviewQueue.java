package org.librarypeers.examples.embedding;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.InboxOrder;
import org.librarypeers.sync.storage.ReviewQueue;

/** The resources in a SQLite database that wait for a reviewer. */
record SqliteReviewQueue(Database database) implements ReviewQueue {

    private static final String TITLES = "json_each(body, '$.revisions.current.content.title.texts')";
    private static final String TAGS = "json_each(body, '$.revisions.current.content.tags')";

    /** A condition of a query, with its values. */
    private static final class Condition {

        private final StringBuilder sql = new StringBuilder();
        private final List<Object> values = new ArrayList<>();

        Condition and(String condition, Object... with) {
            sql.append(sql.isEmpty() ? " where " : " and ").append(condition);
            Collections.addAll(values, with);
            return this;
        }

        Object[] valuesAnd(Object... more) {
            List<Object> all = new ArrayList<>(values);
            Collections.addAll(all, more);
            return all.toArray();
        }
    }

    @Override
    public List<Guid> page(InboxFilter.Kind kind, InboxFilter filter, @Nullable Guid after, int limit) {
        return page(kind, filter, InboxOrder.GUID, after, limit);
    }

    @Override
    public List<Guid> pageBefore(InboxFilter.Kind kind, InboxFilter filter, Guid before, int limit) {
        return pageBefore(kind, filter, InboxOrder.GUID, before, limit);
    }

    @Override
    public List<Guid> page(
            InboxFilter.Kind kind, InboxFilter filter, InboxOrder order, @Nullable Guid after, int limit) {
        Condition waits = waits(kind, filter);
        if (after != null) {
            beyond(waits, order, after, order != InboxOrder.NEWEST);
        }
        return guids(waits, order(order, order != InboxOrder.NEWEST), limit);
    }

    @Override
    public List<Guid> pageBefore(
            InboxFilter.Kind kind, InboxFilter filter, InboxOrder order, Guid before, int limit) {
        Condition waits = waits(kind, filter);
        beyond(waits, order, before, order == InboxOrder.NEWEST);
        List<Guid> nearestFirst = guids(waits, order(order, order == InboxOrder.NEWEST), limit);
        Collections.reverse(nearestFirst);
        return nearestFirst;
    }

    /** Requires that a resource has a higher key than another one, or a lower one. */
    private static void beyond(Condition condition, InboxOrder order, Guid anchor, boolean higher) {
        condition.and(
                "(" + key(order) + ", guid) " + (higher ? ">" : "<") + " (select " + key(order)
                        + ", guid from (select ? as guid) left join resource using (guid))",
                anchor);
    }

    private static String order(InboxOrder order, boolean ascending) {
        String direction = ascending ? "" : " desc";
        return key(order) + direction + ", guid" + direction;
    }

    private static String key(InboxOrder order) {
        return switch (order) {
            case GUID -> "''";
            case NEWEST -> "coalesce(body ->> '$.revisions.waiting.at', body ->> '$.revisions.current.at')";
            case SOURCE -> "coalesce(cast(source as integer), 9223372036854775807)";
            case TITLE -> "coalesce(body ->> '$.revisions.current.content.title.texts.en', '')";
        };
    }

    private List<Guid> guids(Condition condition, String order, int limit) {
        return database.query(
                row -> Guid.of(row.getString("guid")),
                "select guid from resource" + condition.sql + " order by " + order + " limit ?",
                condition.valuesAnd(limit));
    }

    @Override
    public Map<InboxFilter.Kind, Long> counts(InboxFilter filter) {
        return database.inTransaction(() -> {
            Map<InboxFilter.Kind, Long> counts = new EnumMap<>(InboxFilter.Kind.class);
            for (InboxFilter.Kind kind : InboxFilter.Kind.values()) {
                Condition waits = waits(kind, filter);
                counts.put(kind, database.number("select count(*) from resource" + waits.sql, waits.valuesAnd()));
            }
            return counts;
        });
    }

    @Override
    public Optional<Instant> waitingSince() {
        Stream<Instant> withdrawals =
                database.query(row -> Database.time(row, "withdrawn_at"), "select withdrawn_at from waiting_withdrawal")
                        .stream();
        Stream<Instant> revisions = database
                .query(
                        SqliteResources.RESOURCE,
                        "select body from resource where status = 'PENDING' or changed_upstream")
                .stream()
                .map(resource -> resource.status() == Status.PENDING
                        ? resource.updated()
                        : resource.toReview().at());
        return Stream.concat(withdrawals, revisions).min(Comparator.naturalOrder());
    }

    private static Condition waits(InboxFilter.Kind kind, InboxFilter filter) {
        Condition waits = new Condition()
                .and(
                        switch (kind) {
                            case PENDING -> "status = 'PENDING'";
                            case CHANGED_UPSTREAM -> "changed_upstream";
                            case WITHDRAWN -> "guid in (select resource from waiting_withdrawal)";
                        });
        if (filter.source() != null) {
            filter.source()
                    .match(
                            here -> waits.and("source is null"),
                            maker -> waits.and("maker = ?", maker.host()),
                            followed -> waits.and("source = ?", followed.peer()));
        }
        if (filter.language() != null) {
            waits.and("? in (select key from " + TITLES + ")", filter.language());
        }
        if (filter.tag() != null) {
            waits.and(
                    "(select guid from tag where id = ?) in (select value ->> '$.guid.value' from " + TAGS + ")",
                    filter.tag());
        }
        for (String word : filter.words()) {
            if (word.indexOf(0) >= 0) {
                // No text contains it, and SQLite would read the pattern only up to it.
                waits.and("0");
            }
            waits.and(
                    "exists (select from_text.value from json_tree(body, '$.revisions') from_text"
                            + " where from_text.type = 'text'"
                            + " and (from_text.path like '%.content.title.texts' or from_text.path like '%.content.description.texts')"
                            + " and from_text.value like ? escape '\\')",
                    "%" + word.replaceAll("[\\\\%_]", "\\\\$0") + "%");
        }
        return waits;
    }
}
