package org.librarypeers.sync;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;

/**
 * Receives the events of runs. Previews send the same events as syncs; the log of a preview has the id
 * {@link org.librarypeers.domain.SyncLogId#NONE}.
 *
 * <p><b>Order.</b> A run sends {@link #started} once, then {@link #progressed} after each batch, and at the end either
 * {@link #finished} or {@link #failed}, exactly once. If the start of a run cannot be saved, {@code started} and
 * {@code progressed} are left out. A sync that is refused is not a run and sends no event; its caller gets the
 * exception. The event {@link #ending} has rules of its own, which its description states.
 *
 * <p><b>Threads.</b> A run calls its listener on the thread that called {@link SyncService}, and waits for it. The
 * events of two runs of the same peer do not overlap, unless one is a preview. A listener of a service must be
 * thread-safe, because several peers may be synced at the same time.
 *
 * <p><b>Exceptions.</b> An exception from a listener does not affect the run, except from {@link #ending}. It
 * is logged, and the other listeners and later events are not affected either. An {@link Error} is not caught. To stop a
 * run, call {@link SyncService#cancel} or interrupt its thread.
 */
public interface SyncListener {

    /** A listener that does nothing. */
    SyncListener NONE = new SyncListener() {
        @Override
        public boolean savesWithEnd(SyncLog run, @Nullable SyncStatus before) {
            return false;
        }
    };

    /** Returns a listener that passes the progress to a consumer and ignores the other events. */
    static SyncListener onProgress(Consumer<? super SyncProgress> consumer) {
        return new SyncListener() {
            @Override
            public void progressed(SyncProgress progress) {
                consumer.accept(progress);
            }
        };
    }

    /** Called when a run has started and its log is saved. The log of a preview is not saved. */
    default void started(SyncLog run) {}

    /**
     * Called after each batch is saved. In a preview, called after each batch is decided. The end of a list that shows nothing
     * new may be saved later, at the latest with the end of the run. Also called after the
     * first page of a list is read, if its resources are requested one by one: the first batch may follow much later.
     */
    default void progressed(SyncProgress progress) {}

    /**
     * Called in the transaction that saves the end of a run, after the log is saved in it and before the commit.
     * Changes that the listener saves in the same storage are committed together with the end of the run, or not at
     * all. Use this event for work that must neither be lost nor be done for a run that did not end, such as writing a
     * notification to an outbox.
     *
     * <p>Only the listener of a service receives this event. Unless {@link #savesWithEnd} returns false, it receives
     * the end of every run, whichever process ends it and
     * why: the run itself; a cancellation or the removal of the peer; or the next run of the peer, which ends the logs of
     * runs whose process died. A preview has no such event.
     *
     * <p>An exception rolls back the transaction, like a failure of the storage. If the run itself was ending, it fails with
     * the exception unless a second attempt to save its end as failed succeeds; otherwise, the caller of the service gets
     * the exception. A {@link org.librarypeers.sync.storage.StorageUnavailableException StorageUnavailableException} is
     * retried like that of the storage.
     *
     * <p>Do not send anything from this method: the transaction may still be rolled back, and other runs may wait for
     * it. After a rollback, or if the result of a commit is not known, the method is called again for the same run.
     * Make sure that a second call does not save the same again.
     *
     * @param run the log of the run; its status is not {@link org.librarypeers.domain.SyncStatus#RUNNING RUNNING}
     */
    default void ending(SyncLog run) {}

    /**
     * Returns whether {@link #ending} must be called for this end of a run. Without this call, a storage saves the end
     * of a run with fewer statements, which matters if many peers have nothing new. It may be called several times for
     * one run, outside of the transaction. Runs that another run or a person ends are always passed to {@code ending}.
     * The default is true.
     *
     * @param run the log of the run, as it will be saved
     * @param before the status of the previous run of the peer; null for its first run
     */
    default boolean savesWithEnd(SyncLog run, @Nullable SyncStatus before) {
        return true;
    }

    /**
     * Called when a run has ended and its log is saved, whether it succeeded, was throttled, was cancelled, or could
     * not read the peer: see the status in {@link SyncReport#log}. The run still holds the lease of the peer, so a sync
     * that is started here on the same peer fails with {@link PeerBusyException}.
     */
    default void finished(SyncReport report) {}

    /**
     * Called when a run ended because this library failed. The caller of the sync gets the same exception. The storage
     * may contain an older state of the log.
     *
     * @param run the log of the run
     * @param failure why the run ended, for example a
     *     {@link org.librarypeers.sync.storage.StorageException StorageException}
     */
    default void failed(SyncLog run, Throwable failure) {}
}
