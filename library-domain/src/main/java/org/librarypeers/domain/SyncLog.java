package org.librarypeers.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The record of one run of one peer: when it ran, what it did, and why it ended.
 *
 * @param id the number of the run
 * @param peer the peer that was synced
 * @param status the state of the run
 * @param since the update date from which changes were requested, as the peer wrote it; null if everything was
 *     requested
 * @param tally the counts so far
 * @param requests the number of HTTP requests so far
 * @param started when the run started, by this library's clock
 * @param finished when the run ended; null while it is running
 * @param until for a throttled run, the time from which the peer allows requests again; otherwise null
 * @param trouble for a failed run, the problem of the peer; null if the peer has no problem, if the problem is unknown,
 *     and for all other runs
 * @param message the reason why the run ended, on one line for the administrator; may be null
 */
public record SyncLog(
        SyncLogId id,
        PeerId peer,
        SyncStatus status,
        @Nullable String since,
        SyncTally tally,
        int requests,
        Instant started,
        @Nullable Instant finished,
        @Nullable Instant until,
        @Nullable PeerTrouble trouble,
        @Nullable String message) {

    /** The maximum length of a message, in characters. A longer message is cut. */
    public static final int MAX_MESSAGE = 1_000;

    /**
     * Validates the log.
     *
     * @throws IllegalArgumentException if a running log has an end or an ended log has none, if a throttled log has no
     *     {@code until} or another log has one, or if a log that has not failed names a problem of the peer
     */
    public SyncLog {
        if ((status == SyncStatus.RUNNING) != (finished == null)) {
            throw new IllegalArgumentException("run " + id + " has status " + status.word() + " but end " + finished);
        }
        if ((status == SyncStatus.THROTTLED) != (until != null)) {
            throw new IllegalArgumentException(
                    "run " + id + " has status " + status.word() + " but is throttled until " + until);
        }
        if (trouble != null && status != SyncStatus.FAILED) {
            throw new IllegalArgumentException(
                    "run " + id + " has status " + status.word() + " but problem " + trouble);
        }
        started = started.truncatedTo(ChronoUnit.MICROS);
        finished = finished == null ? null : finished.truncatedTo(ChronoUnit.MICROS);
        until = until == null ? null : until.truncatedTo(ChronoUnit.MICROS);
        message = message == null ? null : Checks.remark(message, MAX_MESSAGE);
    }

    /**
     * Creates the log of a run that starts now.
     *
     * @param from the cursor from which the run reads; null if it reads everything
     */
    public static SyncLog start(SyncLogId id, PeerId peer, @Nullable Cursor from, Instant now) {
        String since = from == null ? null : from.upTo();
        return new SyncLog(id, peer, SyncStatus.RUNNING, since, SyncTally.NONE, 0, now, null, null, null, null);
    }

    /** Returns a copy with another number, for a run that gets its number late. */
    public SyncLog withId(SyncLogId number) {
        return new SyncLog(number, peer, status, since, tally, requests, started, finished, until, trouble, message);
    }

    /**
     * Returns a copy with further counts added.
     *
     * @param more the counts to add
     * @param requestsSoFar the total number of requests so far
     */
    public SyncLog progressed(SyncTally more, int requestsSoFar) {
        return new SyncLog(
                id, peer, status, since, tally.plus(more), requestsSoFar, started, finished, until, trouble, message);
    }

    /**
     * The numbers of quarantined items of a peer after a run has read its list completely.
     *
     * @param again the number of items that were quarantined before, were tried by this run, and failed again
     * @param still the number of items that were quarantined before and still are, whether this run tried them or not
     * @param all the number of all quarantined items, including those that this run did not try
     * @param offered the number of resources that the peer was known to offer before the run
     */
    public record QuarantineCounts(int again, int still, int all, int offered) {

        /** The counts of a peer without quarantined items. */
        public static final QuarantineCounts NONE = new QuarantineCounts(0, 0, 0, 0);
    }

    /**
     * Returns the log of a run that read the peer's list completely. The run counts as failed if more items failed than
     * succeeded, either among those that it read or among all items that the peer is known to offer.
     *
     * @param quarantined the numbers of quarantined items
     * @param remark a remark for the message, or null
     * @throws IllegalStateException if the run has already ended
     */
    public SyncLog completed(QuarantineCounts quarantined, @Nullable String remark, Instant now) {
        int fresh = tally.failed() - quarantined.again();
        if (fresh > tally.good()) {
            String most = String.format(Locale.ROOT, "%,d of ", fresh) + Count.of(tally.good() + fresh, "resource");
            return failed(with(remark, most + " could not be saved"), now);
        }
        if (quarantined.still() == 0) {
            return ended(SyncStatus.SUCCEEDED, null, null, remark, now);
        }
        String still = Count.of(quarantined.all(), "resource") + " could not be saved (" + hadFailed(quarantined) + ")";
        boolean mostlyFailed = quarantined.all() > Math.max(quarantined.offered() + tally.added(), tally.good());
        return mostlyFailed
                ? failed(with(remark, still), now)
                : ended(SyncStatus.SUCCEEDED, null, null, with(remark, still), now);
    }

    private static String hadFailed(QuarantineCounts quarantined) {
        return quarantined.still() > 1
                ? String.format(Locale.ROOT, "%,d had already failed in earlier runs", quarantined.still())
                : (quarantined.all() == 1 ? "it" : "1") + " had already failed in an earlier run";
    }

    private static String with(@Nullable String remark, String what) {
        return remark == null ? what : what + "; " + remark;
    }

    /**
     * Returns the log of a run that failed for a reason that is unknown or not the peer's.
     *
     * @throws IllegalStateException if the run has already ended
     */
    public SyncLog failed(String why, Instant now) {
        return ended(SyncStatus.FAILED, null, null, why, now);
    }

    /**
     * Returns the log of a run that failed because of a problem with the peer.
     *
     * @throws IllegalStateException if the run has already ended
     */
    public SyncLog failed(PeerTrouble trouble, String why, Instant now) {
        return ended(SyncStatus.FAILED, null, trouble, why, now);
    }

    /**
     * Returns the log of a run that was throttled by the peer.
     *
     * @param from the time from which the peer allows requests again
     * @throws IllegalStateException if the run has already ended
     */
    public SyncLog throttled(Instant from, String why, Instant now) {
        return ended(SyncStatus.THROTTLED, from, null, why, now);
    }

    /**
     * Returns the log of a run that was interrupted.
     *
     * @throws IllegalStateException if the run has already ended
     */
    public SyncLog interrupted(String why, Instant now) {
        return ended(SyncStatus.INTERRUPTED, null, null, why, now);
    }

    private SyncLog ended(
            SyncStatus how, @Nullable Instant from, @Nullable PeerTrouble problem, @Nullable String why, Instant now) {
        if (status != SyncStatus.RUNNING) {
            throw new IllegalStateException("run " + id + " has already ended: " + status.word());
        }
        // Prevents a negative duration if the clock was set back during the run.
        Instant end = now.isBefore(started) ? started : now;
        return new SyncLog(id, peer, how, since, tally, requests, started, end, from, problem, why);
    }
}
