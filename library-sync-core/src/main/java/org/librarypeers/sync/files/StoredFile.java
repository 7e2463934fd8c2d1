package org.librarypeers.sync.files;

import java.util.regex.Pattern;

/**
 * A file that is kept in a {@link FileStore}.
 *
 * @param sha256 its address: the SHA-256 of its content, as 64 hexadecimal digits in lower case
 * @param sizeBytes how much it holds, from 0
 */
public record StoredFile(String sha256, long sizeBytes) {

    private static final Pattern ADDRESS = Pattern.compile("[0-9a-f]{64}");

    /**
     * Checks the file.
     *
     * @throws IllegalArgumentException if the address is none, or the size negative
     */
    public StoredFile {
        if (!isAddress(sha256)) {
            throw new IllegalArgumentException("file address is no SHA-256 in lower-case hexadecimal digits");
        }
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("file size is " + sizeBytes);
        }
    }

    /** Whether the text can be the address of a file. One that can is safe as the name of a file. */
    public static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }
}
