package org.librarypeers.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerSession;

/** Requests the bodies of items in batches, and applies the answers. */
final class BatchReceiver {

    private final PeerSession session;
    private final Inquiry inquiry;
    private final BatchApplier applier;
    private final ReadSoFar reading;
    private final RunEstimate estimate;
    private final RunState run;
    private final RunCancellation cancellation;
    private final int batchSize;

    /** The items that were accepted earlier and are absent for the second time. */
    private final List<ChangePage.Item> missing = new ArrayList<>();

    BatchReceiver(
            PeerSession session,
            Inquiry inquiry,
            BatchApplier applier,
            ReadSoFar reading,
            RunEstimate estimate,
            RunState run,
            RunCancellation cancellation,
            int batchSize) {
        this.session = session;
        this.inquiry = inquiry;
        this.applier = applier;
        this.reading = reading;
        this.estimate = estimate;
        this.run = run;
        this.cancellation = cancellation;
        this.batchSize = batchSize;
    }

    /** Returns the items that were accepted earlier and are absent for the second time. */
    List<ChangePage.Item> missing() {
        return missing;
    }

    /** Receives the items of a page. The cursor is saved with the last batch, so that no item is missed. */
    void receivePage(List<ChangePage.Item> items, Batch.Rest rest) {
        estimate.open(items);
        int from = 0;
        Batch.Rest left = rest;
        while (items.size() - from > batchSize && items.get(from).body() == null) {
            request(items.subList(from, from + batchSize), left.withoutCursor());
            left = left.cursorOnly();
            from += batchSize;
        }
        request(items.subList(from, items.size()), left);
    }

    /**
     * Receives items that are not on the current page. Some of them may have been listed as unchanged. Items for which the session has no
     * answer stay as they are.
     *
     * @return the number of items for which the session has no answer
     */
    int receiveApart(List<ChangePage.Item> all) {
        List<ChangePage.Item> items = all.stream().filter(session::canFetch).toList();
        estimate.open(items);
        for (int from = 0; from < items.size(); from += batchSize) {
            List<ChangePage.Item> batch = items.subList(from, Math.min(items.size(), from + batchSize));
            request(batch, Batch.Rest.again(reading.counted(batch)));
        }
        return all.size() - items.size();
    }

    /** Applies the final answers for the {@link #missing} items. Items that are not withdrawn stay quarantined. */
    void settleMissing(Set<Guid> withdrawn) {
        estimate.open(missing);
        apply(Inquiry.notThere(missing, withdrawn).batch(Batch.Rest.again(Batch.Again.NONE)));
    }

    /** Requests items, and applies the answers in one batch. */
    private void request(List<ChangePage.Item> items, Batch.Rest rest) {
        cancellation.check();
        Inquiry.Answers answers = inquiry.ask(session, items);
        missing.addAll(answers.missing());
        reading.decide(answers.missing());
        estimate.done(answers.missing());
        PeerException failure = answers.failure();
        if (failure == null) {
            apply(answers.batch(rest));
        } else {
            // Saves what was answered before the failure, so that a peer that often fails is still read over several
            // runs.
            applyBefore(failure, answers.batch(rest.of(answers.items())));
            throw failure;
        }
    }

    private void applyBefore(PeerException failure, Batch answered) {
        try {
            RunCancellation.undisturbed(() -> apply(answered));
        } catch (RuntimeException trouble) {
            trouble.addSuppressed(failure);
            throw trouble;
        }
    }

    /** Applies a batch in one transaction. */
    SyncPlan apply(Batch batch) {
        run.countRequests(session);
        SyncPlan plan = applier.keep(batch, run.log());
        reading.decide(batch.items());
        reading.decide(plan);
        estimate.done(batch.items());
        run.applied(batch, plan, session);
        return plan;
    }
}
