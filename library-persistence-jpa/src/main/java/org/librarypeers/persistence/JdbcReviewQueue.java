package org.librarypeers.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.Neighbours;
import org.librarypeers.sync.storage.ReviewQueue;

/** A review queue that is read with SQL. */
record JdbcReviewQueue(Transactions transactions) implements ReviewQueue {

    @Override
    public List<Guid> page(InboxFilter.Kind kind, InboxFilter filter, @Nullable Guid after, int limit) {
        return transactions.call(unit -> new InboxStatements(unit.session(), filter).page(kind, after, limit));
    }

    @Override
    public List<Guid> pageBefore(InboxFilter.Kind kind, InboxFilter filter, Guid before, int limit) {
        return transactions.call(unit -> new InboxStatements(unit.session(), filter).pageBefore(kind, before, limit));
    }

    @Override
    public Neighbours around(InboxFilter.Kind kind, InboxFilter filter, Guid guid) {
        return transactions.call(unit -> new InboxStatements(unit.session(), filter).around(kind, guid));
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
