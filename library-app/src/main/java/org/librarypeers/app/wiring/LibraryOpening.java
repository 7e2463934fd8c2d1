package org.librarypeers.app.wiring;

import java.util.function.Supplier;
import org.librarypeers.persistence.JpaStorage;

/**
 * The steps that open a library. If one of them fails, what is already open is closed again.
 *
 * @param creates whether a missing library is created; otherwise it fails, and nothing is changed
 * @param waiting how long to wait for the database
 */
record LibraryOpening(LibrarySettings settings, boolean creates, DatabaseWait waiting) {

    /** Returns the steps that create a missing library. */
    static LibraryOpening creating(LibrarySettings settings, DatabaseWait waiting) {
        return new LibraryOpening(settings, true, waiting);
    }

    /** Returns the steps that fail for a missing library. */
    static LibraryOpening existing(LibrarySettings settings) {
        return new LibraryOpening(settings, false, DatabaseWait.NONE);
    }

    Library open(LibraryDatabase database) {
        return closingOnFailure(database, () -> {
            byte[] secretKey = database.secretKey();
            JpaStorage storage = database.storage(secretKey);
            return closingOnFailure(storage, () -> {
                if (!waiting.limit().isZero()) {
                    // A server needs the storage for its first page only, so it can load in the background until then.
                    storage.warmUp();
                }
                waiting.await(storage);
                if (!creates) {
                    database.requireLibrary(storage);
                }
                storage.migrate();
                storage.check();
                return new Library(settings, database, storage, secretKey);
            });
        });
    }

    private static Library closingOnFailure(AutoCloseable part, Supplier<Library> rest) {
        try {
            return rest.get();
        } catch (RuntimeException e) {
            try {
                part.close();
            } catch (Exception suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }
}
