package org.librarypeers.sync.contract;

import static org.librarypeers.sync.contract.Fetching.fetch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Completeness;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.peer.PeerSession;

/**
 * The results of one session that read a peer from a cursor to the last page.
 *
 * @param versions the listed versions
 * @param contents the fetched contents
 * @param deleted the GUIDs of the deletions
 * @param cursor the cursor after the last page
 * @param completeness the completeness as of the last page
 * @param pages the number of pages
 * @param total the total as of the first page
 */
record PeerHarvest(
        Map<Guid, String> versions,
        Map<Guid, ResourceContent> contents,
        Set<Guid> deleted,
        @Nullable Cursor cursor,
        @Nullable Completeness completeness,
        int pages,
        int total) {

    static PeerHarvest of(PeerClient client, Peer peer, @Nullable Cursor from) {
        Map<Guid, String> versions = new HashMap<>();
        Map<Guid, ResourceContent> contents = new HashMap<>();
        Set<Guid> deleted = new HashSet<>();
        try (PeerSession session = client.open(peer)) {
            ChangePage page = session.changes(from);
            int total = page.total();
            for (int pages = 1; ; pages++) {
                deleted.addAll(page.deleted());
                page.items().forEach(item -> versions.put(item.guid(), item.version()));
                fetchInto(contents, session, page.items());
                if (page.last()) {
                    return new PeerHarvest(versions, contents, deleted, page.next(), page.completeness(), pages, total);
                }
                page = session.changes(page.next());
            }
        }
    }

    /** Fetches the bodies of items, and adds their contents. */
    static void fetchInto(Map<Guid, ResourceContent> contents, PeerSession session, List<ChangePage.Item> items) {
        for (Fetched fetched : fetch(session, items)) {
            IncomingResource incoming = ((Fetched.Body) fetched).resource();
            contents.put(incoming.guid(), incoming.content());
        }
    }
}
