package org.librarypeers.sync.simulation;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.peer.Shortfall;
import org.librarypeers.sync.storage.QuarantinedItem;
import org.librarypeers.sync.storage.RunItem;

/** The promises about one run, which are checked when it ends. */
record RunPromises(World world) {

    /**
     * Checks that a run marks at most a fifth of the resources that followed the peer at its start as withdrawn.
     * Resources that other peers take over during the run do not raise this limit. Resources that the run has added may be withdrawn
     * too.
     */
    void anOutageIsNoClearance(SimLibrary library, int followed, SyncReport report) {
        boolean removed = library.storage.peers().find(report.peer().id()).isEmpty();
        Violation.unless(
                removed || withdrawnOfEarlierOnes(library, report) * 5 <= followed,
                "an outage is not read as a clearance",
                "%s: %s, of %d resources",
                library,
                report.log(),
                followed);
    }

    private static long withdrawnOfEarlierOnes(SimLibrary library, SyncReport report) {
        Set<Guid> added = outcomes(library, report, Outcome.Kind.ADDED);
        return outcomes(library, report, Outcome.Kind.WITHDRAWN).stream()
                .filter(guid -> !added.contains(guid))
                .count();
    }

    private static Set<Guid> outcomes(SimLibrary library, SyncReport report, Outcome.Kind kind) {
        Set<Guid> guids = new HashSet<>();
        for (RunItem item : library.storage
                .syncLogs()
                .outcomes(report.log().id(), kind, 0, Integer.MAX_VALUE - 1)
                .items()) {
            guids.add(Objects.requireNonNull(item.outcome().guid()));
        }
        return guids;
    }

    /**
     * Checks that a run withdraws the resources that the feed of their source says to be deleted, unless there are so many that it may
     * be an outage.
     */
    void deletionsAreFollowed(SimLibrary library, Set<Guid> followed, SyncReport report, Heard heard) {
        PeerId peer = report.peer().id();
        SyncLog log = report.log();
        Set<Guid> unmarked = new HashSet<>(heard.deletedAtLast());
        unmarked.retainAll(followed);
        unmarked.retainAll(library.storage.harvest().offered(peer));
        if (unmarked.isEmpty() || library.storage.peers().find(peer).isEmpty()) {
            return;
        }
        boolean isTold = String.valueOf(log.message()).contains("may be an outage");
        if (log.status() != SyncStatus.SUCCEEDED && !isTold) {
            // The run ended before it followed them, so the next one reads them again.
            return;
        }
        Set<Guid> withdrawn = library.storage.harvest().withdrawn(peer);
        Set<Guid> all = new HashSet<>(heard.deleted());
        all.retainAll(followed);
        all.addAll(withdrawn);
        Violation.unless(
                isTold && all.size() * 5 > followed.size(),
                "2 a deletion is not missed",
                "%s: %s, but it said that %s are deleted",
                library,
                log,
                unmarked);
        library.refused.computeIfAbsent(peer, each -> new HashSet<>()).addAll(unmarked);
    }

    /**
     * Records the deletions that a run may have left unmarked because they exceeded the guard, if its process stopped before it could report
     * them.
     */
    void deletionsThatNobodyReports(SimLibrary library, Set<Guid> followed, Peer peer, Heard heard) {
        Set<Guid> unmarked = new HashSet<>(heard.deletedAtLast());
        unmarked.retainAll(followed);
        Set<Guid> all = new HashSet<>(heard.deleted());
        all.retainAll(followed);
        all.addAll(library.storage.harvest().withdrawn(peer.id()));
        if (all.size() * 5 > followed.size()) {
            library.refused.computeIfAbsent(peer.id(), each -> new HashSet<>()).addAll(unmarked);
        }
    }

