package org.librarypeers.app.wiring;

import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.accounts.AccountService;
import org.librarypeers.app.accounts.FirstAdministrator;
import org.librarypeers.app.accounts.SignIns;
import org.librarypeers.app.audit.AuditTrail;
import org.librarypeers.app.audit.AuditedStorage;
import org.librarypeers.app.audit.CurrentActor;
import org.librarypeers.app.backup.Backups;
import org.librarypeers.app.backup.ScheduledBackups;
import org.librarypeers.app.bundles.BundleService;
import org.librarypeers.app.config.EditableSettings;
import org.librarypeers.app.content.Authoring;
import org.librarypeers.app.content.ResourceExport;
import org.librarypeers.app.content.ResourceImport;
import org.librarypeers.app.files.ManagedFiles;
import org.librarypeers.app.links.LinkJobs;
import org.librarypeers.app.links.LinkProbe;
import org.librarypeers.app.monitoring.FigureReader;
import org.librarypeers.app.monitoring.LibraryEvents;
import org.librarypeers.app.monitoring.Metrics;
import org.librarypeers.app.monitoring.RunLines;
import org.librarypeers.app.move.SiteImport;
import org.librarypeers.app.notifications.NotificationSettings;
import org.librarypeers.app.notifications.Notifications;
import org.librarypeers.app.outgoing.OutgoingRoute;
import org.librarypeers.app.pictures.PictureFetcher;
import org.librarypeers.app.pictures.PictureFiles;
import org.librarypeers.app.pictures.PictureJobs;
import org.librarypeers.app.pictures.PictureSettings;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.embeddedpostgres.EmbeddedPostgres;
import org.librarypeers.persistence.JpaStorage;
import org.librarypeers.persistence.ReplicaState;
import org.librarypeers.sync.Provenance;
import org.librarypeers.sync.ReviewService;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.curation.CurationService;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.scheduler.SyncScheduler;
import org.librarypeers.sync.storage.StorageException;

/** A library with all its services, wired by hand. The components that are closed last are declared first. */
public final class Library implements AutoCloseable {

    private final LibrarySettings settings;
    private final EditableSettings editable;
    private final LibraryDatabase database;
    private final JpaStorage storage;
    private final AuditTrail auditTrail;
    private final LibraryStorage audited;
    private final LibraryEvents events = new LibraryEvents();
    private final PeerClients clients;
    private final Clock clock = Clock.systemUTC();
    private final SyncService sync;
    private final SyncScheduler schedule;
    private final ReviewService review;
    private final Provenance provenance;
    private final CurationService curation;
    private final AccountService accounts;
    private final FirstAdministrator firstAdministrator;
    private final Authoring authoring;
    private final SignIns signIns;
    private final ManagedFiles files;
    private final @Nullable ScheduledBackups backups;
    private final Notifications notifications;

    Library(LibrarySettings settings, LibraryDatabase database, JpaStorage storage, byte[] secretKey) {
        this.settings = settings;
        this.database = database;
        this.storage = storage;
        this.editable = new EditableSettings(
                settings.configuration(), () -> storage.settings().all());
        // First, because it fails if the settings are incomplete.
        this.files = FileStores.inUse(settings, clock);
        this.auditTrail = new AuditTrail(storage, clock);
        this.audited = new AuditedStorage(storage, auditTrail);
        events.add(new RunLines(
                peer -> storage.peers()
                        .findIncludingRemoved(peer)
                        .map(Peer::toString)
                        .orElse("[" + peer + "]"),
                clock));
        this.clients = PeerConnections.clients(settings, this::contact, clock, events);
        this.sync = SyncService.builder()
                .storage(audited)
                .client(clients)
                .clock(clock)
                .listener(events)
                .build();
        this.schedule = SyncScheduler.builder(storage.connections(), sync, audited)
                .clock(clock)
                .interval(() -> settings().schedule().interval())
                .startTimes(settings.schedule().windows()::earliest)
                .concurrentRuns(settings.schedule().concurrent())
                .carrier(CurrentActor::carried)
                .speedUp(Integer.getInteger("library.schedule.haste", 1))
                .build();
        this.review = new ReviewService(audited, clock);
        this.provenance = new Provenance(audited, clock);
        this.curation = new CurationService(audited, audited.curation(), clock);
        this.accounts = new AccountService(audited, settings.passwordCost(), clock);
        this.firstAdministrator = new FirstAdministrator(accounts, storage.id(), secretKey);
        this.authoring = new Authoring(audited, clock);
        this.signIns = new SignIns(
                accounts,
                audited,
                clock,
                secretKey,
                refusal -> events.signInRefused(
                        refusal instanceof SignIns.SignInResult.Later
                                ? LibraryEvents.Refusal.TOO_MANY
                                : LibraryEvents.Refusal.WRONG));
        this.backups = settings.backups()
                .map(each -> new ScheduledBackups(
                        new Backups(storage.maintenance(), files, secretKey, clock), each, storage.id()))
                .orElse(null);
        this.notifications = new Notifications(
                NotificationSettings.from(
                        settings.configuration(), () -> editable.current().configuration()),
                storage,
                accounts,
                clients.http(),
                settings.home(),
                clock,
                new MessageEvents(events));
        var unused = events.add(new LibraryEvents.Listener() {
            @Override
            public boolean savesWithEnd(SyncLog run, @Nullable SyncStatus before) {
                return notifications.reports(run, before);
            }

            @Override
            public void ending(SyncLog run) {
                notifications.ended(run);
            }
        });
    }

