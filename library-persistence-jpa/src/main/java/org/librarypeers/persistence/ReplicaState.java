package org.librarypeers.persistence;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The state of the read replica of a storage.
 *
 * @param trouble why the replica is not used, as a phrase whose subject is the replica, without details that only an
 *     administrator may see; null if it is used
 * @param message the same with details; null if the replica is used
 * @param lag how long ago the first change was made that the replica lacks, to the second; zero if it lacks none; null if
 *     unknown
 * @param missingBytes the size of the log that the replica has not replayed; 0 if unknown
 * @param pool the state of the pool of connections to the replica
 * @param answered the number of reads that the replica has answered since the start
 * @param passedOn the number of reads that the primary answered instead
 */
public record ReplicaState(
        @Nullable String trouble,
        @Nullable String message,
        @Nullable Duration lag,
        long missingBytes,
        PoolFigures pool,
        long answered,
        long passedOn) {}
