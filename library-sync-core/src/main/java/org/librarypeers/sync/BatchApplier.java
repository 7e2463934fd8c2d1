package org.librarypeers.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.storage.Followers;
import org.librarypeers.sync.storage.HarvestRepository;
import org.librarypeers.sync.storage.KnownShortfalls;
import org.librarypeers.sync.storage.LeaseLostException;

/** Applies the batches that a run reads. A sync saves them; a preview only records them until the end of the run. */
sealed interface BatchApplier permits SavingBatchApplier, RecordingBatchApplier {

    /**
     * Starts the run. Must be called before the other methods.
     *
     * @param log the log without a number
     * @param from the cursor from which the run reads; null if it reads everything
     * @return the log of the run
     * @throws LeaseLostException if the lease was lost; nothing is saved
     */
    SyncLog begin(SyncLog log, @Nullable Cursor from);

    /**
     * Decides on a batch and applies the result in one transaction. A {@linkplain Batch#isQuietEnd quiet end} of the list
     * may be applied together with what follows, at the latest with {@link #end}.
     *
     * @param log the log before the batch
     * @return the decisions
     */
    SyncPlan keep(Batch batch, SyncLog log);

    /**
     * Returns which of these resources follow the peer or are offered by it, at this point of the run.
     *
     * @param within the time until now in which withdrawals are counted
     */
    Followers followers(Set<Guid> among, Duration within);

    /** Passes the versions that were last read from the peer, at this point of the run, as {@link HarvestRepository#versions} does. */
    void versions(GuidRange range, BiConsumer<Guid, String> consumer);

    /**
     * Marks resources as withdrawn or as offered again.
     *
     * @param findings the withdrawals
     * @param log the log, which already counts them
     */
    void withdraw(Withdrawals.Findings findings, SyncLog log);

    /**
     * Records the effects of a changed selection rule on offers that were read earlier.
     *
     * @param leftOut the resources that are left out from now on
     * @param due the resources whose bodies are to be requested
     * @return the resources that a preview left unmarked, although they are left out; empty if they are saved
     */
    Set<Guid> reselect(Set<Guid> leftOut, Set<Guid> due);

    /** Records that the selection rule of this run was applied to all offers that were read earlier. */
    void reselected();

    /**
     * Records the time since which every detail of the peer is to be read again.
     *
     * @param since the time; null if all details have been read
     */
    void reread(@Nullable Instant since);

    /**
     * Adopts the log that the storage has, after a failure that left unclear what was saved.
     *
     * @param here the log of this run
     * @return the log before the end
     */
    SyncLog afterUncertainty(SyncLog saved, SyncLog here);

    /**
     * Records the end of the run.
     *
     * @param log the log at the end
     * @param shortfalls the current shortfalls of the peer's lists; null if they did not change
     * @return the log, with a number if it is saved
     * @throws LeaseLostException if the lease was lost; nothing is saved
     */
    SyncLog end(SyncLog log, @Nullable KnownShortfalls shortfalls);
}
