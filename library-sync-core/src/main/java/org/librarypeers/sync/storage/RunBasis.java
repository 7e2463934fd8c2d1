package org.librarypeers.sync.storage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.TagMapping;
import org.librarypeers.sync.peer.ChangePage;

/**
 * The state of a peer that a run reads at its start.
 *
 * @param peer the peer
 * @param lastRun the status of the peer's newest sync log; null if it has none
 * @param hasRunning whether a sync log of the peer is marked as running
 * @param rereadSince as {@link HarvestRepository#rereadSince} returns it; null if empty
 * @param cursor as {@link HarvestRepository#cursor} returns it; null if empty
 * @param shortfalls as {@link HarvestRepository#shortfalls} returns them
 * @param quarantined as {@link HarvestRepository#quarantinedItems} returns them
 * @param absent as {@link HarvestRepository#absentItems} returns them
 * @param takeoverCandidates as {@link HarvestRepository#takeoverCandidates} returns them
 * @param mapping the mapping for the resources of this peer, see {@link TagRuleRepository#mapping}
 * @param selection as {@link SelectionRepository#state} returns it
 */
public record RunBasis(
        Peer peer,
        @Nullable SyncStatus lastRun,
        boolean hasRunning,
        @Nullable Instant rereadSince,
        @Nullable Cursor cursor,
        KnownShortfalls shortfalls,
        List<QuarantinedItem> quarantined,
        Map<String, String> absent,
        List<ChangePage.Item> takeoverCandidates,
        TagMapping mapping,
        SelectionState selection) {

    /** Returns the basis of a peer that was never read. */
    public static RunBasis unread(Peer peer) {
        return new RunBasis(
                peer,
                null,
                false,
                null,
                null,
                KnownShortfalls.NONE,
                List.of(),
                Map.of(),
                List.of(),
                TagMapping.NONE,
                SelectionState.settled(peer));
    }

    /** Returns this basis with another state of the peer. */
    public RunBasis with(Peer other) {
        return new RunBasis(
                other,
                lastRun,
                hasRunning,
                rereadSince,
                cursor,
                shortfalls,
                quarantined,
                absent,
                takeoverCandidates,
                mapping,
                selection);
    }

    /** Copies the collections. */
    public RunBasis {
        quarantined = List.copyOf(quarantined);
        absent = Map.copyOf(absent);
        takeoverCandidates = List.copyOf(takeoverCandidates);
    }
}
