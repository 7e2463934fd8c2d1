package org.librarypeers.app.move;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.accounts.AccountService;
import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.audit.AuditTrail;
import org.librarypeers.app.audit.AuditTrail.Note;
import org.librarypeers.app.move.SiteAccounts.MovedAccount;
import org.librarypeers.app.move.SiteResources.SiteResource;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.PeerId;
import org.librarypeers.http.wire.ResourceDocument;
import org.librarypeers.persistence.JpaStorage;
import org.librarypeers.persistence.SiteMove;
import org.librarypeers.sync.accounts.AuditEntry.Subject;
import org.librarypeers.sync.files.FileStore;
import org.librarypeers.sync.files.StoredFile;

/**
 * The import of an ORB or COVID-19 Library site, from the output of {@code dumpdata} and its media directory, into an empty
 * library. Resources, tags and categories keep their GUIDs, numbers, dates and addresses; accounts keep their API keys and
 * passwords. All or nothing is imported.
 */
public final class SiteImport {

    private static final int BATCH = 200;

    /** The pages of every such site that have another address here. */
    private static final Map<String, String> COMMON_PAGES = Map.ofEntries(
            Map.entry("/about/", "/about"),
            Map.entry("/how-to/", "/about"),
            Map.entry("/cc-faq/", "/about"),
            Map.entry("/partners/", "/about"),
            Map.entry("/terms/", "/about"),
            Map.entry("/developers/", "/about/api"),
            Map.entry("/taxonomy/", "/search"),
            Map.entry("/tag/cloud/", "/search"),
            Map.entry("/search/", "/search"),
            Map.entry("/search/advanced/", "/search"),
            Map.entry("/feed/", "/feed.atom"),
            Map.entry("/profile/login/", "/signin"),
            Map.entry("/resource/create/1/", "/resources/new"));

    /** The tables with data of the site for which a library has no place, with the reason. */
    private static final Map<String, String> WITHOUT_A_PLACE = Map.ofEntries(
            Map.entry("resourcerating", "ratings: this program has none"),
            Map.entry("resourcerelationship", "relations between resources: this program has none"),
            Map.entry("resourcecriteria", "criteria of reviews: this program has none"),
            Map.entry("reviewerrole", "kinds of reviewers: this program has one"),
            Map.entry("contentreview", "assignments of reviews: every reviewer sees the whole inbox"),
            Map.entry("reviewlogentry", "notes on assignments of reviews"),
            Map.entry("collection", "collections: this program has none"),
            Map.entry("collectionuser", "owners of collections"),
            Map.entry("collectionresource", "resources in collections"),
            Map.entry("course", "courses: this program has none"),
            Map.entry("tagowner", "owners of tags: administrators change tags"),
            Map.entry("tagproperty", "properties of tags: this program has none"),
            Map.entry("resourcetracker", "visits: this program does not record visits"),
            Map.entry("tagtracker", "visits: this program does not record visits"),
            Map.entry("searchtracker", "searches: this program does not record searches"),
            Map.entry("userlocationvisualization", "places of visitors"),
            Map.entry("peerquerylog", "earlier syncs: the first sync here reads each peer from the start"));

    /** The tables of Django itself, which nobody misses. */
    private static final Set<String> TECHNICAL = Set.of(
            "contenttype",
            "permission",
            "session",
            "logentry",
            "migrationhistory",
            "site",
            "group",
            "apiaccess",
            "thumbnail");

    private final JpaStorage storage;
    private final AccountService accounts;
    private final FileStore files;
    private final Clock clock;
    private final AuditTrail trail;

    /** Creates an import into this library. */
    public SiteImport(JpaStorage storage, AccountService accounts, FileStore files, Clock clock) {
        this.storage = storage;
        this.accounts = accounts;
        this.files = files;
        this.clock = clock;
        this.trail = new AuditTrail(storage, clock);
    }

    /**
     * Returns a report of the effects that an import would have. Changes nothing.
     *
     * @param file the output of {@code dumpdata}, which may be compressed with gzip
     * @param media the media directory of the site; null if it is not at hand
     * @throws MoveException if the file cannot be used
     * @throws IOException if a file cannot be read
     */
    public MoveReport preview(Path file, @Nullable Path media) throws IOException {
        Dump dump = Dump.read(file);
        MoveReport report = new MoveReport();
        SiteMedia images = new SiteMedia(media);
        examine(dump, images, report);
        images.examine(report);
        return report;
    }

