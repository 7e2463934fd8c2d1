package org.librarypeers.sync;

import java.util.ArrayList;
import java.util.List;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.peer.PeerSession;

/** The log and the progress of a run. Other threads may only call {@link #progress}. */
final class RunState {

    private final Peer peer;
    private final RunEstimate estimate;
    private final SyncListener listener;

    /** The first items that were accepted with remarks. */
    private final List<Outcome> remarked = new ArrayList<>();

    private volatile SyncProgress progress;
    private int pages;
    private SyncLog log;

    RunState(Peer peer, SyncLog started, RunEstimate estimate, SyncListener listener) {
        this.peer = peer;
        this.log = started;
        this.estimate = estimate;
        this.listener = listener;
        this.progress = new SyncProgress(peer, started, 0, -1, null);
    }

    SyncProgress progress() {
        return progress;
    }

    SyncLog log() {
        return log;
    }

    /** Sets the log of the run, whose start was saved. */
    void begun(SyncLog started) {
        log = started;
        progress = new SyncProgress(peer, started, 0, -1, null);
    }

    /** Replaces the log. */
    void log(SyncLog next) {
        log = next;
    }

    /** Counts a page of the list. */
    void countPage() {
        pages++;
    }

    /** Counts the requests of a session, including the failed ones. */
    void countRequests(PeerSession session) {
        log = log.progressed(SyncTally.NONE, session.requests());
    }

    /** Records a batch that was applied, and tells the listener. */
    void applied(Batch batch, SyncPlan plan, PeerSession session) {
        log = log.progressed(plan.tally().plus(batch.tally()), session.requests());
        plan.outcomes().stream()
                .filter(outcome -> !outcome.remarks().isEmpty())
                .limit(SyncReport.MAX_REMARKED - remarked.size())
                .forEach(remarked::add);
        tellProgress(session);
    }

    /**
     * Tells the listener the estimate after the first page of the list, if its resources are to be requested one by one. The
     * first batch may follow much later.
     */
    void planned(PeerSession session) {
        if (pages == 1 && estimate.isOpen()) {
            countRequests(session);
            tellProgress(session);
        }
    }

    private void tellProgress(PeerSession session) {
        estimate.learn(session);
        progress = new SyncProgress(peer, log, pages, estimate.total(), estimate.remaining());
        listener.progressed(progress);
    }

    SyncReport report(boolean preview) {
        return new SyncReport(peer, log, preview, remarked);
    }
}
