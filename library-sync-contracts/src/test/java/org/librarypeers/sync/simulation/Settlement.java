package org.librarypeers.sync.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.SyncScope;

/** The end of a history: the network comes to rest, and the promises about a network at rest are checked. */
record Settlement(World world) {

    /**
     * Brings the network to rest. All hosts are up, faults are repaired, and every library syncs all its peers and its
     * reviewers decide, until nothing changes any more. The first phase reads only changes, because a reconciliation
     * would hide what they missed. The second phase reads everything.
     */
    void settle() {
        world.endOutages();
        world.pass(Duration.ofDays(1));
        world.sites.forEach(site -> site.rows.forEach(row -> {
            row.bad = false;
            row.absent = false;
            row.unreadableRow = false;
        }));
        world.libraries.forEach(library -> {
            library.garbled.clear();
            library.lapseAll();
        });
        world.libraries.forEach(library -> new BundleWork(world, library, new Random(World.AT_REST)).readLateOnes());
        world.promises.check(world.libraries);
        comeToRest(SyncScope.CHANGES);
        new AtRest(world).checkWhatChanged();
        comeToRest(SyncScope.EVERYTHING);
        new AtRest(world).check();
        world.libraries.forEach(library -> new BundleWork(world, library, new Random(World.AT_REST)).readOldOnes());
    }

    private void comeToRest(SyncScope scope) {
        int rounds = 2 * world.libraries.size() + 12;
        int quiet = 0;
        for (int round = 0; round < rounds; round++) {
            long before = world.promises.saves();
            world.libraries.forEach(library -> syncAndDecide(library, scope));
            world.pass(Duration.ofDays(1));
            quiet = world.promises.saves() == before ? quiet + 1 : 0;
            // Waits for a second quiet round: for a day, a wrong clock can make old readings look recent.
            if (quiet == 2) {
                world.promises.check(world.libraries);
                return;
            }
        }
        throw new Violation("4 nothing is done twice", "the network does not come to rest in " + rounds + " rounds");
    }

    private SyncReport syncQuietly(SimLibrary library, Peer peer, SyncScope scope) {
        Set<Guid> followed = Set.copyOf(library.storage.harvest().offered(peer.id()));
        SimClient client = world.quietClient(library, World.AT_REST);
        SyncReport report = new SimProcess(library, Fault.NONE).service(client).sync(peer, scope, SyncListener.NONE);
        world.runPromises.deletionsAreFollowed(library, followed, report, client.heard());
        return report;
    }

    private void syncAndDecide(SimLibrary library, SyncScope scope) {
        for (Peer peer : library.peers()) {
            if (peer.isQueryable()) {
                SyncReport report = BundleWork.isCarried(library, peer)
                        ? new BundleWork(world, library, new Random(World.AT_REST)).readNew(peer, scope)
                        : syncQuietly(library, peer, scope);
                world.promises.check(List.of(library));
                SyncTally tally = report.log().tally();
                if (tally.added() + tally.updated() + tally.failed() + tally.withdrawn() > 0) {
                    world.tell("%s: coming to rest, %s of %s", library, tally, peer.name());
                }
            }
        }
        for (Resource resource : library.resources(Status.PENDING)) {
            boolean good = !library.made.containsKey(resource.guid())
                    && Math.floorMod(resource.guid().hashCode(), 10) > 0;
            library.decide(resource, good ? Status.APPROVED : Status.REJECTED);
        }
        for (Resource resource : library.resources()) {
            if (resource.revisions().waiting() != null) {
                library.decide(resource, Status.APPROVED);
            }
        }
    }
}
