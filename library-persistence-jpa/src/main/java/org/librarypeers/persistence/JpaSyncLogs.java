package org.librarypeers.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.storage.PastWithdrawal;
import org.librarypeers.sync.storage.RunItem;
import org.librarypeers.sync.storage.Slice;
import org.librarypeers.sync.storage.SyncLogRepository;

/** A repository of sync logs on Hibernate, with SQL for the items of runs. */
final class JpaSyncLogs implements SyncLogRepository {

    private final Transactions transactions;

    JpaSyncLogs(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public SyncLogId nextId() {
        return transactions.call(unit -> new SyncLogId(Counters.SYNC_LOG.next(unit)));
    }

    @Override
    public void save(SyncLog log) {
        transactions.call(unit -> {
            Session session = unit.session();
            SyncLogEntity saved = session.find(SyncLogEntity.class, log.id().value());
            if (saved == null) {
                session.persist(SyncLogEntity.from(log));
            } else {
                saved.copyFrom(log);
            }
            session.flush();
            return true;
        });
    }

    @Override
    public Optional<SyncLog> find(SyncLogId id) {
        return transactions.call(unit -> Optional.ofNullable(unit.session().find(SyncLogEntity.class, id.value()))
                .map(SyncLogEntity::toDomain));
    }

    @Override
    public List<SyncLog> recent(@Nullable PeerId peer, @Nullable SyncLogId before, int limit) {
        return transactions.call(unit -> {
            String ofPeer = peer == null ? "" : " and l.peerId = :peer";
            SelectionQuery<SyncLogEntity> query = unit.session()
                    .createSelectionQuery(
                            "from SyncLogEntity l where l.id < :before" + ofPeer + " order by l.id desc",
                            SyncLogEntity.class)
                    .setParameter("before", before == null ? Long.MAX_VALUE : before.value());
            if (peer != null) {
                query.setParameter("peer", peer.value());
            }
            return domain(query.setMaxResults(limit));
        });
    }

    @Override
    public Map<PeerId, SyncLog> latest() {
        // One index lookup per peer: there are few peers, but the number of runs keeps growing.
        return transactions.call(unit -> domain(unit.session()
                        .createSelectionQuery(
                                "from SyncLogEntity l where l.id in (select (select max(m.id) from SyncLogEntity m"
                                        + " where m.peerId = p.id) from PeerEntity p)",
                                SyncLogEntity.class))
                .stream()
                .collect(Collectors.toMap(SyncLog::peer, Function.identity())));
    }

    @Override
    public void note(SyncLogId run, List<Outcome> outcomes, Set<String> again) {
        transactions.call(unit -> unit.jdbc(connection -> {
            RunItems.note(connection, run, outcomes, again);
            return true;
        }));
    }

    @Override
    public Slice<RunItem> outcomes(SyncLogId run, Outcome.Kind kind, int offset, int limit) {
        return transactions.call(unit -> RunItems.of(unit.session(), run, kind, offset, limit));
    }

    @Override
    public Slice<RunItem> remarked(SyncLogId run, int offset, int limit) {
        return transactions.call(unit -> RunItems.remarked(unit.session(), run, offset, limit));
    }

    @Override
    public void keepWithdrawals(Map<Guid, PastWithdrawal> withdrawals) {
        if (!withdrawals.isEmpty()) {
            transactions.call(unit -> unit.jdbc(connection -> {
                PastWithdrawals.keep(connection, withdrawals);
                return true;
            }));
        }
    }

    @Override
    public List<PastWithdrawal> withdrawals(Guid resource) {
        return transactions.call(unit -> unit.jdbc(connection -> PastWithdrawals.of(connection, resource)));
    }

    @Override
    public void forgetOutcomes(PeerId peer, int runs) {
        transactions.call(unit -> unit.jdbc(connection -> {
            RunItems.forgetOutcomes(connection, peer, runs);
            return true;
        }));
    }

    @Override
    public int removeItems(Instant startedBefore, int limit) {
        return transactions.call(
                unit -> unit.jdbc(connection -> OldRuns.removeItems(connection, startedBefore, limit)));
    }

    @Override
    public int removeOld(Instant startedBefore, int limit) {
        return transactions.call(unit -> unit.jdbc(connection -> OldRuns.removeLogs(connection, startedBefore, limit)));
    }

    @Override
    public List<SyncLog> running(PeerId peer) {
        return transactions.call(unit -> domain(unit.session()
                .createSelectionQuery(
                        "from SyncLogEntity l where l.peerId = :peer and l.status = :running order by l.id desc",
                        SyncLogEntity.class)
                .setParameter("peer", peer.value())
                .setParameter("running", SyncStatus.RUNNING.word())));
    }

    private static List<SyncLog> domain(SelectionQuery<SyncLogEntity> query) {
        return query.getResultList().stream().map(SyncLogEntity::toDomain).toList();
    }
}
