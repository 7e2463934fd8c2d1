package org.librarypeers.sync.inmemory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.port.SyncLogRepository;

record InMemorySyncLogs(InMemoryStorage storage) implements SyncLogRepository {

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
    public List<SyncLog> recent(@Nullable PeerId peer, int limit) {
        return storage.with(tables -> tables.logs.descendingMap().values().stream()
                .filter(log -> peer == null || log.peer().equals(peer))
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
    public List<SyncLog> running(PeerId peer) {
        return storage.with(tables -> tables.logs.descendingMap().values().stream()
                .filter(log -> log.peer().equals(peer) && log.status() == SyncStatus.RUNNING)
                .toList());
    }
}
