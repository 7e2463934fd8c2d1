package org.librarypeers.sync.inmemory;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.accounts.AuditEntry;
import org.librarypeers.sync.accounts.AuditLog;

record InMemoryAuditLog(InMemoryStorage storage) implements AuditLog {

    @Override
    public void add(AuditEntry entry) {
        storage.change(tables -> {
            long id = tables.nextId();
            tables.audit.put(id, entry.numbered(id));
        });
    }

    @Override
    public List<AuditEntry> find(Filter filter, @Nullable Long before, int limit) {
        return storage.with(tables -> (before == null ? tables.audit : tables.audit.headMap(before, false))
                .descendingMap().values().stream()
                        .filter(filter::selects)
                        .limit(limit)
                        .toList());
    }

    @Override
    public int removeOld(Instant before, int limit) {
        return storage.inTransaction(() -> storage.with(tables -> {
            List<AuditEntry> old = select(tables, entry -> entry.at().isBefore(before), limit);
            old.forEach(entry -> tables.audit.remove(entry.id()));
            return old.size();
        }));
    }

    @Override
    public int removeAddresses(Instant before, int limit) {
        return storage.inTransaction(() -> storage.with(tables -> {
            List<AuditEntry> old = select(
                    tables, entry -> entry.address() != null && entry.at().isBefore(before), limit);
            old.forEach(entry -> tables.audit.put(entry.id(), entry.withoutAddress()));
            return old.size();
        }));
    }

    private static List<AuditEntry> select(InMemoryTables tables, Predicate<AuditEntry> condition, int limit) {
        return tables.audit.values().stream().filter(condition).limit(limit).toList();
    }
}
