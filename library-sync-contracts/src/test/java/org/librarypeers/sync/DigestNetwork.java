package org.librarypeers.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.contract.ForwardingSession;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.contract.SettableClock;
import org.librarypeers.sync.inmemory.InMemoryPeerClient;
import org.librarypeers.sync.inmemory.InMemoryStorage;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.peer.PeerCheck;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.peer.PeerSession;
import org.librarypeers.sync.peer.RangeSummary;
import org.librarypeers.sync.storage.HarvestProgress;
import org.librarypeers.sync.storage.PeerLease;

/** A library that reads another one over a link on which digests and lists are counted, and digests can be wrong. */
final class DigestNetwork {

    static final PeerHost HOST = PeerHost.of("https://there.example.org");

    final SettableClock clock = new SettableClock();
    final InMemoryStorage there = new InMemoryStorage();
    final InMemoryStorage here = new InMemoryStorage();
    final Link link = new Link();
    final Peer peer = Samples.peer(here.peers().nextId(), "There", HOST.toString());
    final SyncService service =
            SyncService.builder().storage(here).client(link).clock(clock).build();

    DigestNetwork() {
        here.peers().save(peer);
        link.client.connect(HOST, there);
    }

    /** Publishes resources there. */
    List<Guid> publish(int count) {
        List<Resource> resources = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            resources.add(Samples.local("Resource " + i).approve(clock.instant()));
        }
        there.resources().save(resources);
        return resources.stream().map(Resource::guid).sorted().toList();
    }

    /** Changes a resource there. */
    void change(Guid guid) {
        clock.tick();
        there.resources()
                .save(served(guid).edit(Samples.titled("Changed " + clock.instant()), Library.EDITOR, clock.instant()));
    }

    /** Archives a resource there. */
    void archive(Guid guid) {
        clock.tick();
        there.resources().save(served(guid).archive(clock.instant()));
    }

    private Resource served(Guid guid) {
        return there.resources().find(guid).orElseThrow();
    }

    /** Moves the cursor behind everything that has happened there, so that the next run misses it. */
    void miss() {
        long position = there.catalogue().feed(0, 1_000_000).position();
        try (PeerLease lease = here.harvest().claim(peer.id()).orElseThrow()) {
            here.harvest()
                    .commit(
                            lease,
                            new HarvestProgress(
                                    clock.instant(),
                                    new Cursor(Long.toString(position), null),
                                    Map.of(),
                                    Map.of(),
                                    Set.of(),
                                    List.of(),
                                    Set.of()));
        }
    }

    SyncLog sync(SyncScope scope) {
        clock.tick();
        link.reset();
        return service.sync(peer, scope, SyncListener.NONE).log();
    }

    /** Returns the versions that were last read from the peer. */
    Map<Guid, String> read() {
        Map<Guid, String> versions = new TreeMap<>();
        here.harvest().versions(peer.id(), GuidRange.ALL, versions::put);
        return versions;
    }

    /** Returns the versions that the peer serves. */
    Map<Guid, String> served() {
        Map<Guid, String> versions = new TreeMap<>();
        there.catalogue()
                .changes(0, 1_000_000)
                .forEach(entry -> versions.put(
                        entry.resource().guid(), entry.resource().updated().toString()));
        return versions;
    }

    /** Returns the resources that the peer really does not serve. */
    boolean isServed(Guid guid) {
        return there.resources()
                .find(guid)
                .filter(resource -> resource.status() == Status.APPROVED)
                .isPresent();
    }

    Set<Guid> withdrawn() {
        return new TreeSet<>(here.harvest().withdrawn(peer.id()));
    }

    /** A client that counts the requests of the last run, and may falsify the digests. */
    static final class Link implements PeerClient {

        final InMemoryPeerClient client = new InMemoryPeerClient();

        /** Returns the summaries to deliver, from the ranges and the true summaries. */
        BiFunction<List<GuidRange>, List<RangeSummary>, Optional<List<RangeSummary>>> summaries =
                (ranges, honest) -> Optional.of(honest);

        /** The resources that are absent whenever they are requested. */
        final Set<Guid> absent = new TreeSet<>();

        int digests;
        int wholeLists;
        int lists;
        int details;

        void reset() {
            digests = 0;
            wholeLists = 0;
            lists = 0;
            details = 0;
        }

        @Override
        public boolean summarizes(Peer peer, Cursor cursor) {
            return true;
        }

        @Override
        public PeerSession open(Peer peer) {
            return new Session(client.open(peer));
        }

        @Override
        public PeerCheck check(Peer peer) {
            return client.check(peer);
        }

        private final class Session extends ForwardingSession {

            Session(PeerSession session) {
                super(session);
            }

            @Override
            public ChangePage changes(@Nullable Cursor after) {
                lists++;
                wholeLists += after == null ? 1 : 0;
                return super.changes(after);
            }

            @Override
            public Optional<List<RangeSummary>> summaries(List<GuidRange> ranges, int parts) {
                digests++;
                return summaries.apply(ranges, super.summaries(ranges, parts).orElseThrow());
            }

            @Override
            public void fetch(List<ChangePage.Item> items, BiConsumer<ChangePage.Item, Fetched> answers) {
                details +=
                        (int) items.stream().filter(item -> item.body() == null).count();
                super.fetch(
                        items,
                        (item, answer) -> answers.accept(
                                item,
                                item.guid() != null && absent.contains(item.guid()) ? new Fetched.Gone() : answer));
            }
        }
    }
}
