package org.librarypeers.sync.storage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;

/** The runs of this library. */
public interface SyncLogRepository {

    /** A number that no run had yet, higher than those before. */
    SyncLogId nextId();

    /** Adds or replaces a run. */
    void save(SyncLog log);

    /** The run of that number. */
    Optional<SyncLog> find(SyncLogId id);

    /**
     * Runs, the newest first.
     *
     * @param peer only this peer's; null for all
     * @param limit at most so many, from 1
     */
    default List<SyncLog> recent(@Nullable PeerId peer, int limit) {
        return recent(peer, null, limit);
    }

    /**
     * As {@link #recent(PeerId, int)}, from some run on.
     *
     * @param before only runs older than that one, which may be of another peer, or none at all; null for all
     */
    List<SyncLog> recent(@Nullable PeerId peer, @Nullable SyncLogId before, int limit);

    /** The newest run of each peer that ever had one, removed peers included. */
    Map<PeerId, SyncLog> latest();

    /**
     * Notes what became of items of a run; within the transaction that does it.
     *
     * @param again remote ids of items that the run noted as unchanged, and has now read and noted anew: that is all that counts
     */
    void note(SyncLogId run, List<Outcome> outcomes, Set<String> again);

    /**
     * What became of items of a run, in the order in which it was noted.
     *
     * @param offset how many to pass over, from 0
     * @param limit at most so many, from 1
     */
    Slice<RunItem> outcomes(SyncLogId run, Outcome.Kind kind, int offset, int limit);

    /**
     * Returns the items of a run that were accepted with remarks, in the order in which they were noted.
     *
     * @param offset how many to pass over, from 0
     * @param limit at most so many, from 1
     */
    Slice<RunItem> remarked(SyncLogId run, int offset, int limit);

    /**
     * Adds withdrawals to the history of resources; within the transaction that withdraws them. A storage that keeps none
     * cannot tell later which run withdrew a resource.
     *
     * @param withdrawals by resource; of one resource at most one for each run
     */
    default void keepWithdrawals(Map<Guid, PastWithdrawal> withdrawals) {
        // Nothing is lost but the explanation.
    }

    /** Returns the withdrawals in the history of a resource, the newest first; empty if there are none. */
    default List<PastWithdrawal> withdrawals(Guid resource) {
        return List.of();
    }

    /**
     * Forgets of that peer's runs what they left as it was, and what they could not keep, which is noted anew by each. What they
     * added, updated or found withdrawn stays.
     *
     * @param runs of how many runs, the newest, all stays
     */
    void forgetOutcomes(PeerId peer, int runs);

    /** Runs of that peer that say that they are running, the newest first. */
    List<SyncLog> running(PeerId peer);
}
