package org.librarypeers.sync.files;

import java.util.regex.Pattern;

/**
 * A file in a {@link FileStore}.
 *
 * @param sha256 the address: the SHA-256 of the content, as 64 lower-case hexadecimal digits
 * @param sizeBytes the size in bytes, from 0
 */
public record StoredFile(String sha256, long sizeBytes) {

    private static final Pattern ADDRESS = Pattern.compile("[0-9a-f]{64}");

    /**
     * Validates the file.
     *
     * @throws IllegalArgumentException if the address is invalid or the size is negative
     */
    public StoredFile {
        if (!isAddress(sha256)) {
            throw new IllegalArgumentException("file address is not a SHA-256 hash in lower-case hexadecimal digits");
        }
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("file size is " + sizeBytes + "; it must be at least 0");
        }
    }

    /** Returns whether the text has the form of an address. Such a text is safe as a file name. */
    public static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }
}
