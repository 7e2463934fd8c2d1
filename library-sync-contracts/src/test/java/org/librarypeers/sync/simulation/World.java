package org.librarypeers.sync.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.PublicationPolicy;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.PeerBusyException;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.contract.SettableClock;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.peer.Shortfall;

/** The simulated libraries, the existing sites, the network of peers, and the time. */
final class World {

    /** The seed of runs for which the page size does not matter. */
    static final long AT_REST = 0;

    private static final int DEEPEST = 2;

    final List<SimLibrary> libraries = new ArrayList<>();
    /** The items that a peer reported as absent although it had them. */
    final Set<String> mislaid = new HashSet<>();

    /** The resources left out of incomplete lists whose run succeeded. Only a complete list brings them. */
    final Set<Guid> passedOver = new HashSet<>();

    /** The resources of which somebody restored an earlier revision, in any library. */
    final Set<Guid> restored = new HashSet<>();

    final List<SimSite> sites = new ArrayList<>();

    /** The events in readable form, or null if nobody reads them. */
    final @Nullable List<String> trace;

    final Promises promises = new Promises(this);
    final SimBundles bundles = new SimBundles(this);
    final RunPromises runPromises = new RunPromises(this);
    private final Set<PeerHost> down = new HashSet<>();
    private Instant now = Instant.parse("2026-03-01T00:00:00Z");
    private int versions;

    World(long seed, @Nullable List<String> trace) {
        this.trace = trace;
        new Topology(this, new Random(~seed), Scenario.Size.of(seed)).build();
    }

