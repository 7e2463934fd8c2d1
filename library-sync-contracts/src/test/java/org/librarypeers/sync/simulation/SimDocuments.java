package org.librarypeers.sync.simulation;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.librarypeers.bundle.BundleDocuments;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.Deletion;

/**
 * The documents in the bundles of a world. A document is the number of what was written, which the world keeps as it was then. Versions
 * and cursors are those of {@link SimClient}, so that a library may be read both ways.
 */
final class SimDocuments implements BundleDocuments {

    private final World world;
    private final List<Document> written = new ArrayList<>();

    SimDocuments(World world) {
        this.world = world;
    }

    @Override
    public byte[] write(CatalogueEntry entry, String home) {
        SimLibrary sender = Objects.requireNonNull(world.library(PeerHost.of(home)));
        return write(new Document.Listed(sender.sent(entry)));
    }

    @Override
    public byte[] write(Deletion deletion) {
        return write(new Document.Deleted(deletion.guid(), deletion.at().toString()));
    }

    private byte[] write(Document document) {
        written.add(document);
        return Integer.toString(written.size() - 1).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Document read(byte[] document, String home, String place) {
        return written.get(Integer.parseInt(new String(document, StandardCharsets.UTF_8)));
    }

    @Override
    public Cursor cursor(long position, @Nullable String upTo) {
        return new Cursor(Long.toString(position), null);
    }

    @Override
    public long position(@Nullable Cursor cursor) {
        return cursor == null ? -1 : Long.parseLong(cursor.token());
    }

    @Override
    public boolean isOlder(String version, String than) {
        try {
            return Instant.parse(version).isBefore(Instant.parse(than));
        } catch (DateTimeException e) {
            // The digests of a peer had a wrong version.
            return false;
        }
    }
}
