package org.librarypeers.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run for one peer: when, since when, what came of it, and why it stopped.
 *
 * @param id its number
 * @param peer the peer that was asked
 * @param status how it stands
 * @param since the update date from which the peer was asked, as the peer wrote it; null if it was asked for everything
 * @param tally what came of it so far
 * @param requests how many requests it made so far
 * @param started when it began, in this library's time
 * @param finished when it ended; null while it runs
 * @param until of a throttled one, from when on the peer may be asked again, in this library's time; null for all others
 * @param trouble of a failed one, what is wrong with the peer; null if nothing is, or it is not known, and for all others
 * @param message why it stopped, on one line for the administrator; null if there is nothing to say
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

    /** The longest message, in characters; a longer one is cut. */
    public static final int MAX_MESSAGE = 1_000;

    /**
     * Checks the log.
     *
     * @throws IllegalArgumentException if a running one has an end, or an ended one has none; or if it is throttled and
     *     does not say until when; or if there is trouble with the peer, and it has not failed
     */
    public SyncLog {
        if ((status == SyncStatus.RUNNING) != (finished == null)) {
            throw new IllegalArgumentException("run " + id + " is " + status.word() + " and finished at " + finished);
        }
        if ((status == SyncStatus.THROTTLED) != (until != null)) {
            throw new IllegalArgumentException("run " + id + " is " + status.word() + " and throttled until " + until);
        }
        if (trouble != null && status != SyncStatus.FAILED) {
            throw new IllegalArgumentException("run " + id + " is " + status.word() + " in spite of " + trouble);
        }
        started = started.truncatedTo(ChronoUnit.MICROS);
        finished = finished == null ? null : finished.truncatedTo(ChronoUnit.MICROS);
        until = until == null ? null : until.truncatedTo(ChronoUnit.MICROS);
        message = message == null ? null : Checks.remark(message, MAX_MESSAGE);
    }

    /** A run that begins now, from where the cursor stands. */
    public static SyncLog start(SyncLogId id, PeerId peer, @Nullable Cursor from, Instant now) {
        String since = from == null ? null : from.upTo();
        return new SyncLog(id, peer, SyncStatus.RUNNING, since, SyncTally.NONE, 0, now, null, null, null, null);
    }

    /** This run, further on. */
    public SyncLog progressed(SyncTally more, int requestsSoFar) {
        return new SyncLog(
                id, peer, status, since, tally.plus(more), requestsSoFar, started, finished, until, trouble, message);
    }

    /**
     * What is bad of a peer when a run has read it to its end.
     *
     * @param again how many of those that this run tried and could not keep were bad before it
     * @param still how many were bad before it and are, whether it tried them or not
     * @param all how many there are, also of those that this run did not try again
     * @param offered how many the peer was known to offer well before the run
     */
    public record QuarantineCounts(int again, int still, int all, int offered) {

        /** Nothing was bad before. */
        public static final QuarantineCounts NONE = new QuarantineCounts(0, 0, 0, 0);
    }

    /**
     * The end of a run that read the peer to its end. It has failed all the same if more was bad than good, whether of what it read
     * anew or of all that the peer is known to have.
     *
     * @param remark what there is to say about it, or null
     */
    public SyncLog completed(QuarantineCounts bad, @Nullable String remark, Instant now) {
        int fresh = tally.failed() - bad.again();
        if (fresh > tally.good()) {
            return failed(with(remark, fresh + " of " + (tally.good() + fresh) + " resources could not be kept"), now);
        }
        if (bad.still() == 0) {
            return ended(SyncStatus.SUCCEEDED, null, null, remark, now);
        }
        String still = bad.all() + " resources could not be kept, " + bad.still() + " of them before already";
        boolean mostlyBad = bad.all() > Math.max(bad.offered() + tally.added(), tally.good());
        return mostlyBad
                ? failed(with(remark, still), now)
                : ended(SyncStatus.SUCCEEDED, null, null, with(remark, still), now);
    }

    private static String with(@Nullable String remark, String what) {
        return remark == null ? what : what + "; " + remark;
    }

    /** The end of a run that broke off, which is not the peer's fault, or not for a reason that is known. */
    public SyncLog failed(String why, Instant now) {
        return ended(SyncStatus.FAILED, null, null, why, now);
    }

    /** The end of a run that broke off for trouble with the peer. */
    public SyncLog failed(PeerTrouble trouble, String why, Instant now) {
        return ended(SyncStatus.FAILED, null, trouble, why, now);
    }

    /** The end of a run that the peer asked to come back later: from which time on. */
    public SyncLog throttled(Instant from, String why, Instant now) {
        return ended(SyncStatus.THROTTLED, from, null, why, now);
    }

    /** The end of a run that nobody carries on. */
    public SyncLog interrupted(String why, Instant now) {
        return ended(SyncStatus.INTERRUPTED, null, null, why, now);
    }

    private SyncLog ended(
            SyncStatus how, @Nullable Instant from, @Nullable PeerTrouble problem, @Nullable String why, Instant now) {
        if (status != SyncStatus.RUNNING) {
            throw new IllegalStateException("run " + id + " has ended already: " + status.word());
        }
        // A clock that went back meanwhile must not make it a run of negative length.
        Instant end = now.isBefore(started) ? started : now;
        return new SyncLog(id, peer, how, since, tally, requests, started, end, from, problem, why);
    }
}
