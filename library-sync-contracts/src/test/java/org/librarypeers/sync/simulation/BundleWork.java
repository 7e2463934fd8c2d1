package org.librarypeers.sync.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.bundle.OpenedBundle;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerAccess;
import org.librarypeers.domain.SelectionRule;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.TrustedKey;
import org.librarypeers.sync.PeerBusyException;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.contract.Proxies;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.peer.PeerSession;
import org.librarypeers.sync.storage.SelectionState;

/**
 * The work of people who carry bundles from library to library. A bundle may lie for weeks, be read several times and after newer ones,
 * and its library may also be read by network.
 */
record BundleWork(World world, SimLibrary library, Random random) {

    private static final int LONGEST_DELAY = 21;

    /** Writes a bundle, or reads one that somebody brings. */
    void carry(Runnable meanwhile) {
        if (random.nextInt(6) == 0) {
            world.pass(Duration.ofDays(random.nextInt(LONGEST_DELAY)));
        }
        List<SimBundle> brought = brought();
        if (brought.isEmpty() || random.nextInt(3) == 0) {
            write();
        } else {
            SimBundle bundle = World.any(brought, random);
            Peer peer = trusting(bundle);
            if (peer != null) {
                read(bundle, peer, meanwhile);
            }
        }
    }

    private void write() {
        long end = library.storage.catalogue().feed(0, Integer.MAX_VALUE).position();
        int die = random.nextInt(8);
        long after = die < 3 ? random.nextInt((int) end + 1) : 0;
        Instant since = die == 3 ? library.clock.instant().minus(Duration.ofMinutes(random.nextInt(6_000))) : null;
        SelectionRule only = die == 4 ? SelectionRule.parse("tag:T" + random.nextInt(3)) : SelectionRule.EVERYTHING;
        SimBundle bundle = world.bundles.write(library, after, since, only, 1 + random.nextInt(4));
        world.bundles.keep(bundle);
        world.tell(
                "%s: writes %s after %d up to %d, since %s, only %s: %s, without %s",
                library,
                bundle,
                after,
                bundle.upTo(),
                since,
                only,
                bundle.listed().keySet(),
                bundle.deleted().keySet());
    }

    /** Returns the bundles of the peers, or now and then those of any library. */
    private List<SimBundle> brought() {
        boolean any = random.nextInt(8) == 0;
        return world.bundles.kept().stream()
                .filter(bundle -> bundle.sender() != library)
                .filter(bundle -> any
                        || library.storage
                                .peers()
                                .findByHost(bundle.sender().host)
                                .isPresent())
                .toList();
    }

    /** Returns the peer that wrote the bundle, whose key is trusted from now on. Null if nothing is read of that peer. */
    private @Nullable Peer trusting(SimBundle bundle) {
        world.peer(library, bundle.sender().host, World.policy(random), random.nextInt(8) == 0);
        Peer peer = library.storage.peers().findByHost(bundle.sender().host).orElseThrow();
        if (!peer.isQueryable()) {
            return null;
        }
        TrustedKey key = TrustedKey.confirmed(bundle.key());
        library.changePeer(
                peer,
                same -> same.withAccess(same.access()
                        .match(
                                orb -> new PeerAccess.Orb(orb.host(), orb.user(), orb.key(), key),
                                carried -> carried,
                                oai -> oai)));
        return library.storage.peers().find(peer.id()).orElseThrow();
    }

    private void read(SimBundle bundle, Peer peer, Runnable meanwhile) {
        int die = random.nextInt(6);
        if (die == 0) {
            library.lapseAll();
            world.tell("%s: previews %s of %s, and reads it", library, bundle, peer);
            world.bundles.open(bundle, opened -> {
                SyncReport preview = service(opened, Fault.NONE).preview(peer, scope(opened, peer), SyncListener.NONE);
                world.runPromises.foreseen(library, preview, read(bundle, opened, peer, Fault.NONE, () -> {}));
            });
        } else {
            Fault fault = die == 1 ? new Fault(Fault.Kind.CRASH, random.nextInt(60), random.nextBoolean()) : Fault.NONE;
            world.tell("%s: reads %s of %s, %s", library, bundle, peer, fault);
            world.bundles.open(bundle, opened -> read(bundle, opened, peer, fault, meanwhile));
        }
        if (random.nextInt(3) == 0 && isReadable(peer)) {
            readTwice(bundle, peer);
        }
    }

    private boolean isReadable(Peer peer) {
        return library.storage.peers().find(peer.id()).filter(Peer::isQueryable).isPresent();
    }

    private SyncService service(OpenedBundle opened, Fault fault) {
        SimProcess process = new SimProcess(library, fault);
        return process.service(opened.client(process.harvest(), library.storage.earlyDeletions()));
    }

    private SyncScope scope(OpenedBundle opened, Peer peer) {
        return opened.isCurrent(library.storage.harvest().cursor(peer.id()).orElse(null))
                ? SyncScope.EVERYTHING
                : SyncScope.CHANGES;
    }

