package org.librarypeers.http;

import java.time.Instant;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;

/** A position in a feed, as stored in the token of a cursor. */
sealed interface Position {

    /**
     * The format of tokens: {@code full:12345}, {@code orb:2016-11-30T01:36:41}, {@code orb:2016-11-30T01:36:41+500~90},
     * {@code orb:2016-11-30T01:36:41@1480469801}.
     */
    Pattern TOKEN = Pattern.compile("full:(?<after>\\d{1,18})|orb:(?<time>" + PeerTime.FORM
            + ")?(?:\\+(?<offset>\\d{1,9}))?(?:~(?<back>\\d{1,9}))?(?:@(?<clock>\\d{1,11}))?");

    /** Returns the token of this position. */
    String token();

    /** Returns the result of the function for this kind of position. */
    <T> T match(Function<Orb, T> orb, Function<Full, T> full);

    /** Returns a cursor with the token of this position. */
    default Cursor cursor(@Nullable String upTo) {
        return new Cursor(token(), upTo);
    }

    /**
     * A position in the list of an ORB v1 site.
     *
     * @param time the first update date, inclusive; null for the start of the list
     * @param offset how many resources from that date on to skip
     * @param back the seconds between the start of the session and this position; a later session looks back further by this
     *     time
     * @param clock the peer's clock when the list was last read to its end, in whole seconds; null if unknown
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

        /** Returns this position without the values that only a later session needs. */
        Orb inSession() {
            return new Orb(time, offset);
        }

        @Override
        public <T> T match(Function<Orb, T> orb, Function<Full, T> full) {
            return orb.apply(this);
        }

        @Override
        public String token() {
            return "orb:" + (time == null ? "" : time.literal()) + (offset == 0 ? "" : "+" + offset)
                    + (back == 0 ? "" : "~" + back) + (clock == null ? "" : "@" + clock.getEpochSecond());
        }
    }

    /**
     * A position in the full feed of a peer that runs this software.
     *
     * @param after the feed position after which to continue
     */
    record Full(long after) implements Position {
        @Override
        public String token() {
            return "full:" + after;
        }

        @Override
        public <T> T match(Function<Orb, T> orb, Function<Full, T> full) {
            return full.apply(this);
        }
    }

    /**
     * Returns the position of a cursor. A null or unknown cursor stands for the start of the list; reading from there is slow
     * but loses nothing.
     */
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
