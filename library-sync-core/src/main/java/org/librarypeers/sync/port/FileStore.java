package org.librarypeers.sync.port;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The files that were uploaded to this library, by what is in them: the same content has the same address, and is kept once.
 * What is kept never changes. Safe for use by many threads, and by many processes on one store.
 */
public interface FileStore {

    /**
     * Keeps what the stream holds, which stays the caller's to close. Whatever happens meanwhile, it is there whole or not
     * at all.
     *
     * @param maxBytes the most that is taken
     * @throws FileTooLargeException if the stream holds more; nothing is kept then
     * @throws IOException if it cannot be read or kept
     */
    StoredFile put(InputStream bytes, long maxBytes) throws IOException;

    /** The file of that address; nothing if there is none, or the text is no address. */
    Optional<StoredFile> find(String sha256);

    /**
     * Reads a file, which the caller closes.
     *
     * @param from the first byte to read, from 0 to its size
     * @throws IOException if it cannot be read
     */
    InputStream open(StoredFile file, long from) throws IOException;
}