    /** Reads a bundle as the application does. Returns the report, or null if the process stopped or the peer is busy. */
    private @Nullable SyncReport read(
            SimBundle bundle, OpenedBundle opened, Peer peer, Fault fault, Runnable meanwhile) {
        Set<Guid> followed = Set.copyOf(library.storage.harvest().offered(peer.id()));
        BundlePromises promises = BundlePromises.before(library, peer, bundle);
        remember(opened, peer);
        Heard heard = new Heard();
        SimProcess process = new SimProcess(library, fault);
        PeerClient client = heard(opened.client(process.harvest(), library.storage.earlyDeletions()), heard, meanwhile);
        try {
            SyncReport report = process.service(client).sync(peer, scope(opened, peer), SyncListener.NONE);
            world.tell(
                    "%s: %s, %s of %s",
                    library, report.log().status(), report.log().tally(), peer.name());
            world.runPromises.anOutageIsNoClearance(library, followed.size(), report);
            world.runPromises.deletionsAreFollowed(library, followed, report, heard);
            if (report.succeeded()) {
                promises.check(report);
            }
            return report;
        } catch (Crash e) {
            world.tell("%s: the process has stopped", library);
            world.runPromises.deletionsThatNobodyReports(library, followed, peer, heard);
            if (random.nextInt(3) > 0) {
                world.pass(Duration.ofMinutes(1));
                library.lapse(peer.id());
            }
        } catch (PeerBusyException e) {
            world.tell("%s: somebody else syncs %s", library, peer);
        }
        return null;
    }

    private void remember(OpenedBundle opened, Peer peer) {
        try {
            opened.rememberDeletions(
                    peer, library.storage.harvest().cursor(peer.id()).orElse(null), library.storage.earlyDeletions());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a client that records what it reads, and lets others work while it does. */
    private static PeerClient heard(PeerClient client, Heard heard, Runnable meanwhile) {
        return Proxies.around(PeerClient.class, client, (opening, call) -> {
            Object opened = call.get();
            return opened instanceof PeerSession session ? heard(session, heard, meanwhile) : opened;
        });
    }

    private static PeerSession heard(PeerSession session, Heard heard, Runnable meanwhile) {
        return Proxies.around(PeerSession.class, session, (method, call) -> {
            if (method.getName().equals("changes") || method.getName().equals("fetch")) {
                meanwhile.run();
            }
            Object answer = call.get();
            if (answer instanceof ChangePage page) {
                heard.hear(page);
            }
            return answer;
        });
    }

    /** Reads a bundle that was read just now, and again: the second time changes nothing. */
    private void readTwice(SimBundle bundle, Peer peer) {
        library.lapseAll();
        world.bundles.open(bundle, opened -> {
            SyncReport first = read(bundle, opened, peer, Fault.NONE, () -> {});
            if (first != null && first.log().status() == SyncStatus.SUCCEEDED) {
                changesNothing(bundle, opened, peer);
            }
        });
    }

    /**
     * Reads a new bundle of a peer that nobody reads by network: a complete one, or one that continues where the peer was read to.
     */
    SyncReport readNew(Peer peer, SyncScope wanted) {
        SimLibrary sender = Objects.requireNonNull(world.library(peer.host().orElseThrow()));
        SelectionState selection = library.storage.selections().state(peer);
        // Only a complete bundle has what is quarantined, and what a changed rule takes of earlier bundles.
        boolean isComplete = wanted == SyncScope.EVERYTHING
                || selection.hasDue()
                || !selection.applied().equals(peer.selection())
                || !library.storage.harvest().quarantinedItems(peer.id()).isEmpty();
        long after = isComplete ? 0 : BundlePromises.position(library, peer);
        SimBundle bundle = world.bundles.write(sender, after, null, SelectionRule.EVERYTHING, 50);
        List<SyncReport> report = new ArrayList<>();
        world.bundles.open(bundle, opened -> report.add(read(bundle, opened, peer, Fault.NONE, () -> {})));
        return report.get(0);
    }

    /** Returns whether the peer is read by bundles only when the network comes to rest. */
    static boolean isCarried(SimLibrary library, Peer peer) {
        return peer.access().trustedKey().isPresent() && (library.name + peer.address()).hashCode() % 2 == 0;
    }

    /** Reads every bundle of the peers again, the newest first. At rest, none of them changes anything. */
    void readOldOnes() {
        for (SimBundle bundle : brought(library, world)) {
            Peer peer = library.storage.peers().findByHost(bundle.sender().host).orElseThrow();
            if (peer.access().trustedKey().isPresent() && peer.isQueryable()) {
                world.bundles.open(bundle, opened -> changesNothing(bundle, opened, peer));
            }
        }
    }

    /** Reads the bundles of the peers, the newest first. */
    void readLateOnes() {
        for (SimBundle bundle : brought(library, world)) {
            Peer peer = trusting(bundle);
            if (peer != null) {
                world.tell("%s: reads %s of %s, late", library, bundle, peer);
                world.bundles.open(bundle, opened -> read(bundle, opened, peer, Fault.NONE, () -> {}));
            }
        }
    }

    private static List<SimBundle> brought(SimLibrary library, World world) {
        List<SimBundle> bundles = new ArrayList<>(world.bundles.kept());
        Collections.reverse(bundles);
        bundles.removeIf(bundle -> bundle.sender() == library
                || library.storage.peers().findByHost(bundle.sender().host).isEmpty());
        return bundles;
    }

    private void changesNothing(SimBundle bundle, OpenedBundle opened, Peer peer) {
        BundlePromises.Everything before = BundlePromises.Everything.of(library, peer);
        SyncReport report = read(bundle, opened, peer, Fault.NONE, () -> {});
        BundlePromises.Everything after = BundlePromises.Everything.of(library, peer);
        Violation.unless(
                after.equals(before),
                "4 nothing is done twice",
                "%s: %s was read again, and %s changed to %s: %s",
                library,
                bundle,
                before,
                after,
                report);
    }
}
