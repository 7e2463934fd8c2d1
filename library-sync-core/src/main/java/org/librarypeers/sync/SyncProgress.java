package org.librarypeers.sync;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncTally;

/**
 * How far a run is.
 *
 * @param peer the peer that is asked
 * @param run the run so far; of a preview, what the run would have logged
 * @param pages how many pages of the peer's list were kept so far
 * @param total how many resources the peer says it lists from where the run began, or -1 if it does not say
 * @param remaining how long the rest will take at the peer's pace, as far as that is known; null if it is not
 */
public record SyncProgress(
        Peer peer,
        SyncLog run,
        int pages,
        int total,
        @Nullable Duration remaining) {

    /** What came of it so far. */
    public SyncTally tally() {
        return run.tally();
    }

    /** How many requests it made so far. */
    public int requests() {
        return run.requests();
    }

    /** How long the rest will take, as one says it: about 3 h. */
    public Optional<String> remainingInWords() {
        return Optional.ofNullable(remaining).map(RunEstimate::words);
    }
}
