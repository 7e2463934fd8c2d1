package org.librarypeers.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.Deletion;
import org.librarypeers.sync.catalogue.FeedPage;

/**
 * The writing of one bundle. Its memory does not depend on the number of resources, apart from a few hundred bytes for each file and each
 * entry. What it writes is within the limits of a reader with the same limits.
 */
final class BundleWriter {

    private static final int PAGE = 200;

    private final BundleDocuments documents;
    private final BundleLimits limits;
    private final Clock clock;
    private final BundleRequest request;
    private final BundleContents contents;
    private final PartTargets targets;
    private final int chunkLines;
    private final PeerHost home;
    private final List<WrittenBundle.Part> written = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final List<CarriedFile> files = new ArrayList<>();
    private final int chunkBytes;
    private PartWriter part;
    private int inChunk;

    /** The feed position after the last line that was read, selected or not. */
    private long position;

    private long partAfter;
    private long partResources;
    private long partDeletions;
    private @Nullable Instant oldest;
    private @Nullable Instant newest;

    BundleWriter(
            BundleDocuments documents,
            BundleLimits limits,
            Clock clock,
            BundleRequest request,
            BundleContents contents,
            PartTargets targets,
            int chunkLines)
            throws IOException {
        this.documents = documents;
        this.limits = limits;
        this.clock = clock;
        this.request = request;
        this.contents = contents;
        this.targets = targets;
        this.chunkLines = chunkLines;
        this.chunkBytes = BundleLimits.CHUNK / 8;
        this.home = home(request);
        this.position = request.after();
        this.partAfter = request.after();
        this.part = new PartWriter(targets.target(1));
    }

    /**
     * A line of the bundle before it is written.
     *
     * @param position its feed position
     * @param at when the resource was changed or deleted
     * @param document returns the document
     * @param files returns the files that are carried with it
     * @param deletion whether it is a deletion
     */
    private record Line(
            long position,
            Instant at,
            Supplier<byte[]> document,
            Supplier<List<CarriedFile>> files,
            boolean deletion) {}

    /** Returns the address of the library. One without a public address is named by its key, below a domain that never exists. */
    private static PeerHost home(BundleRequest request) {
        return request.home() != null
                ? request.home()
                : PeerHost.of(
                        "https://" + request.key().publicKey().fingerprint().replace("-", "") + ".invalid");
    }

    WrittenBundle write() throws IOException {
        try {
            FeedPage page;
            do {
                page = contents.feed(position, PAGE);
                for (Line line : lines(page)) {
                    add(line);
                    position = line.position();
                }
                position = page.position();
            } while (!page.last());
            finish(true);
        } finally {
            part.close();
        }
        return new WrittenBundle(written, unreadable);
    }

    /** Returns the selected lines of a page, ordered by feed position. */
    private List<Line> lines(FeedPage page) {
        Stream<Line> resources =
                page.changes().stream().filter(contents::isSelected).map(this::line);
        Stream<Line> deletions =
                page.deletions().stream().filter(contents::isSelected).map(this::line);
        return Stream.concat(resources, deletions)
                .sorted(Comparator.comparingLong(Line::position))
                .toList();
    }

    private Line line(CatalogueEntry entry) {
        return new Line(
                entry.position(),
                entry.resource().updated(),
                () -> documents.write(entry, home.toString()),
                () -> contents.files(entry),
                false);
    }

    private Line line(Deletion deletion) {
        return new Line(deletion.position(), deletion.at(), () -> documents.write(deletion), List::of, true);
    }

    private void add(Line line) throws IOException {
        byte[] document = line.document().get();
        List<CarriedFile> carried = line.files().get();
        long more = document.length + 1 + size(carried);
        if (hasContent() && isFull(more, carried.size())) {
            finish(false);
            part = new PartWriter(targets.target(written.size() + 1));
        }
        requireReadable(document, more, carried.size());
        if (inChunk >= chunkLines || lines.size() + document.length >= chunkBytes) {
            flush();
        }
        lines.writeBytes(document);
        lines.write('\n');
        files.addAll(carried);
        inChunk++;
        if (line.deletion()) {
            partDeletions++;
        } else {
            partResources++;
        }
        Instant at = line.at();
        oldest = oldest == null || at.isBefore(oldest) ? at : oldest;
        newest = newest == null || at.isAfter(newest) ? at : newest;
    }

    private static long size(List<CarriedFile> files) {
        return files.stream().mapToLong(CarriedFile::size).sum();
    }

    private boolean isFull(long more, int moreFiles) {
        return request.partSize() > 0
                && (waiting() + part.size() + more > request.partSize() || !isReadable(more, moreFiles));
    }

    private boolean isReadable(long more, int moreFiles) {
        return part.takes(waiting() + more, files.size() + moreFiles, limits);
    }

    /** Throws if a reader would refuse the part with these further bytes. */
    private void requireReadable(byte[] document, long more, int moreFiles) {
        if (document.length >= BundleLimits.CHUNK) {
            throw Archive.tooLarge(
                    "a resource has " + document.length + " bytes; at most " + BundleLimits.CHUNK + " are read");
        }
        if (!isReadable(more, moreFiles)) {
            String most = limits.bytes() + " bytes and " + limits.entries() + " entries";
            throw new BundleException(
                    BundleException.Problem.TOO_LARGE,
                    request.partSize() > 0
                            ? "the files of one resource need more than the " + most
                                    + " that are read of a part; write the" + " bundle without files"
                            : "the bundle would have more than the " + most + " that are read of one file; write it in"
                                    + " parts (--part-size), or with less in it (--since, --only)",
                    null);
        }
    }

    private long waiting() {
        return lines.size() + size(files);
    }

    private boolean hasContent() {
        return !part.isEmpty() || inChunk > 0;
    }

    /** Writes the waiting lines and their files. */
    private void flush() throws IOException {
        if (inChunk == 0) {
            return;
        }
        part.addResources(lines.toByteArray(), position, limits);
        lines.reset();
        inChunk = 0;
        for (CarriedFile file : files) {
            try {
                part.addFile(file);
            } catch (java.nio.file.NoSuchFileException e) {
                unreadable.add(file.address());
            }
        }
        files.clear();
    }

    private void finish(boolean last) throws IOException {
        flush();
        part.addIndex();
        BundleManifest manifest = new BundleManifest(
                request.library(),
                request.name(),
                home,
                request.key().publicKey(),
                clock.instant(),
                partAfter,
                position,
                oldest,
                newest,
                request.selection(),
                written.size() + 1,
                last,
                partResources,
                partDeletions,
                part.files(),
                part.entries());
        byte[] json = ManifestJson.write(manifest);
        long size = part.finish(json, Signing.sign(request.key(), json));
        written.add(new WrittenBundle.Part(targets.file(manifest.part()), size, manifest));
        partAfter = position;
        partResources = 0;
        partDeletions = 0;
        oldest = null;
        newest = null;
    }
}
