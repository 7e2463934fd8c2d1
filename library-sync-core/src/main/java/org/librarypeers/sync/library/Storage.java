package org.librarypeers.sync.library;

import org.librarypeers.sync.accounts.AccountRepository;
import org.librarypeers.sync.accounts.AttemptLog;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.storage.DecisionRepository;
import org.librarypeers.sync.storage.HarvestRepository;
import org.librarypeers.sync.catalogue.ImageHostRepository;
import org.librarypeers.sync.storage.PeerRepository;
import org.librarypeers.sync.accounts.RequestLog;
import org.librarypeers.sync.storage.ResourceRepository;
import org.librarypeers.sync.accounts.SessionRepository;
import org.librarypeers.sync.storage.StorageException;
import org.librarypeers.sync.storage.SyncLogRepository;
import org.librarypeers.sync.catalogue.TagRepository;
import org.librarypeers.sync.files.UploadRepository;

import java.util.function.Supplier;
import org.librarypeers.domain.LibraryId;

/** All that a library keeps, behind one door. Safe for use by many threads. */
public interface Storage {

    /** Which library this is: drawn when the storage came to be, and the same ever after. */
    LibraryId id();

    /** The resources. */
    ResourceRepository resources();

    /** The peers. */
    PeerRepository peers();

    /** The runs. */
    SyncLogRepository syncLogs();

    /** How far each peer was read, and who reads it now. */
    HarvestRepository harvest();

    /** The resources as they are served. */
    Catalogue catalogue();

    /** The vocabulary. */
    TagRepository tags();

    /** What reviewers decided. */
    DecisionRepository decisions();

    /** Who has an account. */
    AccountRepository accounts();

    /** Who is signed in. */
    SessionRepository sessions();

    /** Files that wait for their form to be saved. */
    UploadRepository uploads();

    /** How often something was tried of late. */
    AttemptLog attempts();

    /** Who asked how much. */
    RequestLog requests();

    /** Which hosts of images answer. */
    ImageHostRepository imageHosts();

    /**
     * Does the work as one: either all that the repositories of this storage are told to save on this thread until it
     * ends is kept, or, if the work throws, nothing. Within, what was saved is read back. Nested calls join the outer one.
     * A repository that is called outside makes a transaction for the call.
     *
     * @throws StorageException if it could not be committed
     */
    <T> T inTransaction(Supplier<T> work);

    /**
     * As {@link #inTransaction(Supplier)}, for work without a result.
     *
     * @throws StorageException if it could not be committed
     */
    default void inTransaction(Runnable work) {
        inTransaction(() -> {
            work.run();
            return Boolean.TRUE;
        });
    }
}
