package org.librarypeers.app.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.audit.AuditTrail.Note;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.PastWithdrawal;
import org.librarypeers.sync.storage.RunItem;
import org.librarypeers.sync.storage.Slice;
import org.librarypeers.sync.storage.SyncLogRepository;

/** The sync logs of a storage. The runs that a person starts are recorded in the transaction that saves their first log. */
record AuditedSyncLogs(LibraryStorage storage, AuditTrail trail) implements SyncLogRepository {

    private SyncLogRepository logs() {
        return storage.syncLogs();
    }

    @Override
    public void save(SyncLog log) {
        if (CurrentActor.actor().isEmpty() || log.status() != SyncStatus.RUNNING) {
            logs().save(log);
            return;
        }
        storage.inTransaction(() -> {
            boolean isNew = logs().find(log.id()).isEmpty();
            logs().save(log);
            if (isNew) {
                storage.peers()
                        .find(log.peer())
                        .ifPresent(peer -> trail.record(new Note(
                                AuditAction.SYNC_STARTED,
                                AuditTrail.subject(peer),
                                Map.of("run", log.id().toString()))));
            }
        });
    }

    @Override
    public SyncLogId nextId() {
        return logs().nextId();
    }

    @Override
    public Optional<SyncLog> find(SyncLogId id) {
        return logs().find(id);
    }

    @Override
    public List<SyncLog> recent(@Nullable PeerId peer, @Nullable SyncLogId before, int limit) {
        return logs().recent(peer, before, limit);
    }

    @Override
    public Map<PeerId, SyncLog> latest() {
        return logs().latest();
    }

    @Override
    public Map<PeerId, Instant> lastSuccesses() {
        return logs().lastSuccesses();
    }

    @Override
    public void note(SyncLogId run, List<Outcome> outcomes, Set<String> again) {
        logs().note(run, outcomes, again);
    }

    @Override
    public Slice<RunItem> outcomes(SyncLogId run, Outcome.Kind kind, int offset, int limit) {
        return logs().outcomes(run, kind, offset, limit);
    }

    @Override
    public Slice<RunItem> remarked(SyncLogId run, int offset, int limit) {
        return logs().remarked(run, offset, limit);
    }

    @Override
    public void keepWithdrawals(Map<Guid, PastWithdrawal> withdrawals) {
        logs().keepWithdrawals(withdrawals);
    }

    @Override
    public List<PastWithdrawal> withdrawals(Guid resource) {
        return logs().withdrawals(resource);
    }

    @Override
    public void forgetOutcomes(PeerId peer, int runs) {
        logs().forgetOutcomes(peer, runs);
    }

    @Override
    public int removeItems(Instant startedBefore, int limit) {
        return logs().removeItems(startedBefore, limit);
    }

    @Override
    public int removeOld(Instant startedBefore, int limit) {
        return logs().removeOld(startedBefore, limit);
    }

    @Override
    public List<SyncLog> running(PeerId peer) {
        return logs().running(peer);
    }
}
