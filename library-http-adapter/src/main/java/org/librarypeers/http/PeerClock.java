package org.librarypeers.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Count;

/**
 * The clock of a peer, as stated in the {@code Date} headers of its answers. It limits how far a cursor may move: a cursor in
 * the future would hide all changes that the peer makes until then.
 *
 * <p>Existing sites write local times without a zone, from 12 hours behind UTC to 14 hours ahead. Such dates can exceed the
 * limit too; the next run reads their resources again. Only dates that no time zone explains are reported.
 */
final class PeerClock {

    /** The difference between the two extreme time zones. */
    private static final Duration EXPLAINED_BY_ZONES = Duration.ofHours(26);

    private static final Duration MOST_BEHIND_UTC = Duration.ofHours(12);

    private static final int NAMED = 3;

    private final Supplier<@Nullable Instant> source;
    private final Duration lookBack;
    private final Map<String, String> ahead = new LinkedHashMap<>();
    private final List<String> remarks = new ArrayList<>();
    private boolean missing;

    /**
     * Creates a clock.
     *
     * @param source returns the time of the last answer; null if that answer had none
     * @param lookBack how long a change may take to appear in the list
     */
    PeerClock(Supplier<@Nullable Instant> source, Duration lookBack) {
        this.source = source;
        this.lookBack = lookBack;
    }

    /** Returns the time of the last answer; null if that answer had none. */
    @Nullable
    Instant now() {
        return source.get();
    }

    /** Returns whether a date is too recent for a cursor; false if the last answer had no time. */
    boolean isBeyond(PeerTime date) {
        Instant now = now();
        return now != null && date.isAfter(now.minus(lookBack));
    }

    /**
     * Returns a date that is earlier than all changes since {@code time}, in any time zone. It has the format of {@code form}.
     */
    static PeerTime since(Instant time, PeerTime form) {
        return form.notAfter(time.minus(MOST_BEHIND_UTC));
    }

    /** Records which rows of an answer have dates in the future. */
    void read(List<Listing.Listed> rows) {
        Instant now = now();
        missing |= now == null;
        for (Listing.Listed row : rows) {
            PeerTime date = row.updated();
            if (now != null && date != null && date.isAfter(now.plus(EXPLAINED_BY_ZONES))) {
                ahead.put(row.item().remoteId(), date.literal() + ", but its clock shows " + now);
            }
        }
    }

    /** Records that a session did not start at its cursor. */
    void corrected(PeerTime cursor, @Nullable PeerTime begin) {
        remarks.add("earlier runs reached the date " + cursor.literal() + ", which is ahead of the peer's clock, "
                + now() + ", so the list was read "
                + (begin == null ? "from its beginning" : "from " + begin.literal()));
    }

    /** Returns the remarks for the run, as English clauses without a full stop; empty if there are none. */
    List<String> remarks() {
        List<String> all = new ArrayList<>(remarks);
        if (missing) {
            all.add("the peer does not send the time (its answers have no Date header), so dates in the future"
                    + " cannot be detected");
        }
        if (!ahead.isEmpty()) {
            List<String> named = ahead.entrySet().stream()
                    .limit(NAMED)
                    .map(row -> "resource " + row.getKey() + " of the peer has the date " + row.getValue())
                    .toList();
            all.add(String.join("; ", named)
                    + (ahead.size() > NAMED
                            ? "; the same applies to " + Count.of(ahead.size() - NAMED, "more resource")
                            : "")
                    + "; dates in the future are accepted and do not move the cursor");
        }
        return all;
    }
}
