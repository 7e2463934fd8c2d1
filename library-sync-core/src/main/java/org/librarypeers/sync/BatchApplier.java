package org.librarypeers.sync;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.storage.KnownShortfalls;
import org.librarypeers.sync.storage.LeaseLostException;

/** What becomes of what a run reads: it is saved, or, in a preview, remembered for the length of the run. */
sealed interface BatchApplier permits SavingBatchApplier, RecordingBatchApplier {

    /**
     * To be called before anything else.
     *
     * @throws LeaseLostException if the peer was taken away already; then nothing is noted
     */
    void begin(SyncLog log);

    /**
     * Decides on a batch and keeps what comes of it, all or nothing.
     *
     * @param log the run before the batch
     */
    SyncPlan keep(Batch batch, SyncLog log);

    /** Notes what the peer offers no longer, and what it offers again; the log counts it already. */
    void withdraw(Withdrawals.Verdict verdict, SyncLog log);

    /** Notes since when every detail of the peer is to be read again; with null, that all were. */
    void reread(@Nullable Instant since);

    /**
     * Notes how the run ended.
     *
     * @param shortfalls of the peer's lists, as they are known now; null if they are known already
     * @throws LeaseLostException if the peer was taken away; then nothing is noted
     */
    void end(SyncLog log, @Nullable KnownShortfalls shortfalls);
}
