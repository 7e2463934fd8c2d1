package org.librarypeers.sync.inmemory;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.OfferFacts;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Refusal;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.SelectionRule;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.TagRuleKey;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.AccountTokenRepository;
import org.librarypeers.sync.accounts.AuditEntry;
import org.librarypeers.sync.accounts.NamedKey;
import org.librarypeers.sync.accounts.SessionRepository;
import org.librarypeers.sync.bundles.SigningKey;
import org.librarypeers.sync.catalogue.CatalogueCategory;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.catalogue.ImageHostRepository.ImageHost;
import org.librarypeers.sync.curation.DuplicateRepository;
import org.librarypeers.sync.files.StoredFile;
import org.librarypeers.sync.notifications.NotificationChoice;
import org.librarypeers.sync.notifications.NotificationKind;
import org.librarypeers.sync.notifications.NotificationState;
import org.librarypeers.sync.reports.ProblemReport;
import org.librarypeers.sync.storage.AcceptedItem;
import org.librarypeers.sync.storage.KnownShortfalls;
import org.librarypeers.sync.storage.PastWithdrawal;
import org.librarypeers.sync.storage.QuarantinedItem;
import org.librarypeers.sync.storage.TagRuleRepository.SavedRule;

/** The tables of a storage in memory: maps of immutable values, copied for each transaction. */
final class InMemoryTables {

    final Map<Guid, CatalogueEntry> resources;
    final Map<Long, Guid> resourceIds;
    final Map<Guid, List<Revision>> history;
    final Set<Slug> slugs;
    final Map<Tag.Key, CatalogueTag> tags;
    final TreeMap<String, CatalogueCategory> categories;
    final TreeMap<PeerId, Peer> peers;
    final Map<PeerId, Peer> removed;
    final TreeMap<SyncLogId, SyncLog> logs;
    /** The lists are replaced, never modified. */
    final Map<SyncLogId, List<Outcome>> outcomes;

    /** The past withdrawals of each resource, the newest first. The lists are replaced, never modified. */
    final Map<Guid, List<PastWithdrawal>> pastWithdrawals;

    final Map<PeerId, Cursor> cursors;
    final Map<PeerId, KnownShortfalls> shortfalls;
    final Map<PeerId, UUID> leases;

    /** The times since which every detail of a peer is to be read again. */
    final Map<PeerId, Instant> rereads;

    /** The maps are replaced, never modified. */
    final Map<PeerId, TreeMap<Guid, Offer>> offers;

    /** The maps are replaced, never modified. */
    final Map<PeerId, TreeMap<String, QuarantinedItem>> bad;

    /** The versions of absent items by remote id. The maps are replaced, never modified. */
    final Map<PeerId, Map<String, String>> absent;

    /** The decisions on each resource, the latest first. The lists are replaced, never modified. */
    final Map<Guid, List<Decision>> decisions;

    final TreeMap<UserName, StoredAccount> accounts;
    final Map<ApiKey, NamedKey> namedKeys;
    final Map<UserName, Instant> keyUses;
    final Map<UserName, Instant> signIns;
    final Map<String, SessionRepository.Session> sessions;
    final Map<UUID, InMemoryUploads.Kept> uploads;
    final Map<PeerHost, ImageHost> imageHosts;

    final List<InMemoryEventCounter.Event> events;
    final TreeMap<Long, AuditEntry> audit;

    final Map<String, AccountTokenRepository.AccountToken> accountTokens;
    /** The maps are replaced, never modified. */
    final TreeMap<UserName, Map<NotificationKind, NotificationChoice>> choices;

    final TreeMap<String, NotificationState> states;
    final Map<UUID, InMemoryOutbox.Kept> outbox;

    /** The latest update date that was served to each account of the API. */
    final Map<String, Instant> readers;

    final Map<String, String> formerPages;
    final Map<Long, InMemoryLinks.Kept> links;
    final Map<String, Instant> linkHosts;
    long lastLink;
    long linksScannedTo;
    final Map<String, StoredFile> formerFiles;

    /** The key that signs bundles; null until it is made. */
    @Nullable
    SigningKey signingKey;

    final TreeMap<String, String> settings;
    final TreeMap<Long, ProblemReport> reports;
    final LinkedHashMap<TagRuleKey, SavedRule> rules;
    final TreeMap<Long, InMemoryCuration.Kept> retaggings;

    /** The numbers of the hidden categories and tags, which are numbered together. */
    final Set<Long> hidden;

    /** The places of the tags that have one, by their numbers. */
    final Map<Long, Integer> places;

    /** The numbers of the categories that are topics, in their order. */
    final List<Long> topics;

