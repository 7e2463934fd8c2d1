package org.librarypeers.sync.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.FeedPage;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Completeness;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.peer.PeerCheck;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerSession;
import org.librarypeers.sync.peer.PeerThrottledException;
import org.librarypeers.sync.peer.RangeDigest;
import org.librarypeers.sync.peer.RangeSummary;
import org.librarypeers.sync.peer.Shortfall;

/**
 * A peer client with the worst link that the port allows: small pages, older items repeated in another order, and
 * failing calls. Other work happens while it waits for an answer.
 */
final class SimClient implements PeerClient {

    private final World world;
    private final SimLibrary reader;
    private final Random random;
    private final Fault fault;
    private final Runnable meanwhile;
    private final Runnable stall;
    private final int pageSize;
    private final Set<Guid> leftOut = new HashSet<>();
    private final Heard heard = new Heard();
    private final Set<Guid> notThere = new HashSet<>();
    private final boolean digests;
    private boolean sentUnreadableRow;
    private boolean hasCompared;
    private boolean hasReadWhole;
    private Consumer<Guid> whenNotThere = guid -> {};
    private int expected;
    private int received;
    private int calls;

    /**
     * Creates the client of one run.
     *
     * @param reader the library that reads the peer
     * @param meanwhile the work that happens during each request
     * @param stall the work that happens while the process stands still
     * @param pageSize the page size for all peers, or 0 for a random one
     */
    SimClient(
            World world,
            SimLibrary reader,
            Random random,
            Fault fault,
            Runnable meanwhile,
            Runnable stall,
            int pageSize) {
        this.world = world;
        this.reader = reader;
        this.random = random;
        this.fault = fault;
        this.meanwhile = meanwhile;
        this.stall = stall;
        this.pageSize = pageSize;
        this.digests = random.nextBoolean();
    }

    /** Returns whether this run compared digests and did not read the whole list. */
    boolean hasOnlyCompared() {
        return hasCompared && !hasReadWhole;
    }

    /** Returns the resources that were absent when they were fetched in this run. */
    Set<Guid> notThere() {
        return notThere;
    }

    /** Returns the shortfall of the list in this run, or null if the list was complete. */
    @Nullable
    Shortfall shortfall() {
        return leftOut.isEmpty() ? null : new Shortfall(expected, received);
    }

    /** Returns the resources that the peer offers but left out of the list. */
    Set<Guid> leftOut() {
        return leftOut;
    }

    /** Returns what the peer listed and said to be deleted in this run. */
    Heard heard() {
        return heard;
    }

    /** Reports each resource that was absent when it was fetched, once, before the run decides on it. */
    SimClient reportingAbsent(Consumer<Guid> listener) {
        whenNotThere = listener;
        return this;
    }

    /** Returns whether a row of the list was unreadable. */
    boolean sentUnreadableRow() {
        return sentUnreadableRow;
    }

    @Override
    public PeerSession open(Peer peer) {
        int size = pageSize > 0 ? pageSize : random.nextInt(3) == 0 ? 100 : 1 + random.nextInt(4);
        SimSite site = world.site(peer.host().orElseThrow());
        return site != null ? new SiteSession(peer, site, size) : new FullSession(peer, size);
    }

    @Override
    public boolean summarizes(Peer peer, Cursor cursor) {
        return digests && world.site(peer.host().orElseThrow()) == null;
    }

    @Override
    public PeerCheck check(Peer peer) {
        throw new UnsupportedOperationException("nobody here looks before they sync");
    }

    private abstract class Session implements PeerSession {
        final Peer peer;
        final int pageSize;
        private int requests;

        Session(Peer peer, int pageSize) {
            this.peer = peer;
            this.pageSize = pageSize;
        }

        /** Returns whether the peer has lost everything by this call. */
        boolean forgets() {
            return fault.kind() == Fault.Kind.PEER_FORGETS && calls > fault.at();
        }

