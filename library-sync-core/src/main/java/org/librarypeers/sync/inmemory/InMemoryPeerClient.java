package org.librarypeers.sync.inmemory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.Deletion;
import org.librarypeers.sync.catalogue.FeedPage;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Completeness;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.peer.PeerCheck;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerSession;
import org.librarypeers.sync.peer.RangeSummary;

/**
 * A client that reads libraries in the same process directly from their storage, as if they were peers on the network.
 */
public final class InMemoryPeerClient implements PeerClient {

    private static final int PAGE = 500;

    private final Map<PeerHost, LibraryStorage> libraries = new ConcurrentHashMap<>();
    private final int pageSize;

    /** Creates a client that is connected to no library. */
    public InMemoryPeerClient() {
        this(PAGE);
    }

    /**
     * Creates a client that is connected to no library.
     *
     * @param pageSize the number of resources per page
     */
    InMemoryPeerClient(int pageSize) {
        this.pageSize = pageSize;
    }

    /** Connects a library to a host. From now on, the library answers requests to that host. */
    public void connect(PeerHost host, LibraryStorage library) {
        libraries.put(host, library);
    }

    /** Disconnects the library from a host. From now on, requests to that host fail. */
    public void disconnect(PeerHost host) {
        libraries.remove(host);
    }

    @Override
    public PeerSession open(Peer peer) {
        peer.noRequestsReason().ifPresent(reason -> {
            throw new IllegalArgumentException("no request can be sent to peer " + peer + ": " + reason);
        });
        return new Session(peer);
    }

    @Override
    public boolean summarizes(Peer peer, Cursor cursor) {
        return true;
    }

    @Override
    public PeerCheck check(Peer peer) {
        peer.withActive(true).noRequestsReason().ifPresent(reason -> {
            throw new IllegalArgumentException("no request can be sent to peer " + peer + ": " + reason);
        });
        long approved = library(peer).resources().counts().getOrDefault(Status.APPROVED, 0L);
        return new PeerCheck((int) approved, (int) Math.max(1, (approved + pageSize - 1) / pageSize), true);
    }

    private LibraryStorage library(Peer peer) {
        LibraryStorage library = peer.host().map(libraries::get).orElse(null);
        if (library == null) {
            throw new PeerException(
                    PeerTrouble.UNREACHABLE, "no library is connected at " + peer.address() + "; connect one", null);
        }
        return library;
    }

    private final class Session implements PeerSession {
        private final Peer peer;
        private int requests;
        private volatile boolean stopped;

        Session(Peer peer) {
            this.peer = peer;
        }

        private LibraryStorage asked() {
            if (stopped) {
                throw new PeerException(
                        PeerTrouble.STOPPED,
                        peer.address() + " received no further requests because this run was stopped",
                        null);
            }
            requests++;
            return library(peer);
        }

        @Override
        public ChangePage changes(@Nullable Cursor after) {
            long position = after == null ? 0 : Long.parseLong(after.token());
            FeedPage page = asked().catalogue().feed(position, pageSize);
            List<CatalogueEntry> entries = page.changes();
            Cursor next = page.position() == position
                    ? after
                    : new Cursor(
                            Long.toString(page.position()),
                            entries.isEmpty()
                                    ? after == null ? null : after.upTo()
                                    : entries.get(entries.size() - 1)
                                            .resource()
                                            .updated()
                                            .toString());
            return new ChangePage(
                    entries.stream().map(this::item).toList(),
                    page.deletions().stream().map(Deletion::guid).collect(Collectors.toSet()),
                    next,
                    page.last(),
                    -1,
                    new Completeness.Complete(),
                    List.of());
        }

        private ChangePage.Item item(CatalogueEntry entry) {
            return new ChangePage.Item(
                    Long.toString(entry.id()),
                    entry.resource().guid(),
                    version(entry.resource().updated()),
                    new Fetched.Body(incoming(entry)));
        }

        /** Returns the version token for an update date, which changes with everything that is served of the resource. */
        private static String version(Instant updated) {
            return updated.toString();
        }

        @Override
        public Optional<List<RangeSummary>> summaries(List<GuidRange> ranges, int parts) {
            Catalogue catalogue = asked().catalogue();
            return Optional.of(ranges.stream()
                    .map(range -> catalogue.summary(range, parts, Session::version))
                    .toList());
        }

        @Override
        public void fetch(List<ChangePage.Item> items, BiConsumer<ChangePage.Item, Fetched> answers) {
            for (ChangePage.Item item : items) {
                answers.accept(item, item.body() != null ? item.body() : fetch(item.remoteId()));
            }
        }

        private Fetched fetch(String remoteId) {
            return asked().catalogue()
                    .find(Long.parseLong(remoteId))
                    .filter(entry -> entry.resource().status() == Status.APPROVED)
                    .<Fetched>map(entry -> new Fetched.Body(incoming(entry)))
                    .orElseGet(Fetched.Gone::new);
        }

        private IncomingResource incoming(CatalogueEntry entry) {
            return IncomingResource.from(entry.resource(), library(peer).id());
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

        @Override
        public void close() {
            // There is nothing to close.
        }
    }
}
