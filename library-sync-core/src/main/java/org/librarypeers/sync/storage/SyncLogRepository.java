package org.librarypeers.sync.storage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;

/** The sync logs of this library. */
public interface SyncLogRepository {

    /** Returns a new number, which is higher than all earlier ones. */
    SyncLogId nextId();

    /** Adds or replaces a log. */
    void save(SyncLog log);

    /** Returns the log of the run with this number. */
    Optional<SyncLog> find(SyncLogId id);

    /**
     * Returns the latest logs, the newest first.
     *
     * @param peer the peer; null for all peers
     * @param limit the maximum number of logs, from 1
     */
    default List<SyncLog> recent(@Nullable PeerId peer, int limit) {
        return recent(peer, null, limit);
    }

    /**
     * Returns the latest logs of the runs before a given run, the newest first.
     *
     * @param peer the peer; null for all peers
     * @param before only runs with lower numbers are returned; the run may be of another peer or not exist; null for no
     *     limit
     * @param limit the maximum number of logs, from 1
     */
    List<SyncLog> recent(@Nullable PeerId peer, @Nullable SyncLogId before, int limit);

    /** Returns the newest log of each peer that has one, including removed peers. */
    Map<PeerId, SyncLog> latest();

    /** Returns when each peer was last synced successfully. Leaves out peers of which no successful run is in the log. */
    Map<PeerId, Instant> lastSuccesses();

    /**
     * Adds outcomes to a run, in the transaction that applies them.
     *
     * @param run the run
     * @param outcomes the outcomes
     * @param again remote ids of items whose earlier outcome {@link Outcome.Kind#UNCHANGED} or
     *     {@link Outcome.Kind#LEFT_OUT} in this run is replaced
     */
    void note(SyncLogId run, List<Outcome> outcomes, Set<String> again);

    /**
     * Returns the items of a run with this kind of outcome, in the order in which they were added.
     *
     * @param run the run
     * @param kind the kind of outcome
     * @param offset the number of items to skip, from 0
     * @param limit the maximum number of items, from 1
     */
    Slice<RunItem> outcomes(SyncLogId run, Outcome.Kind kind, int offset, int limit);

    /**
     * Returns the items of a run that were accepted with remarks, in the order in which they were added.
     *
     * @param run the run
     * @param offset the number of items to skip, from 0
     * @param limit the maximum number of items, from 1
     */
    Slice<RunItem> remarked(SyncLogId run, int offset, int limit);

    /**
     * Adds withdrawals to the history of resources, in the transaction that withdraws them. A storage that does not
     * save them cannot show later which run withdrew a resource.
     *
     * @param withdrawals the withdrawals by resource; at most one for each resource and run
     */
    default void keepWithdrawals(Map<Guid, PastWithdrawal> withdrawals) {
        // Optional: only the explanation is lost.
    }

    /** Returns the withdrawals in the history of a resource, the newest first. */
    default List<PastWithdrawal> withdrawals(Guid resource) {
        return List.of();
    }

    /**
     * Deletes the unchanged, kept and failed outcomes of a peer's older runs. Their added, updated and withdrawn
     * outcomes stay.
     *
     * @param peer the peer
     * @param runs the number of newest runs that keep all outcomes
     */
    void forgetOutcomes(PeerId peer, int runs);

    /**
     * Deletes items of runs that started before a time, regardless of their outcome. Keeps those of running runs. Any
     * number of processes may call this at the same time. By default, does nothing.
     *
     * @param limit the maximum number of items to delete, from 1
     * @return the number of deleted items; less than the limit if nothing is left, or if another process is deleting
     */
    default int removeItems(Instant startedBefore, int limit) {
        return 0;
    }

    /**
     * Deletes logs of runs that started before a time and have no items. Keeps the logs of running runs, the newest log
     * of each peer, and the logs of runs that withdrew a resource whose history refers to them. Any number of processes
     * may call this at the same time. By default, does nothing.
     *
     * @param limit the maximum number of logs to delete, from 1
     * @return the number of deleted logs; less than the limit if nothing is left, or if another process is deleting
     */
    default int removeOld(Instant startedBefore, int limit) {
        return 0;
    }

    /** Returns the logs of a peer's runs that are marked as running, the newest first. */
    List<SyncLog> running(PeerId peer);
}
