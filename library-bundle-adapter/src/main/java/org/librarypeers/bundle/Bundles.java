package org.librarypeers.bundle;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import org.librarypeers.sync.bundles.SigningKey;

/**
 * The entry point of this adapter: writes bundles and opens them. A bundle is a ZIP archive with resources in the form of the full feed,
 * files if wanted, and a manifest that is signed with the Ed25519 key of the library. Thread-safe.
 */
public final class Bundles {

    /** The number of resources and deletions of an entry: {@value}. An entry is a page for the reader, and what it saves in one transaction. */
    public static final int DEFAULT_CHUNK = 200;

    private final BundleDocuments documents;
    private final BundleLimits limits;
    private final Clock clock;
    private final int chunk;

    private Bundles(BundleDocuments documents, BundleLimits limits, Clock clock, int chunk) {
        this.documents = documents;
        this.limits = limits;
        this.clock = clock;
        this.chunk = chunk;
    }

    /** Creates an entry point with this form of the resources and these limits for what is read. */
    public Bundles(BundleDocuments documents, BundleLimits limits, Clock clock) {
        this(documents, limits, clock, DEFAULT_CHUNK);
    }

    /** Returns an entry point that writes entries of this number of resources. */
    public Bundles withChunk(int resources) {
        return new Bundles(documents, limits, clock, resources);
    }

    /** Generates a key pair. */
    public SigningKey newKey() {
        return Signing.generate(clock.instant());
    }

    /**
     * Writes a bundle. Its files get their names only when they are complete.
     *
     * @param target the path; if parts are wanted, each has its number before the extension
     * @throws BundleException if the bundle would exceed the limits, which readers have as well; write it in parts then
     * @throws IOException if a file cannot be read or written; parts that were complete before stay
     */
    public WrittenBundle write(Path target, BundleRequest request, BundleContents contents) throws IOException {
        return write(request, contents, PartTargets.files(target.toAbsolutePath(), request.partSize() > 0));
    }

    /**
     * Writes a bundle in one part to a stream, which is not closed. If this method throws, what was written is not a bundle.
     *
     * @param name the name of the file, for the result
     * @throws BundleException if the bundle would exceed the limits
     * @throws IOException if a file cannot be read, or the stream cannot be written
     * @throws IllegalArgumentException if parts are requested
     */
    public WrittenBundle write(OutputStream out, Path name, BundleRequest request, BundleContents contents)
            throws IOException {
        if (request.partSize() > 0) {
            throw new IllegalArgumentException("a stream has only one part");
        }
        return write(request, contents, PartTargets.stream(out, name));
    }

    private WrittenBundle write(BundleRequest request, BundleContents contents, PartTargets targets)
            throws IOException {
        return new BundleWriter(documents, limits, clock, request, contents, targets, chunk).write();
    }

    /**
     * Opens a bundle, and verifies all of it without saving anything. Close the result.
     *
     * @throws BundleException if the file is not an intact bundle, or exceeds a limit
     * @throws IOException if the file cannot be read
     */
    public OpenedBundle open(Path file) throws IOException {
        return OpenedBundle.open(file, documents, limits);
    }

    /**
     * Returns what a bundle says about itself. Only this is verified, so that it is fast: use it to show a bundle that {@link #open}
     * has verified before.
     *
     * @throws BundleException if the file is not a bundle, or the signature does not fit
     * @throws IOException if the file cannot be read
     */
    public BundleManifest manifest(Path file) throws IOException {
        return OpenedBundle.manifest(file, limits);
    }
}