    Instant now() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
        sites.forEach(site -> site.commitUntil(now));
    }

    boolean isDown(PeerHost host) {
        return down.contains(host);
    }

    @Nullable
    SimSite site(PeerHost host) {
        return sites.stream().filter(site -> site.host.equals(host)).findFirst().orElse(null);
    }

    @Nullable
    SimLibrary library(PeerHost host) {
        return libraries.stream()
                .filter(library -> library.host.equals(host))
                .findFirst()
                .orElse(null);
    }

    void tell(String what, Object... values) {
        if (trace != null) {
            trace.add(what.formatted(values));
        }
    }

    void perform(Scenario.Step step) {
        Random random = new Random(step.seed());
        perform(step.kind(), random, 0);
        pass(Duration.ofSeconds(random.nextInt(30)));
        promises.check(libraries);
    }

    private void perform(Scenario.Kind kind, Random random, int depth) {
        SimLibrary library = any(libraries, random);
        switch (kind) {
            case CREATE -> new PeopleWork(this, library, random).create();
            case EDIT -> new PeopleWork(this, library, random).editLocalWork();
            case CURATE -> new PeopleWork(this, library, random).editAnything();
            case RESTORE -> new PeopleWork(this, library, random).restore();
            case REVIEW -> new PeopleWork(this, library, random).review();
            case SITE -> new SiteWork(this, random).somethingChanges();
            case BAD -> new SiteWork(this, random).somethingIsGarbled(library);
            case SYNC -> syncOne(library, random, depth);
            case CANCEL -> cancel(library, random);
            case PREVIEW -> preview(library, random);
            case NETWORK -> network(random);
            case PEERING -> peering(library, random);
            case CLOCK -> {
                Duration skew = Duration.ofMinutes(random.nextInt(8_640) - 4_320);
                library.clock.setAhead(skew);
                tell("%s: its clock is off by %s", library, skew);
            }
            case SELECT -> new PeopleWork(this, library, random).select();
            case BUNDLE -> new BundleWork(this, library, random).carry(() -> meanwhile(random, depth));
            case TIME -> pass(Duration.ofMinutes(random.nextInt(3_000)));
        }
    }

    static <T> T any(List<T> some, Random random) {
        return some.get(random.nextInt(some.size()));
    }

    static Guid guid(Random random) {
        return new Guid(new UUID(random.nextLong(), random.nextLong()));
    }

    ResourceContent content(Random random) {
        return ResourceContent.titled(LocalizedText.of("en", "version " + ++versions))
                .tags(List.of(Tag.of("Topic", "T" + random.nextInt(3))))
                .build();
    }

    private void syncOne(SimLibrary library, Random random, int depth) {
        List<Peer> peers = library.peers().stream().filter(Peer::isQueryable).toList();
        if (!peers.isEmpty()) {
            Peer peer = any(peers, random);
            SyncScope scope = scope(random, 4);
            sync(library, peer, scope, Fault.draw(random), random, depth);
        }
    }

    /**
     * Returns a scope that reads everything once in {@code oneIn} calls, sometimes with every detail, as if a person
     * had started it.
     */
    private static SyncScope scope(Random random, int oneIn) {
        if (random.nextInt(oneIn) > 0) {
            return SyncScope.CHANGES;
        }
        return switch (random.nextInt(6)) {
            case 0, 1 -> SyncScope.EVERY_DETAIL;
            case 2 -> SyncScope.DIFFERENCES;
            default -> SyncScope.EVERYTHING;
        };
    }

    private void sync(SimLibrary library, Peer peer, SyncScope scope, Fault fault, Random random, int depth) {
        tell("%s: begins to sync %s of %s, %s", library, scope, peer, fault);
        SimProcess process = new SimProcess(library, fault);
        Runnable meanwhile = () -> meanwhile(random, depth);
        Runnable stall = () -> {
            pass(Duration.ofMinutes(1));
            library.lapse(peer.id());
            Peer still = library.storage.peers().find(peer.id()).orElse(null);
            if (still != null && still.isQueryable()) {
                sync(library, still, scope, Fault.NONE, random, DEEPEST);
                promises.check(List.of(library));
            }
        };
        Set<Guid> followed = Set.copyOf(library.storage.harvest().offered(peer.id()));
        SimClient client = new SimClient(this, library, random, fault, meanwhile, stall, 0)
                .reportingAbsent(guid -> library.notThere(peer.id(), guid));
        try {
            SyncReport report = process.service(client).sync(peer, scope, SyncListener.NONE);
            runPromises.anOutageIsNoClearance(library, followed.size(), report);
            runPromises.deletionsAreFollowed(library, followed, report, client.heard());
            Shortfall shortfall = client.shortfall();
            if (shortfall != null) {
                runPromises.aShortListIsNoClearance(library, report, client, shortfall);
                if (report.succeeded()) {
                    passedOver.addAll(client.leftOut());
                }
            }
            runPromises.unreadableRowsHideNothing(library, report, client);
            runPromises.notThereOnceIsNoWithdrawal(library, report, client);
            runPromises.aDigestIsNoClearance(library, report, client);
            tell(
                    "%s: %s, %s of %s",
                    library, report.log().status(), report.log().tally(), peer.name());
        } catch (Crash e) {
            tell("%s: the process has stopped", library);
            runPromises.deletionsThatNobodyReports(library, followed, peer, client.heard());
            if (random.nextInt(3) > 0) {
                pass(Duration.ofMinutes(1));
                library.lapse(peer.id());
            }
        } catch (PeerBusyException e) {
            tell("%s: somebody else syncs %s", library, peer);
            if (random.nextBoolean() && depth == 0) {
                library.lapse(peer.id());
            }
        }
    }

    /** Cancels a run, if there is one. It may be in progress, or its process may have stopped. */
    private void cancel(SimLibrary library, Random random) {
        List<PeerId> held = library.held();
        if (held.isEmpty()) {
            return;
        }
        PeerId peer = any(held, random);
        tell("%s: somebody cancels the run of peer %s", library, peer);
        library.revoked(peer);
        boolean cancelled = quiet(library, AT_REST).cancel(peer, SimLibrary.EDITOR);
        boolean removed = library.storage.peers().find(peer).isEmpty();
        Violation.unless(
                (cancelled || removed)
                        && library.storage.syncLogs().running(peer).isEmpty(),
                "a run can be cancelled",
                "%s: peer %s still says that it is synced",
                library,
                peer);
    }

    /** Sometimes performs another step while a run waits for an answer. */
    private void meanwhile(Random random, int depth) {
        if (depth < DEEPEST && random.nextInt(4) == 0) {
            perform(Scenario.Kind.draw(random), random, depth + 1);
        }
    }

    /** Checks that a preview predicts a run that nothing disturbs. */
    private void preview(SimLibrary library, Random random) {
        List<Peer> peers = library.peers().stream().filter(Peer::isQueryable).toList();
        if (peers.isEmpty()) {
            return;
        }
        library.lapseAll();
        Peer peer = any(peers, random);
        SyncScope scope = scope(random, 2);
        long seed = random.nextLong();
        tell("%s: previews a sync %s of %s", library, scope, peer);
        Set<Guid> followed = Set.copyOf(library.storage.harvest().offered(peer.id()));
        SyncReport preview = quiet(library, seed).preview(peer, scope, SyncListener.NONE);
        SimClient client = quietClient(library, seed).reportingAbsent(guid -> library.notThere(peer.id(), guid));
        SyncReport run = new SimProcess(library, Fault.NONE).service(client).sync(peer, scope, SyncListener.NONE);
        runPromises.foreseen(library, preview, run);
        runPromises.deletionsAreFollowed(library, followed, run, client.heard());
    }

    /** Returns a service whose peers all answer without faults, and always the same for the same seed. */
    SyncService quiet(SimLibrary library, long seed) {
        return new SimProcess(library, Fault.NONE).service(quietClient(library, seed));
    }

    SimClient quietClient(SimLibrary library, long seed) {
        Runnable nothing = () -> {};
        return new SimClient(this, library, new Random(seed), Fault.NONE, nothing, nothing, seed == AT_REST ? 50 : 0);
    }

    private void network(Random random) {
        List<PeerHost> hosts = hosts();
        PeerHost host = any(hosts, random);
        boolean gone = down.add(host) || !down.remove(host);
        tell("%s: %s", host, gone ? "goes" : "comes back");
    }

    private List<PeerHost> hosts() {
        List<PeerHost> hosts = new ArrayList<>();
        libraries.forEach(library -> hosts.add(library.host));
        sites.forEach(site -> hosts.add(site.host));
        return hosts;
    }

    private void peering(SimLibrary library, Random random) {
        List<Peer> peers = library.peers();
        int die = random.nextInt(6);
        if (peers.isEmpty() || die == 0) {
            peer(library, any(hosts(), random), policy(random), random.nextInt(8) == 0);
        } else if (die == 1) {
            Peer peer = any(peers, random);
            tell("%s: removes %s", library, peer);
            new SimProcess(library, Fault.NONE)
                    .service(new SimClient(this, library, random, Fault.NONE, () -> {}, () -> {}, 0))
                    .remove(peer.id());
        } else {
            Peer peer = any(peers, random);
            tell("%s: %s is active: %s", library, peer, !peer.active());
            library.changePeer(peer, same -> same.withActive(!same.active()));
        }
    }

    static PublicationPolicy policy(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> PublicationPolicy.REVIEW_EVERYTHING;
            case 1 -> PublicationPolicy.PUBLISH_EVERYTHING;
            default -> PublicationPolicy.PUBLISH_UPDATES;
        };
    }

    void peer(SimLibrary library, PeerHost host, PublicationPolicy publication, boolean archivesWithdrawn) {
        LibraryStorage storage = library.storage;
        if (!host.equals(library.host) && storage.peers().findByHost(host).isEmpty()) {
            PeerId id = storage.peers().nextId();
            tell("%s: %s is its peer %s now", library, host, id);
            storage.peers()
                    .save(Samples.peer(id, host.toString(), host.toString())
                            .withPublication(publication)
                            .withArchivesWithdrawn(archivesWithdrawn));
        }
    }

    void add(String name, Random random) {
        Duration skew = random.nextInt(3) > 0 ? Duration.ZERO : Duration.ofMinutes(random.nextInt(8_640) - 4_320);
        LibraryId id = new LibraryId(new UUID(random.nextLong(), random.nextLong()));
        SettableClock clock = new SettableClock(this::now);
        clock.setAhead(skew);
        libraries.add(new SimLibrary(name, id, clock));
    }

    /** Ends all outages of hosts. */
    void endOutages() {
        down.clear();
    }
}
