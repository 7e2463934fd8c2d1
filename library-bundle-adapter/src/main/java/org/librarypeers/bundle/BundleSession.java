package org.librarypeers.bundle;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.sync.bundles.EarlyDeletionRepository;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Completeness;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerSession;
import org.librarypeers.sync.storage.HarvestRepository;

/**
 * A session with a bundle. Each entry with resources is a page.
 *
 * <p>All resources and deletions are listed, even those that the cursor has passed, because a bundle may bring what was skipped before. The
 * exception is a bundle that ends before the cursor: a resource that is not offered now may have been deleted since, and nobody would say
 * so again. The same holds for single resources whose deletion another bundle carried, which was read too early. The cursor moves if
 * nothing between it and the end of the bundle can be missing, and never back, whatever a run reads.
 */
final class BundleSession implements PeerSession {

    private final OpenedBundle bundle;
    private final BundleManifest manifest;
    private final BundleDocuments documents;
    private final Peer peer;
    private final HarvestRepository harvest;
    private final NewerState newer;
    private final List<BundleManifest.Entry> chunks;

    /** The hashes of the remote ids that were listed with a body, in no order. */
    private long[] listed = new long[1_000];

    private int listedCount;
    private boolean sorted;
    private int next;
    private int requests;
    private int passed;
    private int deletedSince;

    /** The cursor before this session. */
    private @Nullable Cursor readBefore;

    private final Set<Guid> told = new HashSet<>();
    private volatile boolean stopped;

    BundleSession(OpenedBundle bundle, Peer peer, HarvestRepository harvest, EarlyDeletionRepository early) {
        this.bundle = bundle;
        this.manifest = bundle.manifest();
        this.documents = bundle.documents();
        this.peer = peer;
        this.harvest = harvest;
        this.newer = new NewerState(peer.id(), harvest, early, documents);
        this.chunks = bundle.chunks();
    }

    @Override
    public ChangePage changes(@Nullable Cursor after) {
        requireRunning();
        if (next == 0) {
            readBefore = harvest.cursor(peer.id()).orElse(null);
        }
        requests++;
        // A run that reads the whole list begins without a cursor.
        Cursor from = after == null ? readBefore : after;
        long position = documents.position(from);
        boolean moves = manifest.continues(position);
        Chunk chunk = next < chunks.size() ? read(chunks.get(next)) : Chunk.EMPTY;
        List<ChangePage.Item> items = newer.withoutOutdated(offered(chunk.items(), position));
        items.stream().filter(item -> item.body() != null).forEach(item -> list(item.remoteId()));
        boolean last = next >= chunks.size() - 1;
        long upTo = last ? manifest.upTo() : chunks.get(next).upTo();
        next++;
        items.forEach(item -> Optional.ofNullable(item.guid()).ifPresent(told::add));
        // What the cursor has passed was decided on before.
        Set<Guid> deleted = upTo <= position ? Set.of() : newer.withoutRestored(chunk.deletions());
        told.addAll(deleted);
        return new ChangePage(
                items,
                deleted,
                moves ? moved(from, position, upTo, items) : unmoved(from, last),
                last,
                (int) Math.min(Integer.MAX_VALUE, manifest.resources()),
                completeness(last),
                last ? remarks(moves) : List.of());
    }

    /**
     * Returns the items without those that may have been deleted after the bundle was written: those that the peer is not known to offer,
     * of all items if the bundle ends before the cursor, otherwise of those whose deletion came too early.
     */
    private List<ChangePage.Item> offered(List<ChangePage.Item> items, long position) {
        if (manifest.upTo() < position) {
            List<ChangePage.Item> offered = newer.offered(items);
            passed += items.size() - offered.size();
            return offered;
        }
        List<ChangePage.Item> remaining = newer.withoutDeletedSince(items, manifest.upTo());
        deletedSince += items.size() - remaining.size();
        return remaining;
    }

    /** Returns whether absence from the bundle means anything: it is complete, and nothing newer was read before. */
    private Completeness completeness(boolean last) {
        return bundle.isCurrent(readBefore) && !(last && newer.hasNewer(told, manifest.newest()))
                ? new Completeness.Complete()
                : new Completeness.Unknown(
                        manifest.isComplete()
                                ? "the bundle is older than what was read of this peer before"
                                : "the bundle does not have all resources of the library");
    }

    private @Nullable Cursor moved(@Nullable Cursor after, long position, long upTo, List<ChangePage.Item> items) {
        if (upTo <= position || (upTo == 0 && chunks.isEmpty())) {
            return after;
        }
        String newest = items.isEmpty()
                ? after == null ? null : after.upTo()
                : items.get(items.size() - 1).version();
        return documents.cursor(upTo, newest);
    }

    /** Returns the same cursor. Before the first one, only a last page may have none. */
    private @Nullable Cursor unmoved(@Nullable Cursor after, boolean last) {
        return after == null && !last ? documents.cursor(0, null) : after;
    }

