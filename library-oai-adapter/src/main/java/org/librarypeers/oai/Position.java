package org.librarypeers.oai;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;

/**
 * The position up to which a repository has been read. All times are those of the repository.
 *
 * @param from the datestamp from which the list was requested, or from which the next one will be; null for the beginning
 * @param begun the time of the repository when it answered the first page of the list; null between two lists, or if it is unknown
 * @param newest the newest datestamp that was read and was not in the future of that time; null if none was read
 * @param listed the number of records of the list so far
 * @param again whether the list is read a second time because it was too short
 * @param token the resumption token of the next page; null between two lists
 */
record Position(
        @Nullable Instant from,
        @Nullable Instant begun,
        @Nullable Instant newest,
        int listed,
        boolean again,
        @Nullable String token) {

    /** The position from which everything is read. */
    static final Position START = new Position(null, null, null, 0, false, null);

    /** The age at which nothing more is expected with a datestamp. Some repositories show changes only after a nightly job. */
    static final Duration SETTLED = Duration.ofDays(2);

    private static final String VERSION = "oai1";
    private static final int FIELDS = 8;
    private static final String NONE = "-";

    /** Longer tokens are not stored. A later session then begins the list again. */
    private static final int MAX_TOKEN = 700;

    /**
     * Returns the position of a cursor. A cursor of another client, or for another scope, is the start.
     *
     * @param scope what is read: the repository, the set, the format and the mapping
     */
    static Position of(@Nullable Cursor cursor, String scope) {
        String[] fields = cursor == null ? new String[0] : cursor.token().split(" ", -1);
        if (fields.length != FIELDS || !fields[0].equals(VERSION) || !fields[1].equals(scope)) {
            return START;
        }
        try {
            return new Position(
                    time(fields[2]),
                    time(fields[3]),
                    time(fields[4]),
                    Integer.parseInt(fields[5]),
                    Boolean.parseBoolean(fields[6]),
                    fields[7].equals(NONE) ? null : URLDecoder.decode(fields[7], StandardCharsets.UTF_8));
        } catch (DateTimeException | IllegalArgumentException e) {
            return START;
        }
    }

    private static @Nullable Instant time(String text) {
        return text.equals(NONE) ? null : Instant.parse(text);
    }

    /** Returns the cursor of this position. If the token is too long to be stored, it is that of the beginning of the list. */
    Cursor cursor(String scope) {
        String encoded = token == null ? NONE : URLEncoder.encode(token, StandardCharsets.UTF_8);
        if (encoded.length() > MAX_TOKEN) {
            return restarted().cursor(scope);
        }
        String text = String.join(
                " ",
                VERSION,
                scope,
                text(from),
                text(begun),
                text(newest),
                Integer.toString(listed),
                Boolean.toString(again),
                encoded);
        return new Cursor(text, newest == null ? null : newest.toString());
    }

    private static String text(@Nullable Instant time) {
        return time == null ? NONE : time.toString();
    }

    /** Returns the beginning of the same list. */
    Position restarted() {
        return new Position(from, null, newest, 0, again, null);
    }

    /** Returns this position after a page. */
    Position after(int records, @Nullable Instant answered, @Nullable Instant newestOfPage, @Nullable String next) {
        Instant start = begun == null ? answered : begun;
        Instant latest =
                newest == null || (newestOfPage != null && newestOfPage.isAfter(newest)) ? newestOfPage : newest;
        return new Position(from, start, latest, listed + records, again, next);
    }

    /**
     * Returns the position between this list, which was read to its end, and the next one.
     *
     * <p>The next list begins at the newest datestamp less an overlap, because records with the same datestamp, or with one shortly before,
     * may still appear. When two days have passed there, it begins after that datestamp, so that a quiet repository is not read again
     * and again.
     *
     * @param isShort whether the list has fewer records than the repository announced. Then it is read once more by the next run.
     */
    Position rest(Granularity granularity, boolean isShort) {
        if (isShort && !again) {
            return new Position(from, null, newest, 0, true, null);
        }
        if (newest == null) {
            return new Position(from, null, null, 0, false, null);
        }
        Instant after = newest.plus(granularity.unit());
        boolean settled = begun != null && begun.isAfter(after.plus(SETTLED));
        Instant next = settled ? after : newest.minus(granularity.overlap());
        return new Position(from != null && from.isAfter(next) ? from : next, null, newest, 0, false, null);
    }
}
