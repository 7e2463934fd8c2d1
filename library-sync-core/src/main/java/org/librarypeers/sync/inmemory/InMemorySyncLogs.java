package org.librarypeers.sync.inmemory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.storage.PastWithdrawal;
import org.librarypeers.sync.storage.RunItem;
import org.librarypeers.sync.storage.Slice;
import org.librarypeers.sync.storage.SyncLogRepository;

record InMemorySyncLogs(InMemoryStorage storage) implements SyncLogRepository {

    private static final Set<Outcome.Kind> KEPT_FOR_GOOD =
            Set.of(Outcome.Kind.ADDED, Outcome.Kind.UPDATED, Outcome.Kind.WITHDRAWN);

    @Override
    public SyncLogId nextId() {
        return storage.with(tables -> new SyncLogId(++tables.lastLog));
    }

    @Override
    public void save(SyncLog log) {
        storage.change(tables -> tables.logs.put(log.id(), log));
    }

    @Override
    public Optional<SyncLog> find(SyncLogId id) {
        return storage.with(tables -> Optional.ofNullable(tables.logs.get(id)));
    }

    @Override
    public List<SyncLog> recent(@Nullable PeerId peer, @Nullable SyncLogId before, int limit) {
        return storage.with(tables -> tables.logs.descendingMap().values().stream()
                .filter(log -> peer == null || log.peer().equals(peer))
                .filter(log -> before == null || log.id().value() < before.value())
                .limit(limit)
                .toList());
    }

    @Override
    public Map<PeerId, SyncLog> latest() {
        return storage.with(tables -> {
            Map<PeerId, SyncLog> latest = new HashMap<>();
            tables.logs.values().forEach(log -> latest.put(log.peer(), log));
            return latest;
        });
    }

    @Override
    public Map<PeerId, Instant> lastSuccesses() {
        return storage.with(tables -> {
            Map<PeerId, Instant> successes = new HashMap<>();
            tables.logs.values().stream()
                    .filter(log -> log.status() == SyncStatus.SUCCEEDED)
                    .forEach(log -> successes.put(log.peer(), log.finished()));
            return successes;
        });
    }

    @Override
    public void note(SyncLogId run, List<Outcome> outcomes, Set<String> again) {
        storage.change(tables -> {
            List<Outcome> noted = new ArrayList<>(tables.outcomes.getOrDefault(run, List.of()));
            noted.removeIf(one -> (one.kind() == Outcome.Kind.UNCHANGED || one.kind() == Outcome.Kind.LEFT_OUT)
                    && again.contains(one.remoteId()));
            noted.addAll(outcomes);
            tables.outcomes.put(run, List.copyOf(noted));
        });
    }

    @Override
    public Slice<RunItem> outcomes(SyncLogId run, Outcome.Kind kind, int offset, int limit) {
        return items(run, one -> one.kind() == kind, offset, limit);
    }

    @Override
    public Slice<RunItem> remarked(SyncLogId run, int offset, int limit) {
        return items(run, one -> !one.remarks().isEmpty(), offset, limit);
    }

    private Slice<RunItem> items(SyncLogId run, Predicate<Outcome> wanted, int offset, int limit) {
        return storage.with(tables -> {
            List<Outcome> all = tables.outcomes.getOrDefault(run, List.of()).stream()
                    .filter(wanted)
                    .toList();
            List<RunItem> items = all.stream()
                    .skip(offset)
                    .limit(limit + 1L)
                    .map(one -> item(tables, one))
                    .toList();
            return Slice.of(items, limit, all.size());
        });
    }

    private static RunItem item(InMemoryTables tables, Outcome outcome) {
        CatalogueEntry entry = outcome.guid() == null ? null : tables.resources.get(outcome.guid());
        return entry == null
                ? new RunItem(outcome, null, LocalizedText.empty())
                : new RunItem(
                        outcome,
                        entry.resource().slug(),
                        entry.resource().content().title());
    }

    @Override
    public void keepWithdrawals(Map<Guid, PastWithdrawal> withdrawals) {
        storage.change(tables -> withdrawals.forEach((guid, withdrawal) -> {
            List<PastWithdrawal> longer = new ArrayList<>(tables.pastWithdrawals.getOrDefault(guid, List.of()));
            longer.add(0, withdrawal);
            tables.pastWithdrawals.put(guid, List.copyOf(longer));
        }));
    }

    @Override
    public List<PastWithdrawal> withdrawals(Guid resource) {
        return storage.with(tables -> tables.pastWithdrawals.getOrDefault(resource, List.of()));
    }

    @Override
    public void forgetOutcomes(PeerId peer, int runs) {
        storage.change(tables -> recent(peer, Integer.MAX_VALUE).stream()
                .skip(runs)
                .map(SyncLog::id)
                .forEach(run -> tables.outcomes.computeIfPresent(
                        run,
                        (id, noted) -> noted.stream()
                                .filter(one -> KEPT_FOR_GOOD.contains(one.kind()))
                                .toList())));
    }

    @Override
    public int removeItems(Instant startedBefore, int limit) {
        return storage.inTransaction(() -> storage.with(tables -> {
            int left = limit;
            for (SyncLog log : tables.logs.values()) {
                List<Outcome> noted = tables.outcomes.getOrDefault(log.id(), List.of());
                if (isOld(log, startedBefore) && !noted.isEmpty() && left > 0) {
                    int removed = Math.min(left, noted.size());
                    tables.outcomes.put(log.id(), List.copyOf(noted.subList(removed, noted.size())));
                    left -= removed;
                }
            }
            return limit - left;
        }));
    }

    @Override
    public int removeOld(Instant startedBefore, int limit) {
        return storage.inTransaction(() -> storage.with(tables -> {
            Collection<SyncLog> newest = latest().values();
            List<SyncLogId> old = tables.logs.values().stream()
                    .filter(log -> isOld(log, startedBefore) && !newest.contains(log))
                    .map(SyncLog::id)
                    .filter(id -> tables.outcomes.getOrDefault(id, List.of()).isEmpty())
                    .filter(id -> tables.pastWithdrawals.values().stream()
                            .flatMap(List::stream)
                            .noneMatch(withdrawal -> withdrawal.run().equals(id)))
                    .limit(limit)
                    .toList();
            old.forEach(tables.logs::remove);
            old.forEach(tables.outcomes::remove);
            return old.size();
        }));
    }

    private static boolean isOld(SyncLog log, Instant startedBefore) {
        return log.started().isBefore(startedBefore) && log.status() != SyncStatus.RUNNING;
    }

    @Override
    public List<SyncLog> running(PeerId peer) {
        return storage.with(tables -> tables.logs.descendingMap().values().stream()
                .filter(log -> log.peer().equals(peer) && log.status() == SyncStatus.RUNNING)
                .toList());
    }
}