        /** Returns the page as the peer sends it, without some of its rows if the fault of the run is a short list. */
        ChangePage sent(ChangePage page) {
            List<ChangePage.Item> items = new ArrayList<>(page.items());
            Set<Guid> gone = new TreeSet<>(page.deleted());
            if (fault.kind() == Fault.Kind.PEER_SHORTENS && calls > fault.at() && !items.isEmpty()) {
                expected += items.size();
                int missing = 1 + random.nextInt(items.size());
                for (int i = 0; i < missing; i++) {
                    leftOut.add(items.remove(random.nextInt(items.size())).guid());
                }
                received += items.size();
                // Rows of deletions may be missing too.
                if (!gone.isEmpty() && random.nextBoolean()) {
                    leftOut.addAll(gone);
                    gone.clear();
                }
            }
            sentUnreadableRow |= items.stream().anyMatch(ChangePage.Item::isUnreadableRow);
            ChangePage sent = leftOut.isEmpty()
                    ? page
                    : new ChangePage(
                            items,
                            gone,
                            page.next(),
                            page.last(),
                            page.total(),
                            new Shortfall(expected, received),
                            List.of());
            heard.hear(sent);
            return sent;
        }

        /** Counts a request, and returns whether the fault of the run happens at it. */
        boolean ask() {
            requests++;
            meanwhile.run();
            boolean now = calls++ == fault.at();
            if (world.isDown(peer.host().orElseThrow()) || (now && fault.kind() == Fault.Kind.PEER_FAILS)) {
                throw new PeerException(PeerTrouble.UNREACHABLE, "nobody answers at " + peer.address(), null);
            }
            if (now && fault.kind() == Fault.Kind.PEER_THROTTLES) {
                throw new PeerThrottledException(world.now().plusSeconds(3_600), "asked too much");
            }
            if (now && fault.kind() == Fault.Kind.STALL) {
                stall.run();
            }
            return now;
        }

        @Override
        public void fetch(List<ChangePage.Item> items, BiConsumer<ChangePage.Item, Fetched> answers) {
            for (ChangePage.Item item : items) {
                if (item.body() != null) {
                    answers.accept(item, item.body());
                } else {
                    boolean now = ask();
                    Fetched answer =
                            now && fault.kind() == Fault.Kind.PEER_MISLAYS ? mislaid(item) : detail(item.remoteId());
                    if (answer instanceof Fetched.Gone && item.guid() != null && notThere.add(item.guid())) {
                        whenNotThere.accept(item.guid());
                    }
                    answers.accept(item, answer);
                }
            }
        }

        /** Answers that the item is absent, but only once per item. Later answers are unreadable. */
        private Fetched mislaid(ChangePage.Item item) {
            if (!world.mislaid.add(peer.address() + " " + item.remoteId())) {
                return new Fetched.Unreadable("502");
            }
            SimSite site = world.site(peer.host().orElseThrow());
            if (site != null) {
                site.rows.stream().filter(row -> row.hasId(item.remoteId())).forEach(row -> row.timesGone++);
            }
            return new Fetched.Gone();
        }

        abstract Fetched detail(String remoteId);

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
            // Each world is played in one thread.
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }

    private final class SiteSession extends Session {
        private final SimSite site;
        private final SimSite.Reading reading = new SimSite.Reading();

        SiteSession(Peer peer, SimSite site, int pageSize) {
            super(peer, pageSize);
            this.site = site;
        }

        @Override
        public ChangePage changes(@Nullable Cursor after) {
            ask();
            if (forgets()) {
                return new ChangePage(List.of(), after, true, 0);
            }
            return sent(site.page(after, reading, world.now(), pageSize, random));
        }

        @Override
        Fetched detail(String remoteId) {
            return site.detail(remoteId);
        }
    }

    /** A session with the full feed of another simulated library. */
    private final class FullSession extends Session {

        FullSession(Peer peer, int pageSize) {
            super(peer, pageSize);
        }