    private List<String> remarks(boolean moves) {
        List<String> remarks = new ArrayList<>();
        if (passed > 0) {
            remarks.add(Count.of(passed, "resource") + " of the bundle " + (passed == 1 ? "was" : "were")
                    + " not taken, because this peer was read further and offers " + (passed == 1 ? "it" : "them")
                    + " no longer, as far as is known");
        }
        if (deletedSince > 0) {
            remarks.add(Count.of(deletedSince, "resource") + " of the bundle " + (deletedSince == 1 ? "was" : "were")
                    + " not taken, because a bundle that was read before says that "
                    + (deletedSince == 1 ? "it was" : "they were")
                    + " deleted since");
        }
        if (!moves) {
            remarks.add(gap());
        }
        return remarks;
    }

    private String gap() {
        return manifest.isGapless()
                ? "the bundle begins after feed position " + manifest.after()
                        + ", up to which this peer was not read yet; read the bundles before it, and then this one again"
                : "the bundle has only a part of the resources (" + manifest.selection()
                        + "), so later bundles and syncs do not continue after it";
    }

    /**
     * An entry that was read. No resource is both listed and deleted: the later line counts.
     *
     * @param items the resources, in their order
     * @param deletions the deleted resources, with the times
     */
    private record Chunk(List<ChangePage.Item> items, Map<Guid, String> deletions) {

        static final Chunk EMPTY = new Chunk(List.of(), Map.of());
    }

    private Chunk read(BundleManifest.Entry entry) {
        Chunk chunk = new Chunk(new ArrayList<>(), new HashMap<>());
        try {
            bundle.read(entry, document -> add(chunk, document));
        } catch (IOException e) {
            throw new PeerException(
                    PeerTrouble.UNREACHABLE, "the bundle cannot be read: " + e.getMessage() + "; copy it again", e);
        } catch (BundleException e) {
            throw new PeerException(PeerTrouble.UNREADABLE, String.valueOf(e.getMessage()), e);
        }
        chunk.items().removeIf(item -> item.guid() != null && chunk.deletions().containsKey(item.guid()));
        return chunk;
    }

    private void add(Chunk chunk, BundleDocuments.Document document) {
        if (document instanceof BundleDocuments.Document.Deleted deleted) {
            chunk.deletions().put(deleted.guid(), deleted.at());
        } else if (document instanceof BundleDocuments.Document.Listed listed) {
            chunk.deletions().remove(listed.item().guid());
            chunk.items().add(listed.item());
        }
    }

    private void list(String remoteId) {
        if (listedCount == listed.length) {
            listed = Arrays.copyOf(listed, listed.length * 2);
        }
        listed[listedCount++] = hash(remoteId);
        sorted = false;
    }

    /** Returns a hash of 64 bits. Two ids with the same one cost a look into the bundle. */
    private static long hash(String remoteId) {
        long hash = 1_125_899_906_842_597L;
        for (int i = 0; i < remoteId.length(); i++) {
            hash = 31 * hash + remoteId.charAt(i);
        }
        return hash;
    }

    @Override
    public boolean canFetch(ChangePage.Item item) {
        if (!sorted) {
            Arrays.sort(listed, 0, listedCount);
            sorted = true;
        }
        return item.body() != null || Arrays.binarySearch(listed, 0, listedCount, hash(item.remoteId())) >= 0;
    }

    @Override
    public void fetch(List<ChangePage.Item> items, BiConsumer<ChangePage.Item, Fetched> answers) {
        requireRunning();
        Map<String, Fetched> found = new HashMap<>();
        Map<String, String> wanted = new HashMap<>();
        items.stream().filter(item -> item.body() == null).forEach(item -> {
            found.put(item.remoteId(), new Fetched.Gone());
            wanted.put(item.remoteId(), item.version());
        });
        if (!found.isEmpty()) {
            for (BundleManifest.Entry chunk : chunks) {
                requireRunning();
                requests++;
                newer.withoutOutdated(read(chunk).items()).stream()
                        .filter(item -> found.containsKey(item.remoteId()))
                        .forEach(item -> found.put(
                                item.remoteId(),
                                newer.answer(item, Objects.requireNonNull(wanted.get(item.remoteId())))));
            }
        }
        for (ChangePage.Item item : items) {
            requireRunning();
            Fetched body = item.body();
            answers.accept(item, body != null ? body : Objects.requireNonNull(found.get(item.remoteId())));
        }
    }

    private void requireRunning() {
        if (stopped) {
            throw new PeerException(
                    PeerTrouble.STOPPED, "the bundle was not read further because this run was stopped", null);
        }
    }

    @Override
    public int requests() {
        return requests;
    }

    @Override
    public Optional<Duration> timeFor(int more) {
        return Optional.empty();
    }

    @Override
    public void stop() {
        stopped = true;
    }

    /** Leaves the bundle open, because it belongs to the caller of the client. */
    @Override
    public void close() {
        stopped = true;
    }
}
