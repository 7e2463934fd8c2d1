package org.librarypeers.sync;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncTally;

/**
 * The progress of a run.
 *
 * @param peer the peer that is synced
 * @param run the log so far; for a preview, the log that a sync would have written
 * @param pages the number of pages of the peer's list that were read so far
 * @param total the number of resources in the peer's list from the point where the run started; -1 if unknown
 * @param remaining the estimated remaining time at the peer's pace; null if unknown
 */
public record SyncProgress(
        Peer peer,
        SyncLog run,
        int pages,
        int total,
        @Nullable Duration remaining) {

    /** Returns the counts so far. */
    public SyncTally tally() {
        return run.tally();
    }

    /** Returns the number of HTTP requests so far. */
    public int requests() {
        return run.requests();
    }

    /** Returns the remaining time in words, such as {@code about 3 h}. Empty if it is unknown. */
    public Optional<String> remainingInWords() {
        return Optional.ofNullable(remaining).map(RunEstimate::words);
    }
}
