package org.librarypeers.sync.files;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.librarypeers.domain.UserName;

/**
 * Files that were uploaded with a form that could not be saved yet. They are stored for the account that sent them
 * until the form is saved, and are not among the library's own files. Thread-safe.
 */
public interface UploadRepository {

    /**
     * An uploaded file whose form is not saved yet.
     *
     * @param id the id, which is random and must be kept secret from other users
     * @param owner the account that sent the file
     * @param name the file name as the sender's program sent it
     * @param sizeBytes the size in bytes, from 0
     * @param at when the file was sent
     */
    record Upload(UUID id, UserName owner, String name, long sizeBytes, Instant at) {}

    /**
     * Stores the remaining content of a stream. Reads it in chunks and does not close it. If this method throws,
     * nothing is stored.
     *
     * @param owner an existing account
     * @param name the file name as the sender's program sent it
     * @param bytes the content
     * @param at the current time
     * @throws IOException if the stream cannot be read
     */
    Upload keep(UserName owner, String name, InputStream bytes, Instant at) throws IOException;

    /** Returns the upload with this id. Empty if it does not exist or belongs to another account. */
    Optional<Upload> find(UUID id, UserName owner);

    /**
     * Opens an upload for reading. The caller closes the stream. Reading throws an {@link IOException} if the upload is
     * removed before its end.
     */
    InputStream open(Upload upload);

    /** Removes an upload. Does nothing if there is no such upload. */
    void remove(Upload upload);

    /** Removes all uploads that were sent before this time. */
    void removeOlderThan(Instant time);
}
