package org.librarypeers.http;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;

/** Where a feed goes on, as a cursor's token holds it. */
sealed interface Position {

    /**
     * The form of tokens: {@code full:12345}, {@code orb:2016-11-30T01:36:41}, {@code orb:2016-11-30T01:36:41+500~90},
     * {@code orb:2016-11-30T01:36:41@1480469801}.
     */
    Pattern TOKEN = Pattern.compile("full:(?<after>\\d{1,18})|orb:(?<time>" + PeerTime.FORM
            + ")?(?:\\+(?<offset>\\d{1,9}))?(?:~(?<back>\\d{1,9}))?(?:@(?<clock>\\d{1,11}))?");

    /** The token of this position. */
    String token();

    /** This position as a cursor. */
    default Cursor cursor(@Nullable String upTo) {
        return new Cursor(token(), upTo);
    }

    /**
     * In the list of an ORB v1 site.
     *
     * @param time from that update date on; null from the first
     * @param offset that many of those passed over
     * @param back how long before it was reached its session began, in seconds: a later one looks back further by that
     * @param clock the peer's clock when the list was last read to its end, to the second; null if that is not known
     */
    record Orb(
            @Nullable PeerTime time,
            int offset,
            int back,
            @Nullable Instant clock) implements Position {

        static final Orb START = new Orb(null, 0);

        Orb(@Nullable PeerTime time, int offset) {
            this(time, offset, 0, null);
        }

        Orb reachedAfter(int seconds, @Nullable Instant peerClock) {
            return new Orb(time, offset, seconds, peerClock);
        }

        /** The same, as a session goes on from it. */
        Orb inSession() {
            return new Orb(time, offset);
        }

        @Override
        public String token() {
            return "orb:" + (time == null ? "" : time.literal()) + (offset == 0 ? "" : "+" + offset)
                    + (back == 0 ? "" : "~" + back) + (clock == null ? "" : "@" + clock.getEpochSecond());
        }
    }

    /**
     * In the full feed of one of our own.
     *
     * @param after behind that position
     */
    record Full(long after) implements Position {
        @Override
        public String token() {
            return "full:" + after;
        }
    }

    /** The position of that cursor; the beginning if it is of another make, which is slow and loses nothing. */
    static Position of(@Nullable Cursor cursor) {
        Matcher token = TOKEN.matcher(cursor == null ? "" : cursor.token());
        if (!token.matches()) {
            return Orb.START;
        }
        if (token.group("after") != null) {
            return new Full(Long.parseLong(token.group("after")));
        }
        String offset = token.group("offset");
        PeerTime time = PeerTime.of(token.group("time")).orElse(null);
        String back = token.group("back");
        String clock = token.group("clock");
        return new Orb(
                time,
                offset == null ? 0 : Integer.parseInt(offset),
                back == null ? 0 : Integer.parseInt(back),
                clock == null ? null : Instant.ofEpochSecond(Long.parseLong(clock)));
    }
}