    final Map<Guid, DuplicateRepository.Redirect> redirects;

    /** The deletion log. The redirects of its entries are those of the time at which they are read. */
    final Map<Guid, InMemoryDeletions.Stored> deletions;

    /** The resources that the current transaction has saved, and whether they were served before it. Not copied. */
    final Map<Guid, Boolean> servedBefore = new HashMap<>();

    /** The dismissed groups of duplicates, with the number of resources that they had. */
    final Map<String, Integer> dismissed;

    final TreeMap<Long, InMemoryPictures.Kept> pictures;
    final Map<Guid, InMemoryPictures.Scanned> pictureScans;

    /** The selection rules that were applied to all offers of a peer. */
    final Map<PeerId, SelectionRule> selections;

    final Map<Guid, Refusal> refusals;

    /** The deletions of each peer that bundles carried too early, with their positions in the feed of the peer. */
    final Map<PeerId, Map<Guid, Long>> earlyDeletions;

    final Map<UUID, InMemoryBulkChanges.Stored> bulkChanges;

    long lastPicture;
    long lastId;
    private final Clock clock;

    /** The second of each feed position that was the first one in its second. Positions begin with 1. */
    final TreeMap<Long, Instant> feedTimes;

    long lastPosition;
    long lastPeer;
    long lastLog;

    /**
     * A peer's current or past offer of a resource.
     *
     * @param taken the item that was read last; null if none was
     * @param read when it was last read; null if never
     * @param withdrawn when the resource was withdrawn; null while it is offered
     * @param reviewed whether a reviewer has decided on the withdrawal
     * @param marked the position at which the withdrawal was found; 0 if none was
     * @param facts the facts on which the selection rule decides; null if unknown
     * @param due whether the body is to be requested
     */
    record Offer(
            @Nullable AcceptedItem taken,
            @Nullable Instant read,
            @Nullable Instant withdrawn,
            boolean reviewed,
            long marked,
            @Nullable OfferFacts facts,
            boolean due) {

        Offer reviewed(boolean decided) {
            return new Offer(taken, read, withdrawn, decided, marked, facts, due);
        }

        Offer withdrawn(@Nullable Instant at, long position) {
            return new Offer(taken, read, at, false, position, facts, due);
        }

        /** Returns this offer, which was read, with another selection. */
        Offer selected(boolean isLeftOut, boolean isDue) {
            AcceptedItem item = Objects.requireNonNull(taken);
            AcceptedItem marked =
                    new AcceptedItem(item.remoteId(), item.version(), item.circular(), item.remarks(), isLeftOut);
            return new Offer(marked, read, withdrawn, reviewed, this.marked, facts, isDue);
        }

        boolean isLeftOut() {
            return taken != null && taken.leftOut();
        }
    }

    record StoredAccount(Account account, String passwordHash, ApiKey key) {}

    InMemoryTables(Clock clock) {
        this.clock = clock;
        resources = new HashMap<>();
        resourceIds = new HashMap<>();
        history = new HashMap<>();
        slugs = new HashSet<>();
        tags = new HashMap<>();
        categories = new TreeMap<>();
        peers = new TreeMap<>();
        removed = new HashMap<>();
        logs = new TreeMap<>();
        outcomes = new HashMap<>();
        pastWithdrawals = new HashMap<>();
        cursors = new HashMap<>();
        shortfalls = new HashMap<>();
        leases = new HashMap<>();
        rereads = new HashMap<>();
        offers = new HashMap<>();
        bad = new HashMap<>();
        absent = new HashMap<>();
        decisions = new HashMap<>();
        accounts = new TreeMap<>();
        sessions = new HashMap<>();
        uploads = new HashMap<>();
        imageHosts = new HashMap<>();
        events = new ArrayList<>();
        accountTokens = new HashMap<>();
        namedKeys = new HashMap<>();
        keyUses = new HashMap<>();
        signIns = new HashMap<>();
        choices = new TreeMap<>();
        states = new TreeMap<>();
        outbox = new HashMap<>();
        readers = new HashMap<>();
        formerPages = new HashMap<>();
        links = new TreeMap<>();
        linkHosts = new HashMap<>();
        formerFiles = new HashMap<>();
        settings = new TreeMap<>();
        reports = new TreeMap<>();
        audit = new TreeMap<>();
        rules = new LinkedHashMap<>();
        retaggings = new TreeMap<>();
        hidden = new HashSet<>();
        places = new HashMap<>();
        topics = new ArrayList<>();
        redirects = new HashMap<>();
        deletions = new HashMap<>();
        dismissed = new HashMap<>();
        pictures = new TreeMap<>();
        pictureScans = new HashMap<>();
        selections = new HashMap<>();
        refusals = new HashMap<>();
        earlyDeletions = new HashMap<>();
        bulkChanges = new HashMap<>();
        feedTimes = new TreeMap<>(Map.of(0L, second()));
    }

