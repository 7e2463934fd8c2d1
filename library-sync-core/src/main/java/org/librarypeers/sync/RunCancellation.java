package org.librarypeers.sync;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerSession;

/** Lets other threads cancel a run. */
final class RunCancellation {

    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile @Nullable PeerSession session;
    private volatile @Nullable String why;

    /** Cancels the run. If this is called more than once, the first reason counts. */
    synchronized void cancel(String reason) {
        if (why == null) {
            why = reason;
        }
        PeerSession current = session;
        if (current != null) {
            current.stop();
        }
    }

    /** Sets the session that the run uses, or null if it uses none. */
    void use(@Nullable PeerSession used) {
        session = used;
    }

    /** Returns whether the run was cancelled, by {@link #cancel} or by an interrupt of the current thread. */
    boolean isRequested() {
        return why != null || Thread.currentThread().isInterrupted();
    }

    /** Returns the reason for the cancellation. */
    String reason() {
        String given = why;
        return given == null ? "it was stopped before its end; the next run continues from there" : given;
    }

    /**
     * Throws if the run was cancelled.
     *
     * @throws PeerException with reason {@link PeerTrouble#STOPPED}
     */
    void check() {
        if (why != null) {
            throw new PeerException(PeerTrouble.STOPPED, reason(), null);
        }
    }

    /** Signals that the run has ended. */
    void ended() {
        end.complete(null);
    }

    /** Returns a future that completes when the run has ended. */
    CompletableFuture<Void> end() {
        return end;
    }

    /**
     * Does the work with the interrupt status cleared, and restores it afterwards. Once the peer is no longer read, an
     * interrupt has served its purpose, and the remaining writes must not fail because of it.
     */
    static <T> T undisturbed(Supplier<T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            return work.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
