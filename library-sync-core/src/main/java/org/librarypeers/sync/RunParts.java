package org.librarypeers.sync;

import java.util.ArrayList;
import java.util.List;
import org.librarypeers.domain.Peer;

/**
 * The parts of one run that its steps share.
 *
 * @param peer the peer
 * @param parts the parts of the service
 * @param quarantine the quarantined items
 * @param applier applies the batches
 * @param state the log and the progress
 * @param estimate the estimate of the remaining time
 * @param cancellation the cancellation
 * @param reading what was read so far
 * @param remarks the remarks for the log, to which the steps add
 */
record RunParts(
        Peer peer,
        SyncParts parts,
        Quarantine quarantine,
        BatchApplier applier,
        RunState state,
        RunEstimate estimate,
        RunCancellation cancellation,
        ReadSoFar reading,
        List<String> remarks) {

    /** Creates the parts of a run that has read nothing. */
    RunParts(
            Peer peer,
            SyncParts parts,
            Quarantine quarantine,
            BatchApplier applier,
            RunState state,
            RunEstimate estimate,
            RunCancellation cancellation) {
        this(peer, parts, quarantine, applier, state, estimate, cancellation, new ReadSoFar(), new ArrayList<>());
    }
}
