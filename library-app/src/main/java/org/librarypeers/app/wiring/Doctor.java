package org.librarypeers.app.wiring;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.librarypeers.app.backup.BackupSettings;
import org.librarypeers.app.config.EditableSettings;
import org.librarypeers.app.config.FileStoreKind;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Peer;
import org.librarypeers.http.RequestListener;
import org.librarypeers.persistence.JpaStorage;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.peer.PeerCheck;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.scheduler.SyncScheduler;
import org.librarypeers.sync.storage.StorageException;

/**
 * An examination of an installation: its files, its database and its peers. It changes nothing, except that it writes a
 * small object to an object store and deletes it again. An embedded database that is not running runs during the examination.
 */
public final class Doctor {

    private static final long MIB = 1_024L * 1_024;
    private static final long LITTLE_SPACE = 1_024 * MIB;
    private static final long TOO_LITTLE_SPACE = 64 * MIB;

    /** The time after which a sync that is due is late. Before that, it may wait for other peers. */
    private static final Duration LATE = Duration.ofMinutes(30);

    private final LibrarySettings settings;
    private final Consumer<Finding> report;
    private final Clock clock;
    private boolean failed;

    private Doctor(LibrarySettings settings, Consumer<Finding> report, Clock clock) {
        this.settings = settings;
        this.report = report;
        this.clock = clock;
    }

    /** The severity of a finding. */
    public enum Level {
        /** All is well. */
        OK,
        /** The library works, but something should be done. */
        WARNING,
        /** The library does not work, or not completely. */
        FAILURE
    }

    /**
     * A finding.
     *
     * @param part what was examined, for example {@code disk}
     * @param text what was found, and for a warning or failure what to do
     */
    public record Finding(Level level, String part, String text) {}

    /**
     * Examines an installation.
     *
     * @param askPeers whether to send a request to each peer
     * @param report receives each finding as soon as it is known
     * @return whether there was no failure
     */
    public static boolean examine(LibrarySettings settings, boolean askPeers, Consumer<Finding> report, Clock clock) {
        Doctor doctor = new Doctor(settings, report, clock);
        doctor.locale();
        doctor.clock();
        if (doctor.home()) {
            doctor.disk();
            doctor.add(FilesDiagnosis.of(settings, clock));
            doctor.backups();
            doctor.add(MailDiagnosis.of(settings, clock));
            doctor.library(askPeers);
        }
        return !doctor.failed;
    }

    private void ok(String part, String text) {
        report.accept(new Finding(Level.OK, part, text));
    }

    private void warn(String part, String text) {
        report.accept(new Finding(Level.WARNING, part, text));
    }

    private void fail(String part, String text) {
        failed = true;
        report.accept(new Finding(Level.FAILURE, part, text));
    }

    private void add(List<Finding> findings) {
        for (Finding finding : findings) {
            failed |= finding.level() == Level.FAILURE;
            report.accept(finding);
        }
    }

    private void locale() {
        String names = System.getProperty("sun.jnu.encoding", "unknown");
        if (names.equalsIgnoreCase(StandardCharsets.UTF_8.name())) {
            ok("locale", "UTF-8");
        } else {
            warn(
                    "locale",
                    "the encoding of file names is " + names + ", not UTF-8 (texts: " + Charset.defaultCharset()
                            + "); start the program with the script 'library', or set LC_ALL=C.UTF-8");
        }
    }

    private void clock() {
        Instant now = clock.instant();
        Instant built = Program.builtAfter();
        if (now.isBefore(built)) {
            fail("clock", "the clock shows " + now + ", but this program was made after " + built + "; set the clock");
        } else {
            ok("clock", now.toString());
        }
    }

    private boolean home() {
        Path home = settings.home();
        if (!Files.isDirectory(home)) {
            fail(
                    "home",
                    home
                            + " is not a directory; choose another with --home or LIBRARY_HOME, or create a library with serve");
            return false;
        }
        if (!Files.isWritable(home)) {
            fail(
                    "home",
                    home + " is not writable by " + System.getProperty("user.name")
                            + "; run the program as its owner, or change its rights");
            return false;
        }
        ok("home", home.toString());
        return true;
    }

    private void disk() {
        try {
            long free = Files.getFileStore(settings.home()).getUsableSpace();
            String text = String.format(Locale.ROOT, "%,d MiB are free", free / MIB)
                    + (settings.fileStore() == FileStoreKind.S3
                            ? " in the home; uploaded files are in the bucket"
                            : "");
            if (free < TOO_LITTLE_SPACE) {
                fail("disk", text + "; free some space now, because the database stops when nothing is left");
            } else if (free < LITTLE_SPACE) {
                warn("disk", text + "; free some space soon");
            } else {
                ok("disk", text);
            }
        } catch (IOException e) {
            fail("disk", "the free space cannot be read (" + e + "); check the file system");
        }
    }

    private void backups() {
        if (settings.backups().isEmpty()) {
            warn("backup", "no backups are scheduled; set backup.directory, best to another disk");
            return;
        }
        BackupSettings backups = settings.backups().get();
        if (Files.isDirectory(backups.directory()) && Files.isWritable(backups.directory())) {
            ok("backup", "every " + backups.every().toHours() + " h to " + backups.directory());
        } else {
            fail(
                    "backup",
                    backups.directory() + " is not a writable directory; create it, or correct backup.directory");
        }
    }

