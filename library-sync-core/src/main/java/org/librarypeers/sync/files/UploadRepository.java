package org.librarypeers.sync.files;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.librarypeers.domain.UserName;

/**
 * Files that came with a form that could not be saved yet. They wait here until the form is saved, each for the account that
 * sent it, and are no part of the library's own files. Safe for use by many threads.
 */
public interface UploadRepository {

    /**
     * A file that waits.
     *
     * @param id random; who does not know it cannot ask for the file
     * @param owner the account that sent it
     * @param name as the sender's program called it
     * @param sizeBytes from 0
     * @param at when it was sent
     */
    record Upload(UUID id, UserName owner, String name, long sizeBytes, Instant at) {}

    /**
     * Keeps what the stream holds, from where it stands to its end. Reads it piece by piece, and does not close it. When this
     * throws, nothing is kept.
     *
     * @param owner an account that exists
     * @throws IOException if the stream cannot be read
     */
    Upload keep(UserName owner, String name, InputStream bytes, Instant at) throws IOException;

    /** Returns the upload of that id, if it is that account's. */
    Optional<Upload> find(UUID id, UserName owner);

    /**
     * Opens an upload for reading. The caller closes the stream. The stream throws an {@link IOException} if the upload is
     * removed meanwhile.
     */
    InputStream open(Upload upload);

    /** Removes the upload, if it is there. */
    void remove(Upload upload);

    /** Removes all uploads that were sent before that time. */
    void removeOlderThan(Instant time);
}
