package org.librarypeers.sync;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerSession;

/** By which other threads have a run end where it is. */
final class RunCancellation {

    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable PeerSession asked;
    private volatile @Nullable String why;

    /** The run is to end, soon. The first reason that is given counts. */
    synchronized void now(String reason) {
        if (why == null) {
            why = reason;
        }
        PeerSession session = asked;
        if (session != null) {
            session.stop();
        }
    }

    /** The run asks a peer, or, with null, does so no more. */
    void asking(@Nullable PeerSession session) {
        asked = session;
    }

    /** Whether the run was told to end, by this or by an interrupt of its thread. */
    boolean isGiven() {
        return why != null || Thread.currentThread().isInterrupted();
    }

    /** Why the run was told to end. */
    String reason() {
        String given = why;
        return given == null ? "it was stopped in the middle; the next run goes on from there" : given;
    }

    /**
     * Goes on unless told otherwise.
     *
     * @throws PeerException of reason {@link PeerTrouble#STOPPED}
     */
    void check() {
        if (why != null) {
            throw new PeerException(PeerTrouble.STOPPED, reason(), null);
        }
    }

    /** The run has ended. */
    void over() {
        over.countDown();
    }

    /** Waits for the run's end; false if it lasts longer than that. */
    boolean await(Duration patience) throws InterruptedException {
        return over.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Does the work with no interrupt pending. When the peer is not asked any more, an interrupt has done what it was for, and
     * what is left to write wants a connection.
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