    private void library(boolean askPeers) {
        try {
            LibraryDatabase.requireExisting(settings);
        } catch (IllegalArgumentException e) {
            fail("database", String.valueOf(e.getMessage()));
            return;
        }
        byte[] secretKey = secretKey();
        if (secretKey.length == 0) {
            return;
        }
        try (LibraryDatabase database = LibraryDatabase.open(settings);
                JpaStorage storage = database.storage(secretKey)) {
            add(List.of(ServerDiagnosis.of(settings.database(), storage, clock)));
            if (settings.database().server() != null) {
                add(ConnectionDiagnosis.of(settings.database().server(), storage));
            }
            if (!storage.isNew() && !storage.maintenance().isKeyCurrent()) {
                fail(
                        "secret key",
                        "the database belongs to another secret key; restore the key of this library from a backup");
                return;
            }
            storage.check();
            schema(storage);
            add(ReplicaDiagnosis.of(storage));
            LibrarySettings current = settings;
            if (!storage.isOutdated()) {
                Map<String, String> stored = storage.settings().all();
                add(SettingsDiagnosis.of(settings.configuration(), stored));
                current = new LibrarySettings(EditableSettings.merged(settings.configuration(), stored));
                add(MailDiagnosis.of(storage.outbox(), clock));
                add(List.of(PictureDiagnosis.of(
                        storage.pictures(), settings.pictures().fetch())));
                search(storage);
                bundles(storage);
            }
            try (PeerClients client = PeerConnections.clients(current, clock, RequestListener.NONE)) {
                schedule(storage, client);
                if (askPeers) {
                    peers(storage, client);
                }
            }
        } catch (StorageException e) {
            fail("database", String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            fail("database", "a statement failed (" + e.getMessage() + ")");
        } catch (IllegalArgumentException | IllegalStateException e) {
            fail("database", String.valueOf(e.getMessage()));
        }
    }

    /** Returns the secret key, or an empty array if it cannot be used. */
    private byte[] secretKey() {
        try {
            byte[] key = SecretKey.find(settings.secretKey(), settings.home()).orElse(new byte[0]);
            if (key.length == 0) {
                fail(
                        "secret key",
                        "secret.key is missing in " + settings.home()
                                + "; restore it from a backup, because the stored API keys cannot be read without it");
            } else if (settings.secretKey() == null
                    && isReadableByOthers(settings.home().resolve("secret.key"))) {
                warn("secret key", "secret.key can be read by other users of this machine; run chmod 600 on it");
            } else {
                ok("secret key", settings.secretKey() == null ? "secret.key" : "from the settings");
            }
            return key;
        } catch (IOException | IllegalArgumentException e) {
            fail("secret key", e.getMessage() + "; restore it from a backup");
            return new byte[0];
        }
    }

    private static boolean isReadableByOthers(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return false;
        }
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
        return rights.contains(PosixFilePermission.GROUP_READ) || rights.contains(PosixFilePermission.OTHERS_READ);
    }

    private void schema(JpaStorage storage) {
        if (storage.isOutdated()) {
            warn(
                    "schema",
                    "the tables are those of an earlier version; the next start of serve upgrades them. Make a backup before");
        } else {
            ok("schema", "current");
        }
    }

    private void search(JpaStorage storage) {
        if (storage.catalogue().correctsWords()) {
            ok("search", "misspelled words are corrected");
        } else {
            warn(
                    "search",
                    "misspelled words are not corrected, because the database does not have the extension pg_trgm, or this"
                            + " user may not use its schema; as the administrator of the database, run: CREATE EXTENSION"
                            + " pg_trgm");
        }
    }

    private void schedule(JpaStorage storage, PeerClients client) {
        long automatic = storage.peers().all().stream()
                .filter(peer -> peer.takesRequests() && peer.syncsAutomatically())
                .count();
        if (automatic == 0) {
            ok("schedule", "no peer is synced automatically");
            return;
        }
        try (SyncService sync = SyncService.builder()
                        .storage(storage)
                        .client(client)
                        .clock(clock)
                        .build();
                SyncScheduler scheduler = SyncScheduler.builder(storage.connections(), sync, storage)
                        .clock(clock)
                        .build()) {
            String peers = Count.of(automatic, "peer") + " on the schedule; ";
            Optional<Instant> next = scheduler.next().values().stream().min(Comparator.naturalOrder());
            if (next.isEmpty()) {
                ok("schedule", peers + "serve plans the first sync");
            } else if (next.get().plus(LATE).isBefore(clock.instant())) {
                warn(
                        "schedule",
                        peers + "a sync has been due since " + next.get()
                                + "; start serve, without --no-schedule, or look into its log");
            } else {
                ok("schedule", peers + "the next sync is due at " + next.get());
            }
        }
    }

    private void bundles(JpaStorage storage) {
        ok(
                "bundles",
                storage.signingKey()
                        .find()
                        .map(key -> "this library signs with the key "
                                + key.publicKey().fingerprint())
                        .orElse("no bundle was written yet"));
    }

    private void peers(JpaStorage storage, PeerClients client) {
        List<Peer> peers = storage.peers().all();
        if (peers.isEmpty()) {
            ok("peers", "none yet; add one with add_peer");
        }
        peers.forEach(peer -> peer(client, peer));
    }

    private void peer(PeerClients client, Peer peer) {
        String part = "peer " + peer.id();
        String name = peer.name() + " at " + peer.address();
        if (!peer.takesRequests()) {
            ok(part, name + " is not synced: " + peer.noRequestsReason().orElse(""));
            return;
        }
        try {
            PeerCheck check = client.check(peer);
            ok(part, name + (check.approved() < 0 ? "" : ": " + Count.of(check.approved(), "resource")));
        } catch (PeerException e) {
            fail(part, name + ": " + e.getMessage());
        }
    }
}
