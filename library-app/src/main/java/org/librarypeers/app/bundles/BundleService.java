package org.librarypeers.app.bundles;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.audit.AuditTrail;
import org.librarypeers.app.audit.AuditTrail.Note;
import org.librarypeers.bundle.BundleException;
import org.librarypeers.bundle.BundleLimits;
import org.librarypeers.bundle.BundleManifest;
import org.librarypeers.bundle.BundleRequest;
import org.librarypeers.bundle.Bundles;
import org.librarypeers.bundle.OpenedBundle;
import org.librarypeers.bundle.WrittenBundle;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerAccess;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.TrustedKey;
import org.librarypeers.sync.PeerBusyException;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.bundles.SigningKey;
import org.librarypeers.sync.files.FileStore;
import org.librarypeers.sync.library.LibraryStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes bundles of this library, and reads those of others with the same rules as a sync. Thread-safe. */
public final class BundleService {

    private static final Logger LOG = LoggerFactory.getLogger(BundleService.class);

    static final PeerId UNSAVED = new PeerId(Long.MAX_VALUE);

    private final LibraryStorage storage;
    private final BundleFiles files;
    private final SyncListener listener;
    private final Clock clock;
    private final AuditTrail trail;
    private final Bundles bundles;
    private final String name;
    private final @Nullable PeerHost home;

    /**
     * Creates the service of a library.
     *
     * @param listener receives the events of the runs that read bundles
     * @param name the name of the library
     * @param address the public address of the library; null if it has none
     * @param languages the languages of the library, the default one first
     */
    public BundleService(
            LibraryStorage storage,
            FileStore files,
            SyncListener listener,
            Clock clock,
            String name,
            @Nullable URI address,
            List<String> languages) {
        this.storage = storage;
        this.files = new BundleFiles(files);
        this.listener = listener;
        this.clock = clock;
        this.trail = new AuditTrail(storage, clock);
        this.bundles = new Bundles(new WireDocuments(storage.id(), languages), BundleLimits.DEFAULTS, clock);
        this.name = name;
        this.home =
                address == null ? null : PeerHost.ofAddress(address.toString()).orElse(null);
    }

    /** Returns the key with which this library signs. Generates it at the first call. */
    public SigningKey key() {
        return storage.signingKey().find().orElseGet(() -> storage.signingKey().saveFirst(bundles.newKey()));
    }

    /**
     * Writes a bundle.
     *
     * @throws BundleException if the bundle would be too large for its readers; write it in parts then
     * @throws IOException if a file cannot be read or written
     */
    public WrittenBundle write(Path target, BundleOrder order) throws IOException {
        return recorded(bundles.write(target, request(order), new OrderedContents(storage, files, order)));
    }

    /**
     * Writes a bundle to a stream, which is not closed.
     *
     * @param name the name of the file, for the audit log
     * @throws BundleException if the bundle would be too large for its readers
     * @throws IOException if a file cannot be read, or the stream cannot be written
     */
    public WrittenBundle write(OutputStream out, String name, BundleOrder order) throws IOException {
        return recorded(bundles.write(out, Path.of(name), request(order), new OrderedContents(storage, files, order)));
    }

    private BundleRequest request(BundleOrder order) {
        return new BundleRequest(storage.id(), name, home, key(), order.after(), order.selection(), order.partSize());
    }

    private WrittenBundle recorded(WrittenBundle written) {
        trail.recordNow(new Note(
                AuditAction.BUNDLE_WRITTEN,
                AuditTrail.subject(written.parts().get(0).file()),
                Map.of("resources", Long.toString(written.resources()))));
        return written;
    }

    /**
     * Opens a bundle, and verifies all of it without saving anything. Close the result.
     *
     * @throws BundleException if the file is not an intact bundle, or exceeds a limit
     * @throws IOException if the file cannot be read
     */
    public OpenedBundle open(Path file) throws IOException {
        return bundles.open(file);
    }

    /**
     * Returns the manifest of a bundle, without verifying the rest of the bundle.
     *
     * @throws BundleException if the file is not a bundle
     * @throws IOException if the file cannot be read
     */
    public BundleManifest manifest(Path file) throws IOException {
        return bundles.manifest(file);
    }

