package org.librarypeers.sync.contract;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.OfferFacts;
import org.librarypeers.sync.storage.AcceptedItem;
import org.librarypeers.sync.storage.HarvestProgress;
import org.librarypeers.sync.storage.QuarantinedItem;

/** Builds the progress of a batch from what a test is about. All other fields are empty, and the time is noon. */
public final class SampleProgress {

    private Instant at = Samples.NOON;
    private @Nullable Cursor cursor;
    private Map<Guid, AcceptedItem> accepted = Map.of();
    private Map<String, String> absent = Map.of();
    private Set<String> gone = Set.of();
    private List<QuarantinedItem> quarantined = List.of();
    private Set<String> resolved = Set.of();

    private Map<Guid, OfferFacts> facts = Map.of();

    private SampleProgress() {}

    /** Starts the progress of a batch without any item. */
    public static SampleProgress progress() {
        return new SampleProgress();
    }

    /** Sets the time. */
    public SampleProgress at(Instant value) {
        at = value;
        return this;
    }

    /** Sets the cursor. */
    public SampleProgress cursor(@Nullable Cursor value) {
        cursor = value;
        return this;
    }

    /** Sets the accepted items. */
    public SampleProgress accepted(Map<Guid, AcceptedItem> items) {
        accepted = items;
        return this;
    }

    /** Sets the versions of the absent items, by remote id. */
    public SampleProgress absent(Map<String, String> versions) {
        absent = versions;
        return this;
    }

    /** Sets the remote ids of the items that are gone. */
    public SampleProgress gone(Set<String> remoteIds) {
        gone = remoteIds;
        return this;
    }

    /** Sets the quarantined items. */
    public SampleProgress quarantined(List<QuarantinedItem> items) {
        quarantined = items;
        return this;
    }

    /** Sets the remote ids of the items that are no longer absent or quarantined. */
    public SampleProgress resolved(Set<String> remoteIds) {
        resolved = remoteIds;
        return this;
    }

    /** Sets the facts of the accepted items. */
    public SampleProgress facts(Map<Guid, OfferFacts> value) {
        facts = value;
        return this;
    }

    /** Returns the progress. */
    public HarvestProgress build() {
        return new HarvestProgress(at, cursor, accepted, absent, gone, quarantined, resolved, facts);
    }
}
