package org.librarypeers.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.InboxOrder;
import org.librarypeers.sync.storage.Neighbours;
import org.librarypeers.sync.storage.ReviewQueue;

/** A review queue that is read with SQL. */
record JdbcReviewQueue(Transactions transactions) implements ReviewQueue {

    private static final Pattern MARK = Pattern.compile("[0-9]{1,18}:[0-9]{1,18}:([0-9]{1,18}(,[0-9]{1,18})*)?");

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
        return transactions.call(unit -> new InboxStatements(unit.session(), filter).page(kind, order, after, limit));
    }

    @Override
    public List<Guid> pageBefore(InboxFilter.Kind kind, InboxFilter filter, InboxOrder order, Guid before, int limit) {
        return transactions.call(
                unit -> new InboxStatements(unit.session(), filter).pageBefore(kind, order, before, limit));
    }

    @Override
    public Neighbours around(InboxFilter.Kind kind, InboxFilter filter, InboxOrder order, Guid guid) {
        return transactions.call(unit -> new InboxStatements(unit.session(), filter).around(kind, order, guid));
    }

    /** Returns a snapshot of the database, which tells the transactions that had ended. */
    @Override
    public Optional<String> mark() {
        return transactions.read(
                connection -> Sql.first(connection, "select pg_current_snapshot()::text", row -> row.getString(1)));
    }

    @Override
    public List<Guid> unchangedSince(
            InboxFilter.Kind kind, InboxFilter filter, String mark, @Nullable Guid after, int limit) {
        requireMark(mark);
        return transactions.call(
                unit -> new InboxStatements(unit.session(), filter).unchangedSince(kind, mark, after, limit));
    }

    @Override
    public long countUnchangedSince(InboxFilter.Kind kind, InboxFilter filter, String mark) {
        requireMark(mark);
        return transactions.call(unit -> new InboxStatements(unit.session(), filter).countUnchangedSince(kind, mark));
    }

    /** Verifies that the text is a snapshot: the lowest and the end of the numbers of open transactions, and these. */
    private static void requireMark(String mark) {
        String[] parts = MARK.matcher(mark).matches() ? mark.split("[:,]") : new String[0];
        List<Long> numbers = Stream.of(parts).map(Long::valueOf).toList();
        boolean isMark = numbers.size() >= 2 && numbers.get(0) > 0 && numbers.get(0) <= numbers.get(1);
        for (int i = 2; isMark && i < numbers.size(); i++) {
            isMark = numbers.get(i) >= (i == 2 ? numbers.get(0) : numbers.get(i - 1) + 1)
                    && numbers.get(i) < numbers.get(1);
        }
        if (!isMark) {
            throw new IllegalArgumentException("'" + mark + "' is not a mark of this storage");
        }
    }

    @Override
    public Optional<Instant> waitingSince() {
        return transactions.read(InboxStatements::waitingSince);
    }

    @Override
    public Map<InboxFilter.Kind, Long> counts(InboxFilter filter) {
        return transactions.call(unit -> new InboxStatements(unit.session(), filter).counts());
    }
}