    /**
     * Imports a site. See {@link #preview}.
     *
     * @throws org.librarypeers.sync.storage.StorageException if the library is not empty, or is in use by another process
     */
    public MoveReport run(Path file, @Nullable Path media) throws IOException {
        Dump dump = Dump.read(file);
        MoveReport report = new MoveReport();
        SiteMedia images = new SiteMedia(media);
        storage.inTransaction(storage.siteMove()::requirePossible);
        examine(dump, images, report);
        // Before the transaction, because it may take long. What is stored twice is stored once.
        Map<String, StoredFile> stored = images.copy(files, report);
        try {
            storage.inTransaction(() -> {
                save(dump, stored);
                trail.record(new Note(
                        AuditAction.SITE_MOVED,
                        new Subject("file", file.toString(), null),
                        Map.of(
                                "resources",
                                String.valueOf(report.resources().values().stream()
                                        .mapToInt(Integer::intValue)
                                        .sum()),
                                "users",
                                String.valueOf(report.users()),
                                "files",
                                String.valueOf(report.files()))));
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return report;
    }

    /** Reads the whole site once, to find what it needs and what cannot be carried over. */
    private void examine(Dump dump, SiteMedia media, MoveReport report) throws IOException {
        AtomicLong last = new AtomicLong();
        SiteResources.Parts parts = parts(dump, media, () -> new PeerId(last.incrementAndGet()), report);
        SiteResources resources = new SiteResources(parts, storage.id(), clock.instant(), report);
        dump.eachResource(resources::read);
        dump.others().forEach((table, count) -> {
            if (!TECHNICAL.contains(table)) {
                report.left(
                        WITHOUT_A_PLACE.getOrDefault(
                                table, "rows of the table " + table + ": this program has no place"),
                        count);
            }
        });
    }

    private SiteResources.Parts parts(Dump dump, SiteMedia media, Supplier<PeerId> ids, MoveReport report) {
        SiteDocument documents = new SiteDocument(dump, media, ResourceDocument.FIRST_OF_ORB);
        SiteVocabulary vocabulary = new SiteVocabulary(dump, documents, ResourceDocument.FIRST_OF_ORB, report);
        return new SiteResources.Parts(
                dump,
                documents,
                media,
                vocabulary,
                new SiteAccounts(dump, vocabulary, report),
                new SitePeers(dump, ids, report));
    }

    private void save(Dump dump, Map<String, StoredFile> stored) {
        SiteMove move = storage.siteMove();
        move.begin(dump.highestNumbers());
        MoveReport again = new MoveReport();
        SiteResources.Parts parts = parts(dump, new SiteMedia(null), storage.peers()::nextId, again);
        move.addVocabulary(parts.vocabulary().categories(), parts.vocabulary().tags());
        for (MovedAccount moved : parts.accounts().accounts()) {
            accounts.addMoved(storage.accounts(), moved.account(), moved.passwordHash(), moved.key());
        }
        // Sources that the site had removed are found with the resources.
        List<PeerId> saved = new ArrayList<>();
        Map<String, String> pages = new HashMap<>(COMMON_PAGES);
        pages.putAll(parts.vocabulary().pages());
        SiteResources resources = new SiteResources(parts, storage.id(), clock.instant(), again);
        List<SiteResource> batch = new ArrayList<>();
        Runnable flush = () -> {
            savePeers(parts.peers(), saved);
            save(batch, move);
            batch.forEach(each -> pages.putAll(each.pages()));
            batch.clear();
            storage.formerAddresses().addPages(pages);
            pages.clear();
        };
        try {
            dump.eachResource(row -> {
                resources.read(row).ifPresent(batch::add);
                if (batch.size() == BATCH) {
                    flush.run();
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        flush.run();
        storage.formerAddresses().addFiles(stored);
    }

    private void savePeers(SitePeers peers, List<PeerId> saved) {
        peers.all().stream().filter(peer -> !saved.contains(peer.id())).forEach(peer -> {
            storage.peers().save(peer);
            saved.add(peer.id());
        });
    }

    private void save(List<SiteResource> batch, SiteMove move) {
        move.addResources(batch.stream().map(SiteResource::moved).toList());
        List<Decision> decisions =
                batch.stream().flatMap(each -> each.decisions().stream()).toList();
        if (!decisions.isEmpty()) {
            storage.decisions().add(decisions);
        }
    }
}