        private SimLibrary server() {
            SimLibrary server = world.library(peer.host().orElseThrow());
            if (server == null) {
                throw new PeerException(PeerTrouble.UNREACHABLE, "there is no " + peer.address(), null);
            }
            return server;
        }

        @Override
        public ChangePage changes(@Nullable Cursor after) {
            ask();
            hasReadWhole |= after == null;
            if (forgets()) {
                return new ChangePage(List.of(), after, true, 0);
            }
            long position = after == null ? 0 : Long.parseLong(after.token());
            FeedPage feed = server().storage.catalogue().feed(position, pageSize);
            List<CatalogueEntry> entries = feed.changes();
            List<ChangePage.Item> items =
                    new ArrayList<>(entries.stream().map(server()::sent).toList());
            if (random.nextInt(4) == 0) {
                // Repeats older entries at random places in the page.
                List<CatalogueEntry> older = server().storage.catalogue().changes(0, 3);
                older.forEach(entry -> items.add(random.nextInt(items.size() + 1), server().sent(entry)));
            }
            Set<Guid> gone = deletions(feed);
            items.stream().map(ChangePage.Item::guid).filter(Objects::nonNull).forEach(gone::remove);
            Cursor next = feed.position() == position ? after : new Cursor(Long.toString(feed.position()), null);
            return sent(new ChangePage(
                    items,
                    gone,
                    next,
                    feed.last(),
                    random.nextBoolean() ? -1 : 7,
                    new Completeness.Complete(),
                    List.of()));
        }

        /** Returns the deletions of a page. Some links repeat earlier ones, and some peers say things that are wrong. */
        private Set<Guid> deletions(FeedPage feed) {
            Set<Guid> gone = new TreeSet<>();
            feed.deletions().forEach(deletion -> gone.add(deletion.guid()));
            if (random.nextInt(4) == 0) {
                server().storage.catalogue().feed(0, 5).deletions().forEach(older -> gone.add(older.guid()));
            }
            if (fault.kind() == Fault.Kind.PEER_DELETES && calls > fault.at()) {
                gone.add(World.guid(random));
                reader.resources().stream()
                        .filter(resource -> random.nextInt(6) == 0)
                        .forEach(resource -> gone.add(resource.guid()));
            }
            return gone;
        }

        @Override
        public Optional<List<RangeSummary>> summaries(List<GuidRange> ranges, int parts) {
            ask();
            hasCompared = true;
            List<RangeSummary> summaries = new ArrayList<>();
            for (GuidRange range : ranges) {
                RangeSummary honest = server().storage.catalogue().summary(range, parts, Instant::toString);
                summaries.add(
                        forgets()
                                ? new RangeSummary.Rows(List.of())
                                : fault.kind() == Fault.Kind.PEER_LIES && calls > fault.at()
                                        ? falsified(honest, range)
                                        : honest);
            }
            return Optional.of(summaries);
        }

        /** Returns a summary that lacks rows, has wrong ones, or hides all differences or shows some where there are none. */
        private RangeSummary falsified(RangeSummary honest, GuidRange range) {
            return honest.match(
                    parts -> random.nextBoolean()
                            ? new RangeSummary.Rows(List.of())
                            : new RangeSummary.Parts(List.of(new RangeDigest(range, 3, "falsified"))),
                    rows -> new RangeSummary.Rows(rows.rows().stream()
                            .filter(row -> random.nextInt(3) > 0)
                            .map(row -> random.nextInt(4) > 0
                                    ? row
                                    : new RangeSummary.Row(row.guid(), row.remoteId(), "falsified"))
                            .toList()));
        }

        @Override
        Fetched detail(String remoteId) {
            return server().storage
                    .catalogue()
                    .find(Long.parseLong(remoteId))
                    .filter(entry -> entry.resource().status() == Status.APPROVED)
                    .map(entry -> server().body(entry.resource()))
                    .orElseGet(Fetched.Gone::new);
        }
    }
}
