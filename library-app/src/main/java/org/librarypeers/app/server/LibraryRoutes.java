package org.librarypeers.app.server;

import io.javalin.config.RoutesConfig;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.librarypeers.app.account.AccountPages;
import org.librarypeers.app.account.ApiKeyPages;
import org.librarypeers.app.account.PasswordPages;
import org.librarypeers.app.api.ApiSettings;
import org.librarypeers.app.api.OpenApi;
import org.librarypeers.app.api.OrbApi;
import org.librarypeers.app.backup.ScheduledBackups;
import org.librarypeers.app.bundles.BundleUploads;
import org.librarypeers.app.curation.DuplicatePages;
import org.librarypeers.app.curation.MappingPages;
import org.librarypeers.app.curation.VocabularyPages;
import org.librarypeers.app.files.CarriedFiles;
import org.librarypeers.app.files.MediaRoutes;
import org.librarypeers.app.notifications.PasswordLinks;
import org.librarypeers.app.oai.OaiProvider;
import org.librarypeers.app.oai.Repository;
import org.librarypeers.app.overview.OverviewPages;
import org.librarypeers.app.peers.BundlePages;
import org.librarypeers.app.peers.MapPages;
import org.librarypeers.app.peers.PeerFacts;
import org.librarypeers.app.peers.PeerPages;
import org.librarypeers.app.peers.PeerViews;
import org.librarypeers.app.peers.PicturePages;
import org.librarypeers.app.pictures.PictureFiles;
import org.librarypeers.app.pictures.PictureRoutes;
import org.librarypeers.app.pictures.PictureUploads;
import org.librarypeers.app.reader.AboutPages;
import org.librarypeers.app.reader.BrowsePages;
import org.librarypeers.app.reader.FeedPages;
import org.librarypeers.app.reader.PublicResourcePages;
import org.librarypeers.app.reader.RobotPages;
import org.librarypeers.app.reader.SearchPages;
import org.librarypeers.app.reader.SuggestionPages;
import org.librarypeers.app.resources.BulkPages;
import org.librarypeers.app.resources.ResourceEditPages;
import org.librarypeers.app.resources.ResourceHistoryPages;
import org.librarypeers.app.resources.UploadPages;
import org.librarypeers.app.review.DeadLinkMarks;
import org.librarypeers.app.review.InboxPages;
import org.librarypeers.app.review.LinkPages;
import org.librarypeers.app.review.ListDecisions;
import org.librarypeers.app.review.ProblemPages;
import org.librarypeers.app.review.RefusalPages;
import org.librarypeers.app.review.ReportPages;
import org.librarypeers.app.review.ReviewPages;
import org.librarypeers.app.settings.SettingsPages;
import org.librarypeers.app.settings.StoredSettings;
import org.librarypeers.app.users.AuditPages;
import org.librarypeers.app.users.UserActions;
import org.librarypeers.app.users.UserPages;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Website;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.app.wiring.LibrarySettings;
import org.librarypeers.app.wiring.Program;
import org.librarypeers.sync.library.LibraryStorage;

/** All routes of a library. Gives each handler the services that it needs. */
final class LibraryRoutes {

    private final Library library;
    private final LibrarySettings settings;
    private final LibraryStorage storage;
    private final Clock clock;
    private final OpenApi openApi;
    private final DiskCheck disk;
    private final Health health;

    private LibraryRoutes(Library library) {
        this.library = library;
        this.settings = library.settings();
        this.storage = library.storage();
        this.clock = library.clock();
        this.openApi = new OpenApi(() -> library.settings().languages());
        this.disk = new DiskCheck(settings.home(), DiskCheck.DEFAULT_LEAST_FREE_BYTES);
        this.health = health();
    }

    /** Adds all routes of the library. */
    static void add(RoutesConfig routes, Library library, Website site) {
        LibraryRoutes all = new LibraryRoutes(library);
        all.addHealth(routes);
        all.addApi(routes);
        new MediaRoutes(library.files(), library.storage().formerAddresses()).routes(routes);
        new FormerPages(library.storage().formerAddresses(), library.storage().catalogue()).routes(routes);
        new PictureRoutes(new PictureFiles(library.files(), library.storage().formerAddresses())).routes(routes);
        PageRoutes pages = site.routes(routes);
        all.addReaderPages(pages);
        all.addAccountPages(pages);
        all.addReviewPages(pages);
        all.addResourcePages(pages);
        all.addCurationPages(pages);
        all.addPeerPages(pages);
        all.addSettingsPages(pages);
    }

    private Health health() {
        return new Health(
                library::check,
                library::isEmbeddedServerRunning,
                library.schedule(),
                disk,
                new FilesCheck(library.files()),
                this::backupTrouble,
                replicaTrouble());
    }

    private void addHealth(RoutesConfig routes) {
        routes.get("/health", health::answer);
        routes.get("/health/live", health::live);
        routes.get("/health/ready", health::ready);
    }

    private Optional<String> backupTrouble() {
        return library.backups().flatMap(ScheduledBackups::trouble);
    }

    private Optional<Supplier<Optional<String>>> replicaTrouble() {
        return settings.database().replica() == null ? Optional.empty() : Optional.of(this::unusedReplica);
    }

