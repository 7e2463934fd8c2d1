package org.librarypeers.sync;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.storage.HarvestRepository;
import org.librarypeers.sync.storage.KnownShortfalls;
import org.librarypeers.sync.storage.QuarantinedItem;
import org.librarypeers.sync.storage.RunBasis;
import org.librarypeers.sync.storage.SelectionCounts;
import org.librarypeers.sync.storage.SelectionState;
import org.librarypeers.sync.storage.SyncStorage;

/**
 * The state of a peer's syncs, read once at the start of a run. The run holds the lease, so no other run changes the
 * state.
 *
 * @param scope what the run reads; an unfinished request to read every detail again takes precedence
 * @param rereadSince the time since which every detail is to be read again; null if that was not requested or is done
 * @param details the number of details to read again, including those that were already read
 * @param readBefore whether an earlier run read the peer
 * @param cursor the cursor from which the run reads; null to read the whole list
 * @param shortfalls the shortfalls that earlier runs met
 * @param quarantined the quarantined items
 * @param absent the versions of the items that were absent in earlier runs, by remote id
 * @param offered the resources that have the peer as their source and are not withdrawn; empty if the run does not
 *     need them
 * @param alsoOffered the resources that the peer offers and that are local or have another source; empty if the run
 *     does not need them
 * @param takeoverCandidates the items for which the peer could become the source at the start of the run
 * @param selection what is known of the selection rule of the peer
 * @param leftOut the number of resources that the peer offers and that are left out and not here; 0 if nothing was
 *     quarantined
 */
record HarvestState(
        SyncScope scope,
        @Nullable Instant rereadSince,
        int details,
        boolean readBefore,
        @Nullable Cursor cursor,
        KnownShortfalls shortfalls,
        List<QuarantinedItem> quarantined,
        Map<String, String> absent,
        Set<Guid> offered,
        Set<Guid> alsoOffered,
        List<ChangePage.Item> takeoverCandidates,
        SelectionState selection,
        long leftOut) {

    /**
     * Returns the state of a peer. Reads state that only some runs need.
     *
     * @param basis what was read for every run
     * @param wanted what the caller wants to read
     * @param readsEveryDetail whether the client can read every detail; otherwise an unfinished request to do so waits
     * @param now the current time
     */
    static HarvestState of(
            RunBasis basis, SyncStorage storage, SyncScope wanted, boolean readsEveryDetail, Instant now) {
        HarvestRepository harvest = storage.harvest();
        PeerId peer = basis.peer().id();
        Instant unfinished = readsEveryDetail ? basis.rereadSince() : null;
        // Completes an earlier request to read every detail, because a user waits for it.
        SyncScope scope = unfinished == null ? wanted : SyncScope.EVERY_DETAIL;
        Instant rereadSince = unfinished == null && scope == SyncScope.EVERY_DETAIL ? now : unfinished;
        List<QuarantinedItem> quarantined = basis.quarantined();
        boolean needsOffers = scope.isWhole() || !quarantined.isEmpty();
        Cursor cursor = basis.cursor();
        return new HarvestState(
                scope,
                rereadSince,
                rereadSince == null ? 0 : harvest.detailCount(peer),
                cursor != null,
                scope.isWhole() ? null : cursor,
                basis.shortfalls(),
                quarantined,
                basis.absent(),
                needsOffers ? harvest.offered(peer) : Set.of(),
                needsOffers ? harvest.alsoOffered(peer) : Set.of(),
                basis.takeoverCandidates(),
                basis.selection(),
                quarantined.isEmpty() ? 0 : leftOut(basis, storage));
    }

    private static long leftOut(RunBasis basis, SyncStorage storage) {
        SelectionState selection = basis.selection();
        boolean takesEverything = selection.applied().takesEverything()
                && selection.of(basis.peer()).takesEverything();
        if (takesEverything) {
            return 0;
        }
        SelectionCounts counts = storage.selections().counts(basis.peer().id());
        return counts.leftOut() - counts.notFollowed();
    }

    /** Returns this state without resources that the run has added itself. */
    HarvestState without(Set<Guid> added) {
        Set<Guid> earlier = new HashSet<>(offered);
        earlier.removeAll(added);
        return new HarvestState(
                scope,
                rereadSince,
                details,
                readBefore,
                cursor,
                shortfalls,
                quarantined,
                absent,
                earlier,
                alsoOffered,
                takeoverCandidates,
                selection,
                leftOut);
    }

    /** Returns the resources that the run may take over although they are listed as before. */
    Set<Guid> takeovers() {
        return takeoverCandidates.stream()
                .map(ChangePage.Item::guid)
                .filter(guid -> guid != null)
                .collect(Collectors.toSet());
    }

    /** Returns the number of resources that the peer was known to offer; 0 if nothing was quarantined. */
    int offeredCount() {
        return quarantined.isEmpty() ? 0 : Math.toIntExact(offered.size() + alsoOffered.size() + leftOut);
    }
}
