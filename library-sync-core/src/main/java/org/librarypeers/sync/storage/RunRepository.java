package org.librarypeers.sync.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;

/**
 * The start and the end of a run, as steps over several repositories. Most runs find nothing new, so these steps are most of
 * what a library with many peers does. A storage may execute each of them as one statement.
 *
 * <p>{@link #of} returns an implementation that calls the other repositories.
 */
public interface RunRepository {

    /** Returns a repository that composes each step of calls to the other repositories of a storage. */
    static RunRepository of(SyncStorage storage) {
        return new ComposedRuns(storage);
    }

    /**
     * Returns the state of a peer that a run needs. Call it after the peer was {@linkplain HarvestRepository#claim
     * claimed}, so that no other run changes the state.
     *
     * @return the state; empty if there is no such peer, or if it was removed
     */
    Optional<RunBasis> basis(PeerId peer);

    /**
     * Starts a run: verifies the lease, adds a log with a new number and with the status running, and
     * {@linkplain SyncLogRepository#forgetOutcomes deletes old outcomes}. Call it within a transaction to save more with it.
     *
     * @param lease the lease on the peer
     * @param from the cursor from which the run reads; null if it reads everything
     * @param now the current time, by this library's clock
     * @param outcomeRuns the number of newest runs that keep all outcomes, including this one
     * @return the log
     * @throws LeaseLostException if the lease was lost; nothing is saved
     */
    SyncLog begin(PeerLease lease, @Nullable Cursor from, Instant now, int outcomeRuns);

    /**
     * Ends a run: {@linkplain HarvestRepository#commit commits} its last progress, {@linkplain SyncLogRepository#note adds}
     * outcomes and replaces its log. The lease is still held afterwards. Call it within a transaction to save more with it.
     *
     * <p>Idempotent: outcomes are added only while the saved log is running. A caller who does not know whether the first call
     * was committed may repeat it.
     *
     * @param lease the lease on the peer
     * @param progress the progress that is not saved yet
     * @param outcomes the outcomes that are not saved yet
     * @param log the log of the run, which is in the storage
     * @throws LeaseLostException if the lease was lost; nothing is saved
     */
    void end(PeerLease lease, HarvestProgress progress, List<Outcome> outcomes, SyncLog log);
}
