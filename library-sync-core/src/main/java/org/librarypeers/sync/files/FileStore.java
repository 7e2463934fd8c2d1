package org.librarypeers.sync.files;

import org.librarypeers.sync.storage.StorageException;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The bytes of uploaded files. A file's address is the SHA-256 of its content: what an address stands for never changes, and
 * the same content stored twice is kept once. Names and types are not kept here. Safe for use by many threads.
 */
public interface FileStore {

    /**
     * Stores what the stream holds, from where it stands to its end. The file is found when this returns, and not before;
     * from then on it outlives a crash. When this throws, or the process is killed meanwhile, nothing is kept. Reads at most
     * one byte more than allowed, and never the whole into memory if the store is on disk; does not close the stream.
     *
     * @param maxBytes the most that the file may hold, from 0
     * @return the file, whether it is new or was stored before
     * @throws FileTooLargeException if the stream holds more; trying again makes no sense
     * @throws IOException if the stream cannot be read, or the file not be written now
     * @throws IllegalArgumentException if {@code maxBytes} is negative
     */
    StoredFile put(InputStream bytes, long maxBytes) throws IOException;

    /**
     * The file of that address. Any text may be asked for: one that is no SHA-256 in lower-case hexadecimal digits is the
     * address of no file.
     *
     * @throws StorageException if that cannot be told now
     */
    Optional<StoredFile> find(String sha256);

    /**
     * Opens a file for reading, at that byte. The caller closes the stream.
     *
     * @param from from 0 to the size of the file; there, the stream is at its end
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws IOException if it cannot be read now
     * @throws IllegalArgumentException if {@code from} is outside the file
     */
    InputStream open(StoredFile file, long from) throws IOException;
}
