package org.librarypeers.app.audit;

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
import org.librarypeers.sync.library.Freshness;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.library.ReadAccess;
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
import org.librarypeers.sync.storage.RunRepository;
import org.librarypeers.sync.storage.SelectionRepository;
import org.librarypeers.sync.storage.SyncLogRepository;
import org.librarypeers.sync.storage.TagRuleRepository;

/**
 * A storage that records what a person changes about peers, accounts, sessions and runs. Each entry is saved in the transaction
 * of the change. So no page and no command can make such a change without an entry. Thread-safe.
 */
public final class AuditedStorage implements LibraryStorage {

    private final LibraryStorage storage;
    private final PeerRepository peers;
    private final AccountRepository accounts;
    private final ApiKeyRepository apiKeys;
    private final SessionRepository sessions;
    private final SyncLogRepository syncLogs;
    private final DecisionRepository decisions;
    private final RunRepository runs;

    /** Creates a view of a storage. The storage must remain open. */
    public AuditedStorage(LibraryStorage storage, AuditTrail trail) {
        this.storage = storage;
        this.peers = new AuditedPeers(storage, trail);
        this.accounts = new AuditedAccounts(storage, trail);
        this.apiKeys = new AuditedApiKeys(storage, trail);
        this.sessions = new AuditedSessions(storage, trail);
        this.syncLogs = new AuditedSyncLogs(storage, trail);
        this.decisions = new AuditedDecisions(storage, trail);
        this.runs = new AuditedRuns(storage.runs(), RunRepository.of(this));
    }

    @Override
    public PeerRepository peers() {
        return peers;
    }

    @Override
    public AccountRepository accounts() {
        return accounts;
    }

    @Override
    public ApiKeyRepository apiKeys() {
        return apiKeys;
    }

    @Override
    public SessionRepository sessions() {
        return sessions;
    }

    @Override
    public SyncLogRepository syncLogs() {
        return syncLogs;
    }

    @Override
    public LibraryId id() {
        return storage.id();
    }

    @Override
    public ResourceRepository resources() {
        return storage.resources();
    }

    @Override
    public HarvestRepository harvest() {
        return storage.harvest();
    }

    @Override
    public RunRepository runs() {
        return runs;
    }

    @Override
    public DecisionRepository decisions() {
        return decisions;
    }

    @Override
    public ReviewQueue reviewQueue() {
        return storage.reviewQueue();
    }

    @Override
    public Catalogue catalogue() {
        return storage.catalogue();
    }

    @Override
    public TagRepository tags() {
        return storage.tags();
    }

    @Override
    public TagRuleRepository tagRules() {
        return storage.tagRules();
    }

    @Override
    public SelectionRepository selections() {
        return storage.selections();
    }

    @Override
    public Curation curation() {
        return storage.curation();
    }

    @Override
    public DuplicateRepository duplicates() {
        return storage.duplicates();
    }

    @Override
    public UploadRepository uploads() {
        return storage.uploads();
    }

    @Override
    public EventCounter events() {
        return storage.events();
    }

    @Override
    public AuditLog audit() {
        return storage.audit();
    }

    @Override
    public PictureRepository pictures() {
        return storage.pictures();
    }

    @Override
    public ImageHostRepository imageHosts() {
        return storage.imageHosts();
    }

    @Override
    public AccountTokenRepository accountTokens() {
        return storage.accountTokens();
    }

    @Override
    public NotificationRepository notifications() {
        return storage.notifications();
    }

    @Override
    public ProblemReportRepository problemReports() {
        return storage.problemReports();
    }

    @Override
    public DatedFeed datedFeed() {
        return storage.datedFeed();
    }

    @Override
    public FeedReaders feedReaders() {
        return storage.feedReaders();
    }

    @Override
    public FormerAddresses formerAddresses() {
        return storage.formerAddresses();
    }

    @Override
    public SigningKeyRepository signingKey() {
        return storage.signingKey();
    }

    @Override
    public BulkChangeRepository bulkChanges() {
        return storage.bulkChanges();
    }

    @Override
    public EarlyDeletionRepository earlyDeletions() {
        return storage.earlyDeletions();
    }

    @Override
    public LinkRepository links() {
        return storage.links();
    }

    @Override
    public SettingRepository settings() {
        return storage.settings();
    }

    @Override
    public Outbox outbox() {
        return storage.outbox();
    }

    @Override
    public ReadAccess reading(Freshness freshness) {
        return storage.reading(freshness);
    }

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        return storage.inTransaction(work);
    }
}
