package org.librarypeers.sync;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.SyncTally;

/**
 * How far a run is.
 *
 * @param peer the peer that is asked
 * @param tally what came of it so far
 * @param requests how many requests it made so far
 * @param total how many resources the peer says it lists from where the run began, or -1 if it does not say
 * @param remaining how long the rest will take at the peer's pace, as far as that is known; null if it is not
 */
public record SyncProgress(
        Peer peer,
        SyncTally tally,
        int requests,
        int total,
        @Nullable Duration remaining) {

    /** How long the rest will take, as one says it: about 3 h. */
    public Optional<String> remainingInWords() {
        return Optional.ofNullable(remaining).map(Pacing::words);
    }
}