    /**
     * Checks that a run with an incomplete list withdraws only what the peer says to be deleted, and that it fails unless an earlier list of the peer
     * lacked as many rows.
     */
    void aShortListIsNoClearance(SimLibrary library, SyncReport report, SimClient client, Shortfall shortfall) {
        SyncLog log = report.log();
        Violation.unless(
                client.heard().deleted().containsAll(outcomes(library, report, Outcome.Kind.WITHDRAWN)),
                "5 what an incomplete list lacks is not withdrawn",
                "%s: %s, of a list with %s",
                library,
                log,
                shortfall);
        boolean first = library.missing
                .computeIfAbsent(log.peer(), peer -> new HashSet<>())
                .add(shortfall.missing());
        Violation.unless(
                !(first && log.status() == SyncStatus.SUCCEEDED),
                "6 an incomplete list is reported",
                "%s: %s, of a list with %s",
                library,
                log,
                shortfall);
    }

    /** Checks that nothing is withdrawn while a row of the list is unreadable, and that the row is reported. */
    void unreadableRowsHideNothing(SimLibrary library, SyncReport report, SimClient client) {
        PeerId peer = report.peer().id();
        SimSite site = world.site(report.peer().host().orElseThrow());
        boolean removed = library.storage.peers().find(peer).isEmpty();
        if (site == null || removed || report.log().status() != SyncStatus.SUCCEEDED) {
            return;
        }
        boolean reported =
                library.storage.harvest().quarantinedItems(peer).stream().anyMatch(QuarantinedItem::isUnreadableRow);
        Violation.unless(
                reported || !client.sentUnreadableRow(),
                "6 a row that cannot be read is reported",
                "%s: %s, though a row of the list could not be read",
                library,
                report.log());
        Violation.unless(
                !reported || report.log().tally().withdrawn() == 0,
                "5 an unreadable row is no withdrawal",
                "%s: %s, though rows of the list could not be read",
                library,
                report.log());
    }

    /**
     * Checks that a listed resource, or any resource in a run that reads only changes, is withdrawn only if it was
     * absent in two runs.
     */
    void notThereOnceIsNoWithdrawal(SimLibrary library, SyncReport report, SimClient client) {
        PeerId peer = report.peer().id();
        SyncLogId run = report.log().id();
        boolean whole = report.log().since() == null;
        int most = report.log().tally().withdrawn();
        for (RunItem item : library.storage
                .syncLogs()
                .outcomes(run, Outcome.Kind.WITHDRAWN, 0, most)
                .items()) {
            Guid guid = Objects.requireNonNull(item.outcome().guid());
            boolean judgedByList = whole && !client.heard().listed().contains(guid);
            int runs = library.timesNotThere(peer, guid);
            Violation.unless(
                    judgedByList || runs > 1 || client.heard().deleted().contains(guid),
                    "5 what is not there once is not withdrawn",
                    "%s: %s, which was not there in %d runs, was withdrawn by %s",
                    library,
                    guid,
                    runs,
                    report.log());
        }
    }

    /**
     * Checks that a run that compares digests withdraws only what the peer says to be deleted, or what was absent when it was fetched.
     * Digests may be wrong.
     */
    void aDigestIsNoClearance(SimLibrary library, SyncReport report, SimClient client) {
        Set<Guid> known = new HashSet<>(client.heard().deleted());
        known.addAll(client.notThere());
        Violation.unless(
                !client.hasOnlyCompared() || known.containsAll(outcomes(library, report, Outcome.Kind.WITHDRAWN)),
                "5 what a digest lacks is not withdrawn",
                "%s: %s",
                library,
                report.log());
    }

    void foreseen(SimLibrary library, SyncReport preview, SyncReport run) {
        SyncLog seen = preview.log();
        SyncLog done = run.log();
        Violation.unless(
                seen.tally().equals(done.tally())
                        && seen.requests() == done.requests()
                        && seen.status() == done.status()
                        && Objects.equals(seen.message(), done.message()),
                "a dry run predicts exactly what the run then does",
                "%s: %s was foreseen, %s came",
                library,
                seen,
                done);
    }
}
