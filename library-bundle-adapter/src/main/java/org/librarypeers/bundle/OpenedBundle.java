package org.librarypeers.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.librarypeers.bundle.BundleException.Problem;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.TrustedKey;
import org.librarypeers.sync.bundles.EarlyDeletionRepository;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.storage.HarvestRepository;

/**
 * A bundle that is intact: the signature fits its key, and each entry is as it was signed. Whether the key is that of a library that is
 * trusted, the caller decides with {@link BundleManifest#key}. The file must stay in place until {@link #close}.
 */
public final class OpenedBundle implements AutoCloseable {

    private final Archive archive;
    private final BundleManifest manifest;
    private final BundleDocuments documents;

    private OpenedBundle(Archive archive, BundleManifest manifest, BundleDocuments documents) {
        this.archive = archive;
        this.manifest = manifest;
        this.documents = documents;
    }

    static OpenedBundle open(Path file, BundleDocuments documents, BundleLimits limits) throws IOException {
        Archive archive = Archive.open(file, limits);
        try {
            return new OpenedBundle(archive, verified(archive), documents);
        } catch (IOException | RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    static BundleManifest manifest(Path file, BundleLimits limits) throws IOException {
        try (Archive archive = Archive.open(file, limits)) {
            return signed(archive);
        }
    }

    /** Reads the manifest, and verifies its signature. */
    private static BundleManifest signed(Archive archive) throws IOException {
        byte[] json = archive.bytes(Names.MANIFEST);
        byte[] signature = archive.bytes(Names.SIGNATURE);
        BundleManifest manifest = ManifestJson.read(json, archive.count());
        if (signature.length != Signing.BYTES || !Signing.isValid(manifest.key(), json, signature)) {
            throw new BundleException(
                    Problem.BAD_SIGNATURE,
                    "the signature of the bundle does not fit its content; get a new one from its library",
                    null);
        }
        return manifest;
    }

    /** Reads the manifest, and verifies it and all entries, without keeping any. */
    private static BundleManifest verified(Archive archive) throws IOException {
        BundleManifest manifest = signed(archive);
        Set<String> signed = new HashSet<>(Set.of(Names.MANIFEST, Names.SIGNATURE));
        for (BundleManifest.Entry entry : manifest.entries()) {
            if (!signed.add(entry.name())) {
                throw Archive.unexpected("the entry " + entry.name() + " twice in its manifest");
            }
            archive.verify(entry);
        }
        for (String name : archive.names()) {
            if (!signed.contains(name)) {
                throw Archive.unexpected("the entry " + name + ", which its library did not sign");
            }
        }
        return manifest;
    }

    /** Returns what the bundle says about itself. */
    public BundleManifest manifest() {
        return manifest;
    }

    /**
     * Returns a client that reads this bundle, and no other one, as the peer whose confirmed key signed it.
     *
     * @param harvest tells what was accepted from the peer before, so that an older bundle overwrites nothing newer
     * @param early tells what other bundles said to be deleted, so that an older bundle does not bring it
     */
    public PeerClient client(HarvestRepository harvest, EarlyDeletionRepository early) {
        return new BundlePeerClient(this, harvest, early);
    }

    /**
     * Remembers the deletions of this bundle if it does not move the cursor past them, and forgets those that the cursor has passed.
     * Does nothing for a peer whose confirmed key did not sign the bundle.
     *
     * @param readBefore how far the peer was read before; null if it was not
     * @throws IOException if the bundle cannot be read
     */
    public void rememberDeletions(Peer peer, @Nullable Cursor readBefore, EarlyDeletionRepository early)
            throws IOException {
        if (!isSignedBy(peer)) {
            return;
        }
        long position = documents.position(readBefore);
        early.forget(peer.id(), position);
        if (manifest.deletions() == 0 || manifest.continues(position)) {
            return;
        }
        for (BundleManifest.Entry chunk : chunks()) {
            if (chunk.upTo() > position) {
                Set<Guid> deleted = new HashSet<>();
                read(chunk, document -> {
                    if (document instanceof BundleDocuments.Document.Deleted deletion) {
                        deleted.add(deletion.guid());
                    } else if (document instanceof BundleDocuments.Document.Listed listed) {
                        deleted.remove(listed.item().guid());
                    }
                });
                early.remember(peer.id(), deleted, chunk.upTo());
            }
        }
    }

    /** Returns whether the confirmed key of the peer signed the bundle. */
    boolean isSignedBy(Peer peer) {
        return peer.access()
                .trustedKey()
                .filter(TrustedKey::confirmed)
                .filter(trusted -> trusted.key().equals(manifest.key()))
                .isPresent();
    }

    /**
     * Returns whether the bundle has all resources of the library and the peer was not read further, so that absence from it can mean that
     * a resource was withdrawn.
     *
     * @param readBefore how far the peer was read before; null if it was not
     */
    public boolean isCurrent(@Nullable Cursor readBefore) {
        long position = documents.position(readBefore);
        boolean isFurther = readBefore != null && (position < 0 || position > manifest.upTo());
        return manifest.isComplete() && !isFurther;
    }

    BundleDocuments documents() {
        return documents;
    }

    /** Returns the entries with resources, in the order of their feed positions. */
    List<BundleManifest.Entry> chunks() {
        return manifest.entries().stream()
                .filter(BundleManifest.Entry::hasResources)
                .toList();
    }

    /** Calls the consumer with each document of an entry, in their order. */
    void read(BundleManifest.Entry chunk, Consumer<BundleDocuments.Document> each) throws IOException {
        String home = manifest.home().toString();
        int[] lines = {0};
        lines(archive.bytes(chunk), line -> {
            lines[0]++;
            each.accept(documents.read(line, home, chunk.name() + " line " + lines[0]));
        });
    }

    private static void lines(byte[] bytes, Consumer<byte[]> each) {
        int from = 0;
        int lines = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                if (++lines > BundleLimits.LINES) {
                    throw Archive.tooLarge("an entry has more than " + BundleLimits.LINES + " lines");
                }
                each.accept(Arrays.copyOfRange(bytes, from, at));
                from = at + 1;
            }
        }
        if (from < bytes.length) {
            each.accept(Arrays.copyOfRange(bytes, from, bytes.length));
        }
    }

    /**
     * Returns the files that the bundle carries, one for each address.
     *
     * @throws IOException if the bundle cannot be read
     * @throws BundleException if its index names a file that it does not have
     */
    public List<BundleFile> files() throws IOException {
        Map<String, Long> sizes = new HashMap<>();
        BundleManifest.Entry index = null;
        for (BundleManifest.Entry entry : manifest.entries()) {
            sizes.put(entry.name(), entry.size());
            index = entry.name().equals(Names.FILE_INDEX) ? entry : index;
        }
        List<BundleFile> files = new ArrayList<>();
        if (index != null) {
            lines(archive.bytes(index), line -> {
                BundleFile file = ManifestJson.file(line, 0);
                Long size = sizes.get(Names.file(file.sha256()));
                if (size == null) {
                    throw Archive.changed("its index names a file that it does not have", null);
                }
                files.add(new BundleFile(file.address(), file.sha256(), size));
            });
        }
        return files;
    }

    /**
     * Opens a file. What is read must be compared with the size and the digest again, because the archive might have been replaced.
     *
     * @throws IOException if the bundle cannot be read
     */
    public InputStream open(BundleFile file) throws IOException {
        return archive.stream(Names.file(file.sha256()));
    }

    /** Closes the file. Never throws. */
    @Override
    public void close() {
        archive.close();
    }
}