    /**
     * Returns the peer to which a bundle belongs. It is the one with the key, or else the one at the address that the bundle names, or
     * else a new one.
     */
    public BundleSender sender(BundleManifest manifest) {
        Optional<Peer> withKey = storage.peers().findByBundleKey(manifest.key());
        if (withKey.isPresent()) {
            boolean confirmed = withKey.get()
                    .access()
                    .trustedKey()
                    .filter(TrustedKey::confirmed)
                    .isPresent();
            return confirmed
                    ? new BundleSender(withKey.get(), BundleSender.Trust.CONFIRMED)
                    : new BundleSender(trusting(withKey.get(), manifest), BundleSender.Trust.UNKNOWN);
        }
        Optional<Peer> atHome = storage.peers().findByHost(manifest.home());
        if (atHome.isEmpty()) {
            return new BundleSender(added(manifest), BundleSender.Trust.UNKNOWN);
        }
        boolean hasOther =
                atHome.get().access().trustedKey().filter(TrustedKey::confirmed).isPresent();
        return new BundleSender(
                trusting(atHome.get(), manifest), hasOther ? BundleSender.Trust.OTHER_KEY : BundleSender.Trust.UNKNOWN);
    }

    private static Peer trusting(Peer peer, BundleManifest manifest) {
        TrustedKey key = TrustedKey.confirmed(manifest.key());
        return peer.withAccess(peer.access()
                .match(
                        orb -> new PeerAccess.Orb(orb.host(), orb.user(), orb.key(), key),
                        bundle -> new PeerAccess.Bundle(key, bundle.home()),
                        oai -> oai));
    }

    private static Peer added(BundleManifest manifest) {
        String name = manifest.name().strip();
        int length = name.offsetByCodePoints(0, Math.min(Peer.MAX_NAME / 2, name.codePointCount(0, name.length())));
        return Peer.builder()
                .id(UNSAVED)
                .name(name.substring(0, length).replaceAll("\\p{Cntrl}", " "))
                .access(new PeerAccess.Bundle(TrustedKey.confirmed(manifest.key()), manifest.home()))
                .build();
    }

    /** Records that an administrator has compared the fingerprint of the sender's key. Returns the saved peer. */
    public Peer confirm(BundleSender sender) {
        Peer peer = sender.peer().id().equals(UNSAVED)
                ? sender.peer().toBuilder().id(storage.peers().nextId()).build()
                : sender.peer();
        storage.peers().save(peer);
        return peer;
    }

    /**
     * The result of reading a bundle.
     *
     * @param report the report of the run
     * @param files the number of new files that are kept here
     */
    public record Read(SyncReport report, int files) {}

    /**
     * Reads a bundle as a run of its peer. Files are kept after the run has succeeded.
     *
     * @param peer the saved peer, whose key is confirmed
     * @param progress receives the events of the run
     * @throws IllegalArgumentException if the peer is inactive, or its key is not confirmed
     * @throws PeerBusyException if another run is syncing the peer
     * @throws IOException if the files cannot be kept
     */
    public Read read(OpenedBundle bundle, Peer peer, SyncListener progress) throws IOException {
        rememberDeletions(bundle, peer);
        try (SyncService sync = sync(bundle)) {
            SyncReport report = sync.sync(peer, scope(bundle, peer), progress);
            trail.recordNow(new Note(
                    AuditAction.BUNDLE_READ,
                    AuditTrail.subject(peer),
                    Map.of("key", bundle.manifest().key().fingerprint())));
            // Last, because the resources are saved even if a file cannot be kept.
            int kept = report.succeeded() ? files.keep(bundle) : 0;
            return new Read(report, kept);
        }
    }

    /** Remembers the deletions before the run, so that a crash cannot separate them. They are true whatever becomes of the run. */
    private void rememberDeletions(OpenedBundle bundle, Peer peer) {
        try {
            bundle.rememberDeletions(peer, storage.harvest().cursor(peer.id()).orElse(null), storage.earlyDeletions());
        } catch (BundleException | IOException e) {
            LOG.warn("The deletions of a bundle of peer {} could not be read; its run reports why", peer, e);
        }
    }

    /** Reads a bundle without saving anything. The peer need not be saved. */
    public SyncReport preview(OpenedBundle bundle, Peer peer, SyncListener progress) {
        try (SyncService sync = sync(bundle)) {
            return sync.preview(peer, scope(bundle, peer), progress);
        }
    }

    private SyncService sync(OpenedBundle bundle) {
        return SyncService.builder()
                .storage(storage)
                .client(bundle.client(storage.harvest(), storage.earlyDeletions()))
                .clock(clock)
                .listener(listener)
                .build();
    }

    /** A complete bundle shows what the library withdrew, unless something newer was read before. */
    private SyncScope scope(OpenedBundle bundle, Peer peer) {
        return bundle.isCurrent(storage.harvest().cursor(peer.id()).orElse(null))
                ? SyncScope.EVERYTHING
                : SyncScope.CHANGES;
    }
}
