package org.librarypeers.sync;

import java.util.function.Consumer;
import org.librarypeers.domain.SyncLog;

/**
 * Receives the events of runs. Previews send the same events as syncs; the log of a preview has the id
 * {@link org.librarypeers.domain.SyncLogId#NONE}.
 *
 * <p><b>Order.</b> A run sends {@link #started} once, then {@link #progressed} after each batch, and at the end either
 * {@link #finished} or {@link #failed}, exactly once. If the start of a run cannot be saved, {@code started} and
 * {@code progressed} are left out. A sync that is refused is not a run and sends no event; its caller gets the
 * exception.
 *
 * <p><b>Threads.</b> A run calls its listener on the thread that called {@link SyncService}, and waits for it. The
 * events of two runs of the same peer do not overlap, unless one is a preview. A listener of a service must be
 * thread-safe, because several peers may be synced at the same time.
 *
 * <p><b>Exceptions.</b> An exception from a listener does not affect the run. It is logged, and the other listeners and
 * later events are not affected either. An {@link Error} is not caught. To stop a run, call {@link SyncService#cancel}
 * or interrupt its thread.
 */
public interface SyncListener {

    /** A listener that does nothing. */
    SyncListener NONE = new SyncListener() {};

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

    /** Called after each batch is saved. In a preview, called after each batch is decided. */
    default void progressed(SyncProgress progress) {}

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
