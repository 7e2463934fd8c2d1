package org.librarypeers.app.files;

import java.io.IOException;
import org.librarypeers.sync.files.FileStore;
import org.librarypeers.sync.files.StoredFile;

/**
 * A file store whose files can be listed and deleted, for backups and for moving them to another store. Its description
 * says where the files are, without a secret. Thread-safe.
 */
public interface ManagedFiles extends FileStore, AutoCloseable {

    /** Work on one file of a store. */
    @FunctionalInterface
    interface Action {
        /** Does the work. An exception ends the listing. */
        void on(StoredFile file) throws IOException;
    }

    /**
     * Does some work for each file, in no particular order, without a list of all files in memory. Files that are
     * stored during the call may be missing.
     *
     * @throws IOException if the files cannot be listed, or the work throws it
     */
    void forEach(Action action) throws IOException;

    /**
     * Deletes a file. Does nothing if there is no such file.
     *
     * @throws IOException if the file cannot be deleted
     */
    void delete(StoredFile file) throws IOException;

    /**
     * Removes files that interrupted uploads left behind more than a day ago.
     *
     * @throws IOException if the store cannot be reached
     */
    void removeLeftovers() throws IOException;

    /**
     * Checks with one short request whether the store answers and can be read.
     *
     * @throws IOException if it does not; the message is one line that says what to check
     */
    void check() throws IOException;

    @Override
    void close();
}
