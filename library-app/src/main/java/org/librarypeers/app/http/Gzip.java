package org.librarypeers.app.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Compression with gzip. */
public final class Gzip {

    private static final Pattern ACCEPTED = Pattern.compile("(?i)\\b(x-)?gzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))");

    private Gzip() {}

    /**
     * Returns whether the client accepts gzip.
     *
     * @param acceptEncoding the header {@code Accept-Encoding}; null if there is none
     */
    public static boolean isAccepted(@Nullable String acceptEncoding) {
        return acceptEncoding != null && ACCEPTED.matcher(acceptEncoding).find();
    }

    /** Returns the compressed bytes. */
    public static byte[] compress(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }
}
