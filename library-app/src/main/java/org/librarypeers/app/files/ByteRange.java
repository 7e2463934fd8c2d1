package org.librarypeers.app.files;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file.
 *
 * @param from its first byte
 * @param length how many bytes; none if what was asked for is outside the file
 */
record ByteRange(long from, long length) {

    private static final Pattern SINGLE = Pattern.compile("bytes=(\\d*)-(\\d*)", Pattern.CASE_INSENSITIVE);

    /**
     * What a {@code Range} header asks for of a file of that size; nothing, and thus the whole file, if it is missing, asks for
     * several parts, or makes no sense.
     */
    static Optional<ByteRange> of(@Nullable String header, long size) {
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

    /** Past the size of any file it makes no difference. */
    private static long number(String digits) {
        return new BigInteger(digits).min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
    }

    long to() {
        return from + length - 1;
    }
}