    /**
     * Opens the library that the settings describe, and creates it if it does not exist. Uses the embedded PostgreSQL if
     * they name no server.
     *
     * @throws RuntimeException if that is not possible; the message is one line that says why and what to do
     */
    public static Library open(LibrarySettings settings) {
        return LibraryOpening.creating(settings, DatabaseWait.NONE).open(LibraryDatabase.open(settings));
    }

    /**
     * Opens the library as {@link #open(LibrarySettings)} does, but waits up to two minutes for a database server that cannot
     * be reached yet, for example because the machine is just starting.
     *
     * @param cancelled returns whether to stop waiting
     */
    public static Library openWhenReachable(LibrarySettings settings, BooleanSupplier cancelled) {
        return LibraryOpening.creating(settings, DatabaseWait.until(cancelled)).open(LibraryDatabase.open(settings));
    }

    /**
     * Opens the library as {@link #open(LibrarySettings)} does, but never creates one. If there is no library yet, nothing is
     * changed.
     *
     * @throws IllegalArgumentException if there is no library
     * @throws RuntimeException if it cannot be opened; the message is one line that says why and what to do
     */
    public static Library openExisting(LibrarySettings settings) {
        LibraryDatabase.requireExisting(settings);
        return LibraryOpening.existing(settings).open(LibraryDatabase.open(settings));
    }

    /**
     * Opens the library as {@link #open(LibrarySettings)} does, on a database of an embedded PostgreSQL, which the caller
     * closes. Creates the database if it is missing.
     */
    public static Library open(LibrarySettings settings, EmbeddedPostgres shared, String database) {
        return LibraryOpening.creating(settings, DatabaseWait.NONE)
                .open(LibraryDatabase.open(settings, shared, database));
    }

    /** Returns the settings in force, with what administrators have changed on the pages. */
    public LibrarySettings settings() {
        return new LibrarySettings(editable.current().configuration(), settings.passwordCost());
    }

    /** Returns the settings that administrators change on the pages. */
    public EditableSettings editableSettings() {
        return editable;
    }

    private Optional<String> contact() {
        return Optional.ofNullable(settings().contact());
    }

    /** Returns the storage, which records what a person changes in the audit log. */
    public LibraryStorage storage() {
        return audited;
    }

    /** Returns the writer of the audit log. */
    public AuditTrail auditTrail() {
        return auditTrail;
    }

    /** Returns the events of this library, to which listeners can be added. */
    public LibraryEvents events() {
        return events;
    }

    /** Returns new metrics of this library. They count the events from now on; the caller closes them. */
    public Metrics metrics() {
        return new Metrics(
                Program.facts(),
                peer -> storage.peers().find(peer).map(Peer::address).orElse(peer.toString()),
                new FigureReader(
                        storage,
                        schedule,
                        clients.http()::quotaLeft,
                        storage::pool,
                        storage::replica,
                        settings.home(),
                        clock));
    }

    /** Returns how many requests a peer accepts within the hour, as this process learned; empty if that is unknown. */
    public OptionalInt requestsLeft(Peer peer) {
        return clients.http().quotaLeft(peer);
    }

