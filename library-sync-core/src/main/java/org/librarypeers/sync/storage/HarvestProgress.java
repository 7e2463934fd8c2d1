package org.librarypeers.sync.storage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.OfferFacts;

/**
 * The progress that a batch makes with a peer.
 *
 * @param at the current time, by this library's clock
 * @param cursor the new cursor; null to keep the current one
 * @param accepted the items that were read, regardless of their outcome; the peer offers them
 * @param absent the versions, by remote id, of items that the peer listed but did not have when they were requested
 * @param gone remote ids that the peer no longer has; resources that were read under them are no longer offered
 * @param quarantined items to quarantine; they replace the entries of the same remote ids
 * @param resolved remote ids to remove from the quarantined and absent items, before {@code quarantined} and {@code absent} are
 *     added
 * @param facts the facts of the accepted items, as far as they are known
 */
public record HarvestProgress(
        Instant at,
        @Nullable Cursor cursor,
        Map<Guid, AcceptedItem> accepted,
        Map<String, String> absent,
        Set<String> gone,
        List<QuarantinedItem> quarantined,
        Set<String> resolved,
        Map<Guid, OfferFacts> facts) {

    /** Returns an empty progress, which is used to verify the lease. */
    public static HarvestProgress nothing(Instant at) {
        return new HarvestProgress(at, null, Map.of(), Map.of(), Set.of(), List.of(), Set.of());
    }

    /** Returns whether this progress changes nothing but the cursor, or nothing at all. */
    public boolean movesCursorOnly() {
        return accepted.isEmpty() && absent.isEmpty() && gone.isEmpty() && quarantined.isEmpty() && resolved.isEmpty();
    }

    /** Creates a progress without facts. */
    public HarvestProgress(
            Instant at,
            @Nullable Cursor cursor,
            Map<Guid, AcceptedItem> accepted,
            Map<String, String> absent,
            Set<String> gone,
            List<QuarantinedItem> quarantined,
            Set<String> resolved) {
        this(at, cursor, accepted, absent, gone, quarantined, resolved, Map.of());
    }

    /** Copies the collections. */
    public HarvestProgress {
        accepted = Map.copyOf(accepted);
        absent = Map.copyOf(absent);
        gone = Set.copyOf(gone);
        quarantined = List.copyOf(quarantined);
        resolved = Set.copyOf(resolved);
        facts = Map.copyOf(facts);
    }
}
