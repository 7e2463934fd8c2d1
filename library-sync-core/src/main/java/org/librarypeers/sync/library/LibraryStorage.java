package org.librarypeers.sync.library;

import org.librarypeers.sync.accounts.AccountRepository;
import org.librarypeers.sync.accounts.AttemptLog;
import org.librarypeers.sync.accounts.RequestLog;
import org.librarypeers.sync.accounts.SessionRepository;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.ImageHostRepository;
import org.librarypeers.sync.catalogue.TagRepository;
import org.librarypeers.sync.files.UploadRepository;
import org.librarypeers.sync.storage.SyncStorage;

/** Everything that a library with pages and an API saves, beside what syncs and reviews need. Safe for use by many threads. */
public interface LibraryStorage extends SyncStorage {

    /** The resources as they are served. */
    Catalogue catalogue();

    /** The vocabulary. */
    TagRepository tags();

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
}
