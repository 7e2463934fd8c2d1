package org.librarypeers.sync.inmemory;

import java.time.Clock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.librarypeers.domain.LibraryId;
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
import org.librarypeers.sync.library.BulkChangeRepository;
import org.librarypeers.sync.library.FormerAddresses;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.library.SettingRepository;
import org.librarypeers.sync.links.LinkRepository;
import org.librarypeers.sync.notifications.NotificationRepository;
import org.librarypeers.sync.notifications.Outbox;
import org.librarypeers.sync.pictures.PictureRepository;
import org.librarypeers.sync.reports.ProblemReportRepository;
import org.librarypeers.sync.storage.DecisionRepository;
import org.librarypeers.sync.storage.HarvestRepository;
import org.librarypeers.sync.storage.PeerRepository;
import org.librarypeers.sync.storage.ResourceRepository;
import org.librarypeers.sync.storage.ReviewQueue;
import org.librarypeers.sync.storage.SelectionRepository;
import org.librarypeers.sync.storage.SyncLogRepository;
import org.librarypeers.sync.storage.TagRuleRepository;

/**
 * A library storage in memory. Its contents are lost when the process ends. Transactions run one at a time. Stored
 * values are immutable, so callers never share a mutable object.
 */
public final class InMemoryStorage implements LibraryStorage {

    private final ReentrantLock lock = new ReentrantLock();
    private final LibraryId id;
    private InMemoryTables tables;

    /** Creates an empty storage with a random library id. */
    public InMemoryStorage() {
        this(LibraryId.random());
    }

    /** Creates an empty storage with this library id, which no other library may have. */
    public InMemoryStorage(LibraryId id) {
        this(id, Clock.systemUTC());
    }

    /**
     * Creates an empty storage with this library id, which no other library may have.
     *
     * @param clock the clock by which the storage dates changes, as a database does by its own clock
     */
    public InMemoryStorage(LibraryId id, Clock clock) {
        this.id = id;
        this.tables = new InMemoryTables(clock);
    }

    @Override
    public LibraryId id() {
        return id;
    }

    @Override
    public ResourceRepository resources() {
        return new InMemoryResources(this);
    }

    @Override
    public PeerRepository peers() {
        return new InMemoryPeers(this);
    }

    @Override
    public SyncLogRepository syncLogs() {
        return new InMemorySyncLogs(this);
    }

    @Override
    public HarvestRepository harvest() {
        return new InMemoryHarvest(this);
    }

    @Override
    public ReviewQueue reviewQueue() {
        return new InMemoryReviewQueue(this);
    }

    @Override
    public Catalogue catalogue() {
        return new InMemoryCatalogue(this);
    }

    @Override
    public TagRepository tags() {
        return new InMemoryTags(this);
    }

    @Override
    public DecisionRepository decisions() {
        return new InMemoryDecisions(this);
    }

    @Override
    public TagRuleRepository tagRules() {
        return new InMemoryTagRules(this);
    }

    @Override
    public SelectionRepository selections() {
        return new InMemorySelections(this);
    }

    @Override
    public Curation curation() {
        return new InMemoryCuration(this);
    }

    @Override
    public DuplicateRepository duplicates() {
        return new InMemoryDuplicates(this);
    }

    @Override
    public BulkChangeRepository bulkChanges() {
        return new InMemoryBulkChanges(this);
    }

    @Override
    public AccountRepository accounts() {
        return new InMemoryAccounts(this);
    }

    @Override
    public SessionRepository sessions() {
        return new InMemorySessions(this);
    }

    @Override
    public UploadRepository uploads() {
        return new InMemoryUploads(this);
    }

    @Override
    public EventCounter events() {
        return new InMemoryEventCounter(this);
    }

    @Override
    public AuditLog audit() {
        return new InMemoryAuditLog(this);
    }

    @Override
    public ImageHostRepository imageHosts() {
        return new InMemoryImageHosts(this);
    }

    @Override
    public ApiKeyRepository apiKeys() {
        return new InMemoryApiKeys(this);
    }

    @Override
    public AccountTokenRepository accountTokens() {
        return new InMemoryAccountTokens(this);
    }

    @Override
    public NotificationRepository notifications() {
        return new InMemoryNotifications(this);
    }

    @Override
    public ProblemReportRepository problemReports() {
        return new InMemoryProblemReports(this);
    }

    @Override
    public DatedFeed datedFeed() {
        return new InMemoryDatedFeed(this);
    }

    @Override
    public FeedReaders feedReaders() {
        return new InMemoryFeedReaders(this);
    }

    @Override
    public FormerAddresses formerAddresses() {
        return new InMemoryFormerAddresses(this);
    }

    @Override
    public SigningKeyRepository signingKey() {
        return new InMemorySigningKey(this);
    }

    @Override
    public EarlyDeletionRepository earlyDeletions() {
        return new InMemoryEarlyDeletions(this);
    }

    @Override
    public LinkRepository links() {
        return new InMemoryLinks(this);
    }

    @Override
    public SettingRepository settings() {
        return new InMemorySettings(this);
    }

    @Override
    public PictureRepository pictures() {
        return new InMemoryPictures(this);
    }

    @Override
    public Outbox outbox() {
        return new InMemoryOutbox(this);
    }

    /** Returns whether the current thread is in a transaction. */
    boolean isInTransaction() {
        return lock.isHeldByCurrentThread();
    }

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        lock.lock();
        try {
            if (lock.getHoldCount() > 1) {
                return work.get();
            }
            InMemoryTables before = tables;
            tables = before.copy();
            boolean done = false;
            try {
                T result = work.get();
                new InMemoryDeletions(tables).record();
                tables.dateChangesAfter(before.lastPosition);
                done = true;
                return result;
            } finally {
                if (!done) {
                    tables = before;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Reads or writes the tables in the transaction of the current thread, or in a new one. */
    <T> T with(Function<InMemoryTables, T> work) {
        lock.lock();
        try {
            return work.apply(tables);
        } finally {
            lock.unlock();
        }
    }

    /** Changes the tables like {@link #with}. The change is rolled back if the work throws. */
    void change(Consumer<InMemoryTables> work) {
        inTransaction(() -> work.accept(tables));
    }
}
