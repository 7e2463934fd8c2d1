package org.librarypeers.app.bundles;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.bundle.BundleDocuments;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.Sha256;
import org.librarypeers.http.HttpPeerClient;
import org.librarypeers.http.wire.InvalidDocumentException;
import org.librarypeers.http.wire.OrbJson;
import org.librarypeers.http.wire.OrbTime;
import org.librarypeers.http.wire.ResourceDocument;
import org.librarypeers.http.wire.Site;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.Deletion;
import org.librarypeers.sync.peer.ChangePage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The documents of bundles, in the form of the full feed, as the HTTP adapter writes and reads it.
 *
 * @param library the id of this library, which is added to the routes
 * @param languages the languages of this library, the default one first
 */
record WireDocuments(LibraryId library, List<String> languages) implements BundleDocuments {

    private static final JsonMapper COMPACT = JsonMapper.builder().build();
    private static final int SHORT_DIGEST = 12;

    @Override
    public byte[] write(CatalogueEntry entry, String home) {
        return COMPACT.writeValueAsBytes(ResourceDocument.full(entry, new Site(home, languages), library));
    }

    @Override
    public byte[] write(Deletion deletion) {
        return COMPACT.writeValueAsBytes(ResourceDocument.deletion(deletion));
    }

    @Override
    public Document read(byte[] document, String home, String place) {
        try {
            JsonNode json = OrbJson.read(document);
            ChangePage.Item item = HttpPeerClient.listedItem(json, home);
            Guid guid = item.guid();
            return guid != null && json.path("status").asString("").equals(ResourceDocument.DELETED)
                    ? new Document.Deleted(guid, item.version())
                    : new Document.Listed(item);
        } catch (InvalidDocumentException e) {
            String digest = Sha256.hex(document);
            return new Document.Listed(ChangePage.Item.unreadableRow(
                    "with the digest " + digest.substring(0, SHORT_DIGEST),
                    digest,
                    place + " of the bundle cannot be read: " + e.getMessage()));
        }
    }

    @Override
    public Cursor cursor(long position, @Nullable String upTo) {
        return HttpPeerClient.cursorAt(position, upTo);
    }

    @Override
    public long position(@Nullable Cursor cursor) {
        return HttpPeerClient.feedPosition(cursor).orElse(-1);
    }

    /** Compares the update dates, which a library never moves back for a resource. */
    @Override
    public boolean isOlder(String version, String than) {
        Optional<LocalDateTime> one = OrbTime.read(version);
        Optional<LocalDateTime> other = OrbTime.read(than);
        return one.isPresent() && other.isPresent() && one.get().isBefore(other.get());
    }
}
