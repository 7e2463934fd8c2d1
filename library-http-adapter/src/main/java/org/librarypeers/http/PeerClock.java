package org.librarypeers.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The clock of a peer, as the {@code Date} headers of its answers tell it. It limits how far a cursor may move: a date that the
 * peer cannot have reached yet would hide every change that the peer makes until then.
 *
 * <p>Existing sites write local times without a zone, from 12 hours behind UTC to 14 hours ahead. Dates that are ahead for that
 * reason are beyond the limit too; what they date is read again by the next run. Only dates that no zone explains are told.
 */
final class PeerClock {

    /** The difference of the two extreme time zones. */
    private static final Duration EXPLAINED_BY_ZONES = Duration.ofHours(26);

    private static final Duration MOST_BEHIND_UTC = Duration.ofHours(12);

    private static final int NAMED = 3;

    private final Supplier<@Nullable Instant> source;
    private final Duration lookBack;
    private final Map<String, String> ahead = new LinkedHashMap<>();
    private final List<String> remarks = new ArrayList<>();
    private boolean missing;

    /**
     * A clock that nobody has asked yet.
     *
     * @param source returns the time of the last answer; null if that did not say
     * @param lookBack how long changes may take to appear in the list
     */
    PeerClock(Supplier<@Nullable Instant> source, Duration lookBack) {
        this.source = source;
        this.lookBack = lookBack;
    }

    /** Returns the time of the last answer; null if that did not say. */
    @Nullable
    Instant now() {
        return source.get();
    }

    /** Returns whether a cursor must not have that date yet. False if the last answer did not tell the time. */
    boolean isBeyond(PeerTime date) {
        Instant now = now();
        return now != null && date.isAfter(now.minus(lookBack));
    }

    /** Returns a date in the form of that one, from which on everything is dated that changed since that time. */
    static PeerTime since(Instant time, PeerTime form) {
        return form.notAfter(time.minus(MOST_BEHIND_UTC));
    }

    /** Takes note of the rows of an answer. */
    void read(List<Listing.Listed> rows) {
        Instant now = now();
        missing |= now == null;
        for (Listing.Listed row : rows) {
            PeerTime date = row.updated();
            if (now != null && date != null && date.isAfter(now.plus(EXPLAINED_BY_ZONES))) {
                ahead.put(row.item().remoteId(), date.literal() + ", while its clock shows " + now);
            }
        }
    }

    /** Takes note that a session began elsewhere than at its cursor. */
    void corrected(PeerTime cursor, @Nullable PeerTime begin) {
        remarks.add("the date reached by earlier runs, " + cursor.literal() + ", is ahead of the clock of the peer, "
                + now() + ", so that the list was read "
                + (begin == null ? "from its beginning" : "from " + begin.literal()));
    }

    /** Returns what a run should tell. */
    List<String> remarks() {
        List<String> all = new ArrayList<>(remarks);
        if (missing) {
            all.add("the peer does not tell the time (its answers have no Date header), so that dates in the future"
                    + " cannot be recognised");
        }
        if (!ahead.isEmpty()) {
            List<String> named = ahead.entrySet().stream()
                    .limit(NAMED)
                    .map(row -> "resource " + row.getKey() + " of the peer is dated " + row.getValue())
                    .toList();
            all.add(String.join("; ", named)
                    + (ahead.size() > NAMED ? "; so are " + (ahead.size() - NAMED) + " more" : "")
                    + "; dates in the future are accepted and do not move the cursor");
        }
        return all;
    }
}