    /** Returns the service that writes and reads bundles. */
    public BundleService bundles() {
        return new BundleService(
                audited,
                files,
                events,
                clock,
                settings().name(),
                settings.listen().baseUrl(),
                settings().languages());
    }

    /** Returns the service that syncs peers. */
    public SyncService sync() {
        return sync;
    }

    /** Returns the scheduler, which syncs peers in the background, and automatically once it is started. */
    public SyncScheduler schedule() {
        return schedule;
    }

    /** Returns the service for reviews. */
    public ReviewService review() {
        return review;
    }

    /** Returns the service that explains why resources have their present content. */
    public Provenance provenance() {
        return provenance;
    }

    /** Returns the service for accounts. */
    public AccountService accounts() {
        return accounts;
    }

    /** Returns the service that creates the first account. */
    public FirstAdministrator firstAdministrator() {
        return firstAdministrator;
    }

    /** Returns the service for adding and changing resources. */
    public Authoring authoring() {
        return authoring;
    }

    /** Returns a new import of resources into this library. */
    public ResourceImport resourceImport() {
        return new ResourceImport(audited, settings().languages(), clock);
    }

    /** Returns the import of an existing site into this library, which must be empty. */
    public SiteImport siteImport() {
        return new SiteImport(storage, accounts, files, clock);
    }

    /** Returns a new export of the resources of this library. */
    public ResourceExport resourceExport() {
        return new ResourceExport(
                storage.catalogue(), storage.links(), () -> settings().languages());
    }

    /** Returns the service that changes the vocabulary. */
    public CurationService curation() {
        return curation;
    }

    /** Returns the store of uploaded files. */
    public ManagedFiles files() {
        return files;
    }

    /** Returns new jobs that fetch pictures. The caller starts and closes them. */
    public PictureJobs pictureJobs() {
        PictureSettings pictures = settings.pictures();
        PictureFetcher fetcher = new PictureFetcher(
                new OutgoingRoute(settings.outgoing()),
                clients.http().tls(),
                () -> Program.userAgent(contact().orElse(null)),
                pictures.maxBytes());
        return new PictureJobs(
                storage.pictures(), fetcher, new PictureFiles(files, storage.formerAddresses()), pictures, clock);
    }

    /** Returns new jobs that check links. The caller starts and closes them. */
    public LinkJobs linkJobs() {
        LinkProbe probe = new LinkProbe(
                new OutgoingRoute(settings.outgoing()),
                clients.http().tls(),
                () -> Program.userAgent(contact().orElse(null)),
                clock);
        return new LinkJobs(storage.links(), probe, settings.links(), clock);
    }

    /** Returns the job that makes scheduled backups, or an empty {@code Optional} if none are configured. */
    public Optional<ScheduledBackups> backups() {
        return Optional.ofNullable(backups);
    }

    /** Returns the notifications. */
    public Notifications notifications() {
        return notifications;
    }

    /** Returns the service for sign-ins of browsers. */
    public SignIns signIns() {
        return signIns;
    }

    /** Returns the clock. */
    public Clock clock() {
        return clock;
    }

    /**
     * Checks that the library is operational.
     *
     * @throws StorageException if the database cannot be used
     */
    public void check() {
        storage.check();
    }

    /**
     * Returns whether the embedded server runs. Empty if the library uses a database server or a shared embedded
     * PostgreSQL.
     */
    public Optional<Boolean> isEmbeddedServerRunning() {
        return database.isEmbeddedServerRunning();
    }

    /** Returns the state of the read replica as of the last check. Empty for a library without a replica. */
    public Optional<ReplicaState> replica() {
        return storage.replica();
    }

    /**
     * Restarts the embedded database if it ends, until this library is closed. Does nothing if the library uses a
     * database server or a shared embedded PostgreSQL.
     *
     * @param lost called once, with the reason, if the database cannot be restarted
     */
    public void keepDatabaseRunning(Consumer<String> lost) {
        database.keepRunning(lost);
    }

    @Override
    public void close() {
        backups().ifPresent(ScheduledBackups::close);
        notifications.close();
        schedule.close();
        sync.close();
        clients.close();
        files.close();
        storage.close();
        database.close();
    }
}