    private InMemoryTables(InMemoryTables other) {
        clock = other.clock;
        resources = new HashMap<>(other.resources);
        resourceIds = new HashMap<>(other.resourceIds);
        history = new HashMap<>(other.history);
        slugs = new HashSet<>(other.slugs);
        tags = new HashMap<>(other.tags);
        categories = new TreeMap<>(other.categories);
        peers = new TreeMap<>(other.peers);
        removed = new HashMap<>(other.removed);
        logs = new TreeMap<>(other.logs);
        outcomes = new HashMap<>(other.outcomes);
        pastWithdrawals = new HashMap<>(other.pastWithdrawals);
        cursors = new HashMap<>(other.cursors);
        shortfalls = new HashMap<>(other.shortfalls);
        leases = new HashMap<>(other.leases);
        rereads = new HashMap<>(other.rereads);
        offers = new HashMap<>(other.offers);
        bad = new HashMap<>(other.bad);
        absent = new HashMap<>(other.absent);
        decisions = new HashMap<>(other.decisions);
        accounts = new TreeMap<>(other.accounts);
        sessions = new HashMap<>(other.sessions);
        uploads = new HashMap<>(other.uploads);
        imageHosts = new HashMap<>(other.imageHosts);
        events = new ArrayList<>(other.events);
        accountTokens = new HashMap<>(other.accountTokens);
        namedKeys = new HashMap<>(other.namedKeys);
        keyUses = new HashMap<>(other.keyUses);
        signIns = new HashMap<>(other.signIns);
        choices = new TreeMap<>(other.choices);
        states = new TreeMap<>(other.states);
        outbox = new HashMap<>(other.outbox);
        readers = new HashMap<>(other.readers);
        formerPages = new HashMap<>(other.formerPages);
        links = new TreeMap<>(other.links);
        linkHosts = new HashMap<>(other.linkHosts);
        lastLink = other.lastLink;
        linksScannedTo = other.linksScannedTo;
        formerFiles = new HashMap<>(other.formerFiles);
        signingKey = other.signingKey;
        settings = new TreeMap<>(other.settings);
        reports = new TreeMap<>(other.reports);
        audit = new TreeMap<>(other.audit);
        rules = new LinkedHashMap<>(other.rules);
        retaggings = new TreeMap<>(other.retaggings);
        hidden = new HashSet<>(other.hidden);
        places = new HashMap<>(other.places);
        topics = new ArrayList<>(other.topics);
        redirects = new HashMap<>(other.redirects);
        deletions = new HashMap<>(other.deletions);
        dismissed = new HashMap<>(other.dismissed);
        pictures = new TreeMap<>(other.pictures);
        pictureScans = new HashMap<>(other.pictureScans);
        selections = new HashMap<>(other.selections);
        refusals = new HashMap<>(other.refusals);
        earlyDeletions = new HashMap<>(other.earlyDeletions);
        bulkChanges = new HashMap<>(other.bulkChanges);
        feedTimes = new TreeMap<>(other.feedTimes);
        lastPicture = other.lastPicture;
        lastId = other.lastId;
        lastPosition = other.lastPosition;
        lastPeer = other.lastPeer;
        lastLog = other.lastLog;
    }

    InMemoryTables copy() {
        return new InMemoryTables(this);
    }

    long nextId() {
        return ++lastId;
    }

    /** Returns the current time in whole seconds. */
    Instant second() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Records when the changes with higher positions than this one were made. Times never decrease. */
    void dateChangesAfter(long position) {
        Instant second = second();
        if (lastPosition > position && second.isAfter(feedTimes.lastEntry().getValue())) {
            feedTimes.put(position + 1, second);
        }
    }

    /** Removes revisions from the history, because they are in use again. */
    void removeFromHistory(Guid guid, Collection<Integer> numbers) {
        history.computeIfPresent(guid, (same, revisions) -> {
            List<Revision> left = revisions.stream()
                    .filter(revision -> !numbers.contains(revision.number()))
                    .toList();
            return left.isEmpty() ? null : left;
        });
    }

    void addToHistory(Guid guid, Revision revision) {
        List<Revision> longer = new ArrayList<>(history.getOrDefault(guid, List.of()));
        longer.add(revision);
        longer.sort(Comparator.comparingInt(Revision::number).reversed());
        history.put(guid, List.copyOf(longer));
    }
}
