package org.librarypeers.app.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.librarypeers.app.monitoring.LibraryEvents;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.sync.PeerBusyException;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.SyncService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "sync_peer_resources",
        aliases = "sync-peer-resources",
        description = "Pulls new and changed resources from peers. New resources wait for a review.")
final class SyncCommand extends BaseLibraryCommand {

    /**
     * The maximum time to wait for another run of the same peer. If the process of that run has died, its lease expires within
     * this time.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The maximum number of items whose remarks are printed, so that the result stays visible. */
    private static final int REMARKED_SHOWN = 20;

    @Parameters(
            arity = "0..*",
            paramLabel = "ID",
            description = "Ids of the peers to sync (default: all queryable peers).")
    private List<Long> ids = new ArrayList<>();

    @Option(names = "--dry-run", description = "Show what would be done without changing anything.")
    private boolean dryRun;

    @Option(
            names = "--reconcile",
            description =
                    "Find what was missed or withdrawn. Libraries that run this software are compared by digests; of"
                            + " others, everything is read, including every detail. If a peer's quota is used up, later runs continue.")
    private boolean reconcile;

    @Option(
            names = "--full",
            description = "With --reconcile: always read everything that the peers offer, including every detail.")
    private boolean full;

    @Option(names = "--json", description = "Print one JSON object per line.")
    private boolean json;

    @Override
    int run(Library library) {
        if (full && !reconcile) {
            throw wrongUsage("--full needs --reconcile");
        }
        List<Peer> peers = new ArrayList<>();
        boolean done = ids.isEmpty() ? queryable(library, peers) : named(library, peers);
        // If the database cannot be restarted, the runs fail and report it.
        library.keepDatabaseRunning(why -> {});
        try (StopSignal signal = new StopSignal(library.sync()::close)) {
            for (Peer peer : peers) {
                done &= !signal.isGiven() && sync(library, peer);
            }
        }
        return done ? 0 : 1;
    }

    private boolean queryable(Library library, List<Peer> peers) {
        library.storage().peers().all().stream().filter(Peer::takesRequests).forEach(peers::add);
        if (peers.isEmpty()) {
            err().println("There is no peer to sync; add one with add_peer.");
        }
        return true;
    }

    private boolean named(Library library, List<Peer> peers) {
        boolean all = true;
        for (long id : new LinkedHashSet<>(ids)) {
            Peer peer = id < 1
                    ? null
                    : library.storage().peers().find(new PeerId(id)).orElse(null);
            if (peer == null) {
                err().println("library: there is no peer " + id + "; list_peers shows all peers");
                all = false;
            } else if (!peer.takesRequests()) {
                err().println("library: peer " + peer + " cannot be synced: "
                        + peer.noRequestsReason().orElse(""));
                all = false;
            } else {
                peers.add(peer);
            }
        }
        return all;
    }

    /** Syncs one peer and returns whether the run succeeded. A failure does not stop the syncs of the other peers. */
    private boolean sync(Library library, Peer peer) {
        try {
            SyncReport report = report(library, peer);
            print(report);
            return report.succeeded();
        } catch (RuntimeException e) {
            printFailure(peer, e, library.clock().instant());
            return false;
        }
    }

    /** Reports a sync that could not be logged: another run holds the peer's lease, or this library has failed. */
    private void printFailure(Peer peer, RuntimeException failure, Instant now) {
        String message = CommandFailures.message(failure);
        err().println("library: peer " + peer + ": " + message);
        if (isVerbose()) {
            failure.printStackTrace(err());
        }
        if (json) {
            SyncLog none = SyncLog.start(SyncLogId.NONE, peer.id(), null, now);
            json(SyncFields.of(peer, none.failed(message, now)));
        }
    }

    private SyncReport report(Library library, Peer peer) {
        try (ProgressBar bar = ProgressBar.on(err(), peer.name(), !json)) {
            LibraryEvents.Registration clearing = library.events().add(clearing(bar));
            try {
                return dryRun
                        ? library.sync().preview(peer, scope(library.sync(), peer), bar)
                        : syncPatiently(library.sync(), peer, bar);
            } finally {
                clearing.close();
            }
        }
    }

    /** Returns a listener that removes the bar before the end of the run is logged. */
    private static LibraryEvents.Listener clearing(ProgressBar bar) {
        return new LibraryEvents.Listener() {
            @Override
            public void finished(SyncReport report) {
                bar.clear();
            }

            @Override
            public void failed(SyncLog run, Throwable failure) {
                bar.clear();
            }
        };
    }

    private SyncReport syncPatiently(SyncService sync, Peer peer, ProgressBar bar) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return sync.sync(peer, scope(sync, peer), bar);
            } catch (PeerBusyException e) {
                if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                bar.waiting("another run is syncing this peer");
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
            }
        }
    }

    private void printRemarks(SyncReport report) {
        for (Outcome outcome : report.remarked().stream().limit(REMARKED_SHOWN).toList()) {
            out().println("  accepted with remarks: " + outcome.remoteId()
                    + (outcome.guid() == null ? "" : ", " + outcome.guid()));
            outcome.remarks().forEach(remark -> out().println("    " + remark.sentence()));
        }
        int more = report.log().tally().remarked() - REMARKED_SHOWN;
        if (more > 0) {
            out().println("  and " + more + " more; see "
                    + (report.preview() ? "--json" : "--json, sync_log --json, or the page of the run"));
        }
    }

    private SyncScope scope(SyncService sync, Peer peer) {
        if (!reconcile) {
            return SyncScope.CHANGES;
        }
        return full ? SyncScope.EVERY_DETAIL : sync.reconciliation(peer);
    }

    private void print(SyncReport report) {
        if (json) {
            json(SyncFields.of(report));
            return;
        }
        SyncLog log = report.log();
        out().println(report.peer());
        out().println("  " + (report.preview() ? "dry run, nothing was changed: " : "")
                + log.tally().words());
        out().println("  " + RunSummary.how(log));
        printRemarks(report);
        if (!report.succeeded()) {
            err().println("library: peer " + report.peer() + ": " + log.status().word()
                    + (log.message() == null ? "" : ": " + log.message()));
        } else if (log.message() != null) {
            out().println("  " + log.message());
        }
    }
}
