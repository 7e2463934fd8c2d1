package org.librarypeers.app.http;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of bytes of a file.
 *
 * @param from the offset of the first byte
 * @param length the number of bytes; 0 if the requested range is outside the file
 */
public record ByteRange(long from, long length) {

    private static final Pattern SINGLE = Pattern.compile("bytes=(\\d*)-(\\d*)", Pattern.CASE_INSENSITIVE);

    /**
     * Returns the range that a {@code Range} header requests of a file of this size. Returns an empty {@code Optional},
     * which means the whole file, if the header is missing, requests several ranges, or is invalid.
     */
    public static Optional<ByteRange> of(@Nullable String header, long size) {
        Matcher matcher = SINGLE.matcher(header == null ? "" : header);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String first = matcher.group(1);
        String last = matcher.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? Optional.empty() : Optional.of(end(Math.min(number(last), size), size));
        }
        long from = number(first);
        long to = last.isEmpty() ? Long.MAX_VALUE : number(last);
        if (to < from) {
            return Optional.empty();
        }
        return Optional.of(from >= size ? new ByteRange(0, 0) : new ByteRange(from, Math.min(to, size - 1) - from + 1));
    }

    private static ByteRange end(long length, long size) {
        return new ByteRange(size - length, length);
    }

    /** Returns the number, but at most {@link Long#MAX_VALUE}, which exceeds the size of any file. */
    private static long number(String digits) {
        return new BigInteger(digits).min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
    }

    /** Returns the offset of the last byte. */
    public long to() {
        return from + length - 1;
    }
}
