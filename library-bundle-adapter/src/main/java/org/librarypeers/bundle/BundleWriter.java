package org.librarypeers.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.sync.catalogue.CatalogueEntry;

/**
 * The writing of one bundle. Its memory does not depend on the number of resources, apart from a few hundred bytes for each file and each
 * entry.
 */
final class BundleWriter {

    private static final int PAGE = 200;

    private final BundleDocuments documents;
    private final Clock clock;
    private final BundleRequest request;
    private final BundleContents contents;
    private final Path target;
    private final int chunkResources;
    private final PeerHost home;
    private final List<WrittenBundle.Part> written = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final List<CarriedFile> files = new ArrayList<>();
    private final int chunkBytes;
    private int inChunk;

    /** The feed position after the last resource that was read, selected or not. */
    private long position;

    private long partAfter;
    private long partResources;
    private @Nullable Instant oldest;
    private @Nullable Instant newest;

    BundleWriter(
            BundleDocuments documents,
            Clock clock,
            BundleRequest request,
            BundleContents contents,
            Path target,
            int chunkResources) {
        this.documents = documents;
        this.clock = clock;
        this.request = request;
        this.contents = contents;
        this.target = target;
        this.chunkResources = chunkResources;
        this.chunkBytes = BundleLimits.CHUNK / 8;
        this.home = home(request);
        this.position = request.after();
        this.partAfter = request.after();
    }

    /** Returns the address of the library. One without a public address is named by its key, below a domain that never exists. */
    private static PeerHost home(BundleRequest request) {
        return request.home() != null
                ? request.home()
                : PeerHost.of(
                        "https://" + request.key().publicKey().fingerprint().replace("-", "") + ".invalid");
    }

    WrittenBundle write() throws IOException {
        PartWriter part = new PartWriter(path(1));
        try {
            List<CatalogueEntry> page;
            do {
                page = contents.changes(position, PAGE);
                for (CatalogueEntry entry : page) {
                    part = add(part, entry);
                    position = entry.position();
                }
            } while (page.size() == PAGE);
            finish(part, true);
        } finally {
            part.close();
        }
        return new WrittenBundle(written, unreadable);
    }

    private PartWriter add(PartWriter part, CatalogueEntry entry) throws IOException {
        if (!contents.isSelected(entry)) {
            return part;
        }
        byte[] document = documents.write(entry, home.toString());
        List<CarriedFile> carried = contents.files(entry);
        long more = document.length
                + 1
                + carried.stream().mapToLong(CarriedFile::size).sum();
        PartWriter now = part;
        if (request.partSize() > 0 && waiting() + part.size() + more > request.partSize() && hasContent(part)) {
            now = next(part);
        } else if (inChunk >= chunkResources || lines.size() + document.length >= chunkBytes) {
            flush(part);
        }
        lines.writeBytes(document);
        lines.write('\n');
        files.addAll(carried);
        inChunk++;
        partResources++;
        Instant updated = entry.resource().updated();
        oldest = oldest == null || updated.isBefore(oldest) ? updated : oldest;
        newest = newest == null || updated.isAfter(newest) ? updated : newest;
        return now;
    }

    private long waiting() {
        return lines.size() + files.stream().mapToLong(CarriedFile::size).sum();
    }

    private boolean hasContent(PartWriter part) {
        return !part.isEmpty() || inChunk > 0;
    }

    private PartWriter next(PartWriter part) throws IOException {
        finish(part, false);
        return new PartWriter(path(written.size() + 1));
    }

    /** Writes the waiting resources and their files. */
    private void flush(PartWriter part) throws IOException {
        if (inChunk == 0) {
            return;
        }
        part.addResources(lines.toByteArray(), lines.size(), position);
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

    private void finish(PartWriter part, boolean last) throws IOException {
        flush(part);
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
                part.files(),
                part.entries());
        byte[] json = ManifestJson.write(manifest);
        Path file = path(manifest.part());
        long size = part.finish(json, Signing.sign(request.key(), json));
        written.add(new WrittenBundle.Part(file, size, manifest));
        partAfter = position;
        partResources = 0;
        oldest = null;
        newest = null;
    }

    /** Returns the path of a part: that of the target, with the number before the extension if there may be several. */
    private Path path(int number) {
        if (request.partSize() == 0) {
            return target;
        }
        String name = target.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot <= 0 ? name : name.substring(0, dot);
        String extension = dot <= 0 ? "" : name.substring(dot);
        return target.resolveSibling(String.format(Locale.ROOT, "%s-%03d%s", stem, number, extension));
    }
}