    private Optional<String> unusedReplica() {
        return library.replica()
                .flatMap(state -> Optional.ofNullable(state.trouble()))
                .map(trouble -> "the read replica is not used: " + trouble);
    }

    private void addApi(RoutesConfig routes) {
        ApiSettings api = new ApiSettings(
                () -> library.settings().languages(),
                settings.requestsPerHour(),
                settings.maxUploadBytes(),
                () -> Program.userAgent(library.settings().contact()));
        new OrbApi(api, storage, library.accounts(), library.signIns(), library.authoring(), library.files(), clock)
                .routes(routes);
        openApi.routes(routes);
        addOai(routes);
    }

    private void addOai(RoutesConfig routes) {
        Repository repository = new Repository(
                storage.id(),
                () -> library.settings().name(),
                () -> library.settings().contact(),
                () -> library.settings().languages());
        new OaiProvider(repository, storage.datedFeed()).routes(routes);
    }

    private void addReaderPages(PageRoutes pages) {
        new BrowsePages(library.firstAdministrator()).routes(pages);
        new SearchPages().routes(pages);
        new SuggestionPages(clock).routes(pages);
        new PublicResourcePages(
                        storage.duplicates(), this::deadLinks, new CarriedFiles(library.files()), library.clock())
                .routes(pages);
        new FeedPages(storage.id(), clock).routes(pages);
        new RobotPages().routes(pages);
        new AboutPages(openApi::document, storage.signingKey()).routes(pages);
    }

    /** Returns those of these links that are dead. A library that does not check links has nothing to look up. */
    private Set<String> deadLinks(Set<String> addresses) {
        return settings.links().check()
                ? storage.links().find(addresses).entrySet().stream()
                        .filter(link -> link.getValue().isDead())
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private void addAccountPages(PageRoutes pages) {
        PasswordLinks links = library.notifications().passwordLinks();
        new AccountPages(
                        library.accounts(),
                        library.signIns(),
                        library.firstAdministrator(),
                        library.notifications(),
                        storage.peers(),
                        clock)
                .routes(pages);
        new PasswordPages(links, clock).routes(pages);
        new ApiKeyPages(library.accounts()).routes(pages);
        new UserPages(storage, library.accounts(), links, clock).routes(pages);
        new UserActions(storage, library.accounts(), links, library.auditTrail()).routes(pages);
        new AuditPages(storage).routes(pages);
    }

    private void addReviewPages(PageRoutes pages) {
        CarriedFiles carried = new CarriedFiles(library.files());
        DeadLinkMarks marks =
                new DeadLinkMarks(storage.links(), settings.links().check());
        ListDecisions lists = new ListDecisions(storage, library.review());
        new InboxPages(storage, library.review(), lists, carried, marks).routes(pages);
        // Before the page of a resource, whose address would match theirs.
        lists.routes(pages);
        new RefusalPages(storage, library.auditTrail(), clock).routes(pages);
        new ReportPages(storage, library.notifications().readerMail(), library.auditTrail(), clock).routes(pages);
        new LinkPages(storage, library.auditTrail(), settings.links().check(), carried::path, clock).routes(pages);
        new ReviewPages(storage, library.review(), carried, marks).routes(pages);
        new ProblemPages(storage, clock).routes(pages);
    }

    private void addResourcePages(PageRoutes pages) {
        new ResourceEditPages(storage, library.authoring(), library.files(), settings.maxUploadBytes(), clock)
                .routes(pages);
        new ResourceHistoryPages(storage, library.provenance(), library.authoring()).routes(pages);
        new UploadPages(storage.uploads()).routes(pages);
        new BulkPages(storage, library.resourceExport(), clock).routes(pages);
    }

    private void addCurationPages(PageRoutes pages) {
        new VocabularyPages(storage, library.curation(), clock).routes(pages);
        new MappingPages(storage, library.curation(), clock).routes(pages);
        new DuplicatePages(storage, library.review(), clock).routes(pages);
    }

    private void addPeerPages(PageRoutes pages) {
        new MapPages(storage.catalogue(), storage.peers()).routes(pages);
        new PicturePages(storage, library.auditTrail(), settings.pictures().fetch(), clock).routes(pages);
        PeerViews views = new PeerViews(storage, library.schedule(), clock);
        new OverviewPages(storage, views, health::troubles, disk::space).routes(pages);
        PeerFacts facts = new PeerFacts(() -> library.settings().schedule().interval(), library::requestsLeft);
        new BundlePages(
                        library::bundles,
                        new BundleUploads(settings.home().resolve("bundles"), library::bundles, clock),
                        settings.maxBundleBytes())
                .routes(pages);
        PeerPages.add(pages, storage, library.sync(), library.schedule(), library.review(), clock, facts);
    }

    private void addSettingsPages(PageRoutes pages) {
        new SettingsPages(
                        new StoredSettings(storage, library.editableSettings(), library.auditTrail()),
                        new PictureUploads(new PictureFiles(library.files(), storage.formerAddresses())),
                        library.notifications(),
                        settings.maxUploadBytes())
                .routes(pages);
    }
}
