package org.librarypeers.persistence;

import java.util.function.Supplier;
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
import org.librarypeers.sync.storage.RunRepository;
import org.librarypeers.sync.storage.SelectionRepository;
import org.librarypeers.sync.storage.SyncLogRepository;
import org.librarypeers.sync.storage.TagRuleRepository;

/** The repositories of a library on PostgreSQL, all of which share its transactions. They do no I/O until they are used. */
abstract sealed class Repositories implements LibraryStorage permits JpaStorage {

    private final Transactions transactions;
    private final JpaResources resources;
    private final PeerRepository peers;
    private final SyncLogRepository syncLogs;
    private final HarvestRepository harvest;
    private final RunRepository runs;
    private final ReviewQueue reviewQueue;
    private final Catalogue catalogue;
    private final TagRepository tags;
    private final DecisionRepository decisions;
    private final AccountRepository accounts;
    private final SessionRepository sessions;
    private final UploadRepository uploads;
    private final EventCounter events;
    private final AuditLog audit;
    private final ImageHostRepository imageHosts;
    private final ApiKeyRepository apiKeys;
    private final AccountTokenRepository accountTokens;
    private final NotificationRepository notifications;
    private final Outbox outbox;
    private final ProblemReportRepository problemReports;
    private final DatedFeed datedFeed;
    private final FeedReaders feedReaders;
    private final FormerAddresses formerAddresses;
    private final SigningKeyRepository signingKey;
    private final BulkChangeRepository bulkChanges;
    private final EarlyDeletionRepository earlyDeletions;
    private final LinkRepository links;
    private final SettingRepository settings;
    private final TagRuleRepository tagRules;
    private final SelectionRepository selections;
    private final Curation curation;
    private final DuplicateRepository duplicates;
    private final PictureRepository pictures;

    Repositories(Transactions transactions, Secrets secrets, Leases leases) {
        this.transactions = transactions;
        this.resources = new JpaResources(transactions);
        this.peers = new JpaPeers(transactions, secrets);
        this.syncLogs = new JpaSyncLogs(transactions);
        this.harvest = new JdbcHarvest(transactions, leases);
        this.runs = new JdbcRuns(transactions, secrets, leases, this);
        this.reviewQueue = new JdbcReviewQueue(transactions);
        EntryRows entries = new EntryRows();
        this.catalogue = new JdbcCatalogue(transactions, entries, new Bookmarks());
        this.datedFeed = new JdbcDatedFeed(transactions, entries);
        this.tags = new JpaTags(transactions);
        this.decisions = new JdbcDecisions(transactions);
        this.accounts = new JpaAccounts(transactions, secrets);
        this.apiKeys = new JdbcApiKeys(transactions, secrets);
        this.sessions = new JdbcSessions(transactions, secrets);
        this.uploads = new JdbcUploads(transactions);
        this.events = new JdbcEventCounter(transactions);
        this.audit = new JdbcAuditLog(transactions);
        this.imageHosts = new JdbcImageHosts(transactions);
        this.accountTokens = new JdbcAccountTokens(transactions);
        this.notifications = new JdbcNotifications(transactions);
        this.outbox = new JdbcOutbox(transactions, secrets);
        this.problemReports = new JdbcProblemReports(transactions);
        this.feedReaders = new JdbcFeedReaders(transactions);
        this.formerAddresses = new JdbcFormerAddresses(transactions);
        this.signingKey = new JdbcSigningKey(transactions, secrets);
        this.bulkChanges = new JdbcBulkChanges(transactions);
        this.earlyDeletions = new JdbcEarlyDeletions(transactions);
        this.links = new JdbcLinks(transactions);
        this.settings = new JdbcSettings(transactions);
        this.tagRules = new JdbcTagRules(transactions);
        this.selections = new JdbcSelections(transactions, leases);
        this.curation = new JdbcCuration(transactions);
        this.duplicates = new JdbcDuplicates(transactions);
        this.pictures = new JdbcPictures(transactions);
    }

    /** Returns the move of an existing site into this library. */
    public SiteMove siteMove() {
        return new SiteMove(transactions, resources);
    }

    @Override
    public ResourceRepository resources() {
        return resources;
    }

    @Override
    public PeerRepository peers() {
        return peers;
    }

    @Override
    public SyncLogRepository syncLogs() {
        return syncLogs;
    }

    @Override
    public HarvestRepository harvest() {
        return harvest;
    }

    @Override
    public RunRepository runs() {
        return runs;
    }

    @Override
    public ReviewQueue reviewQueue() {
        return reviewQueue;
    }

    @Override
    public Catalogue catalogue() {
        return catalogue;
    }

    @Override
    public TagRepository tags() {
        return tags;
    }

    @Override
    public DecisionRepository decisions() {
        return decisions;
    }

    @Override
    public SelectionRepository selections() {
        return selections;
    }

    @Override
    public TagRuleRepository tagRules() {
        return tagRules;
    }

    @Override
    public Curation curation() {
        return curation;
    }

    @Override
    public DuplicateRepository duplicates() {
        return duplicates;
    }

    @Override
    public AccountRepository accounts() {
        return accounts;
    }

    @Override
    public UploadRepository uploads() {
        return uploads;
    }

    @Override
    public SessionRepository sessions() {
        return sessions;
    }

    @Override
    public EventCounter events() {
        return events;
    }

    @Override
    public AuditLog audit() {
        return audit;
    }

    @Override
    public ImageHostRepository imageHosts() {
        return imageHosts;
    }

    @Override
    public ApiKeyRepository apiKeys() {
        return apiKeys;
    }

    @Override
    public AccountTokenRepository accountTokens() {
        return accountTokens;
    }

    @Override
    public NotificationRepository notifications() {
        return notifications;
    }

    @Override
    public ProblemReportRepository problemReports() {
        return problemReports;
    }

    @Override
    public DatedFeed datedFeed() {
        return datedFeed;
    }

    @Override
    public FeedReaders feedReaders() {
        return feedReaders;
    }

    @Override
    public FormerAddresses formerAddresses() {
        return formerAddresses;
    }

    @Override
    public SigningKeyRepository signingKey() {
        return signingKey;
    }

    @Override
    public BulkChangeRepository bulkChanges() {
        return bulkChanges;
    }

    @Override
    public EarlyDeletionRepository earlyDeletions() {
        return earlyDeletions;
    }

    @Override
    public LinkRepository links() {
        return links;
    }

    @Override
    public SettingRepository settings() {
        return settings;
    }

    @Override
    public PictureRepository pictures() {
        return pictures;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        return transactions.inTransaction(work);
    }
}
