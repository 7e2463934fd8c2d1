package org.librarypeers.sync.peer;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The rules by which clients that read peers over HTTP interpret the headers of an answer. */
public final class HttpAnswers {

    /** The longest wait that an answer can state. */
    public static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private static final int BUFFER = 8_192;

    private HttpAnswers() {}

    /** Returns the time of an HTTP date, such as that of the header {@code Date}. Empty for any other text. */
    public static Optional<Instant> date(String text) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the wait that the header {@code Retry-After} states, at most {@link #LONGEST_WAIT}; zero if the stated time has
     * passed. Empty if the header is neither a number of seconds nor an HTTP date.
     *
     * @param retryAfter the value of the header; empty if it is missing
     * @param date the value of the header {@code Date} of the same answer; empty if it is missing
     * @param now the time of this library, for answers without a valid {@code Date}
     */
    public static Optional<Duration> retryAfter(String retryAfter, String date, Instant now) {
        String text = retryAfter.strip();
        if (text.matches("\\d{10,30}")) {
            return Optional.of(LONGEST_WAIT);
        } else if (text.matches("\\d{1,9}")) {
            return Optional.of(limited(Duration.ofSeconds(Long.parseLong(text))));
        }
        return date(text).map(until -> limited(Duration.between(date(date).orElse(now), until)));
    }

    private static Duration limited(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    /**
     * Returns the body of an answer, decompressed if necessary. Empty if the answer has a compression format that clients do not
     * request.
     *
     * @param contentEncoding the value of the header {@code Content-Encoding}; empty if it is missing
     * @throws java.util.zip.ZipException if the body is not compressed as its header states
     * @throws IOException if the body cannot be read
     */
    public static Optional<InputStream> decompressed(InputStream body, String contentEncoding) throws IOException {
        return switch (contentEncoding.strip().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> Optional.of(new GZIPInputStream(body, BUFFER));
            case "identity", "" -> Optional.of(body);
            default -> Optional.empty();
        };
    }
}
