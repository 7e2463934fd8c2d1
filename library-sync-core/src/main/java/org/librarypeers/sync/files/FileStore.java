package org.librarypeers.sync.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.librarypeers.sync.storage.StorageException;

/**
 * A store of the contents of uploaded files. The address of a file is the SHA-256 of its content, so the content at an
 * address never changes, and identical contents are stored once. File names and media types are not stored here.
 * Thread-safe.
 */
public interface FileStore {

    /**
     * Stores the remaining content of a stream. The file can be found only after this method returns, and then survives
     * a crash. If this method throws or the process is killed, nothing is stored. Reads at most one byte more than
     * allowed. A store on disk or on a server never holds the whole content in memory. Does not close
     * the stream.
     *
     * @param bytes the content
     * @param maxBytes the maximum size of the file in bytes, from 0
     * @return the file, whether it is new or was stored before
     * @throws FileTooLargeException if the stream has more bytes; do not retry
     * @throws IOException if the stream cannot be read or the file cannot be written
     * @throws IllegalArgumentException if {@code maxBytes} is negative
     */
    StoredFile put(InputStream bytes, long maxBytes) throws IOException;

    /**
     * Returns the file with this address. Empty if it does not exist, or if the text is not a SHA-256 hash in lower-case
     * hexadecimal digits.
     *
     * @throws StorageException if the store cannot be read
     */
    Optional<StoredFile> find(String sha256);

    /**
     * Opens a file for reading, starting at an offset. The caller closes the stream.
     *
     * @param file the file
     * @param from the offset in bytes, from 0 to the size of the file
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if {@code from} is outside the file
     */
    InputStream open(StoredFile file, long from) throws IOException;

    /**
     * Opens a part of a file for reading. The caller closes the stream, which ends after the part. The default reads the file
     * from the offset and stops after the part; a store to which every byte is sent over a network requests only the part.
     *
     * @param file the file
     * @param from the offset in bytes, from 0 to the size of the file
     * @param length the size of the part in bytes, from 0 to the size of the file after the offset
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if the part is not within the file
     */
    default InputStream open(StoredFile file, long from, long length) throws IOException {
        if (length < 0 || from < 0 || length > file.sizeBytes() - from) {
            throw new IllegalArgumentException(
                    length + " bytes from byte " + from + " are outside the file of " + file.sizeBytes() + " bytes");
        }
        return new LimitedStream(open(file, from), length);
    }
}
