package org.librarypeers.sync.library;

import org.librarypeers.sync.accounts.AccountRepository;
import org.librarypeers.sync.accounts.AccountTokenRepository;
import org.librarypeers.sync.accounts.ApiKeyRepository;
import org.librarypeers.sync.accounts.AuditLog;
import org.librarypeers.sync.accounts.EventCounter;
import org.librarypeers.sync.accounts.SessionRepository;
import org.librarypeers.sync.bundles.EarlyDeletionRepository;
import org.librarypeers.sync.bundles.SigningKeyRepository;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.DatedFeed;
import org.librarypeers.sync.catalogue.FeedReaders;
import org.librarypeers.sync.catalogue.ImageHostRepository;
import org.librarypeers.sync.catalogue.TagRepository;
import org.librarypeers.sync.curation.Curation;
import org.librarypeers.sync.curation.DuplicateRepository;
import org.librarypeers.sync.files.UploadRepository;
import org.librarypeers.sync.links.LinkRepository;
import org.librarypeers.sync.notifications.NotificationRepository;
import org.librarypeers.sync.notifications.Outbox;
import org.librarypeers.sync.pictures.PictureRepository;
import org.librarypeers.sync.reports.ProblemReportRepository;
import org.librarypeers.sync.storage.SyncStorage;

/** The storage of a library with pages and an API. It extends the storage for syncs and reviews. Thread-safe. */
public interface LibraryStorage extends SyncStorage {

    /** Returns the resources as they are served. */
    Catalogue catalogue();

    /** Returns the vocabulary. */
    TagRepository tags();

    /** Returns the curated vocabulary. */
    Curation curation();

    /** Returns the likely duplicates, and the redirects of archived resources. */
    DuplicateRepository duplicates();

    /** Returns the changes of many resources that can be undone. */
    BulkChangeRepository bulkChanges();

    /** Returns the accounts. */
    AccountRepository accounts();

    /** Returns the further API keys of accounts. */
    ApiKeyRepository apiKeys();

    /** Returns the sessions of signed-in users. */
    SessionRepository sessions();

    /** Returns the files that wait for their form to be saved. */
    UploadRepository uploads();

    /** Returns the counter of sign-in attempts and API requests. */
    EventCounter events();

    /** Returns the log of what administrators and reviewers did. */
    AuditLog audit();

    /** Returns the availability of the hosts of images. */
    ImageHostRepository imageHosts();

    /** Returns the tokens with which people set a new password. */
    AccountTokenRepository accountTokens();

    /** Returns the choices and states of notifications. */
    NotificationRepository notifications();

    /** Returns the pictures that resources name. */
    PictureRepository pictures();

    /** Returns the messages that are to be sent. */
    Outbox outbox();

    /** Returns the problems that readers reported. */
    ProblemReportRepository problemReports();

    /** Returns the settings that administrators have changed on the pages. */
    SettingRepository settings();

    /** Returns the change feed with datestamps. It always reads the latest state. */
    DatedFeed datedFeed();

    /** Returns how far other libraries have read this one. */
    FeedReaders feedReaders();

    /** Returns the addresses that a site had before it moved to this library. */
    FormerAddresses formerAddresses();

    /** Returns the key with which this library signs its bundles. */
    SigningKeyRepository signingKey();

    /** Returns the deletions that bundles carried before the peer was read up to them. */
    EarlyDeletionRepository earlyDeletions();

    /** Returns the links of public resources, and whether they work. */
    LinkRepository links();

    /**
     * Returns the parts of this storage that readers see, for one request that only reads. A storage with read replicas may
     * answer from one of these. No read is older than an earlier one of the same request. The default is to answer from this
     * storage itself, which is always current.
     *
     * @param freshness which changes the reads must include
     * @return an object for one thread and for the time of one request
     */
    default ReadAccess reading(Freshness freshness) {
        return new ReadAccess(catalogue(), tags(), peers(), resources(), pictures());
    }
}
