package org.librarypeers.domain;

/**
 * The numbers of items of a run by outcome.
 *
 * @param added new resources, now pending
 * @param updated resources that were updated
 * @param unchanged resources that are the same as before
 * @param keptLocal resources that were created in this library and therefore not changed
 * @param keptOtherSource resources that follow another peer and were therefore not changed
 * @param failed items that could not be saved
 * @param withdrawn resources that the peer no longer offers
 * @param remarked those of the added, updated and unchanged resources that were accepted with remarks
 */
public record SyncTally(
        int added,
        int updated,
        int unchanged,
        int keptLocal,
        int keptOtherSource,
        int failed,
        int withdrawn,
        int remarked) {

    /** The tally with all counts 0. */
    public static final SyncTally NONE = new SyncTally(0, 0, 0, 0, 0, 0, 0, 0);

    /** Creates a tally without remarks. */
    public SyncTally(
            int added, int updated, int unchanged, int keptLocal, int keptOtherSource, int failed, int withdrawn) {
        this(added, updated, unchanged, keptLocal, keptOtherSource, failed, withdrawn, 0);
    }

    /** Returns this tally plus one item with this outcome. */
    public SyncTally plus(Outcome.Kind outcome) {
        return plus(
                switch (outcome) {
                    case ADDED -> new SyncTally(1, 0, 0, 0, 0, 0, 0);
                    case UPDATED -> new SyncTally(0, 1, 0, 0, 0, 0, 0);
                    case UNCHANGED -> new SyncTally(0, 0, 1, 0, 0, 0, 0);
                    case KEPT_LOCAL -> new SyncTally(0, 0, 0, 1, 0, 0, 0);
                    case KEPT_OTHER_SOURCE -> new SyncTally(0, 0, 0, 0, 1, 0, 0);
                    case FAILED -> new SyncTally(0, 0, 0, 0, 0, 1, 0);
                    case WITHDRAWN -> new SyncTally(0, 0, 0, 0, 0, 0, 1);
                });
    }

    /** Returns this tally plus a number of unchanged resources. */
    public SyncTally plusUnchanged(int number) {
        return plus(new SyncTally(0, 0, number, 0, 0, 0, 0));
    }

    /** Returns this tally with one more of its resources counted as accepted with remarks. */
    public SyncTally plusRemarked() {
        return plus(new SyncTally(0, 0, 0, 0, 0, 0, 0, 1));
    }

    /** Returns the sum of both tallies. */
    public SyncTally plus(SyncTally other) {
        return new SyncTally(
                added + other.added,
                updated + other.updated,
                unchanged + other.unchanged,
                keptLocal + other.keptLocal,
                keptOtherSource + other.keptOtherSource,
                failed + other.failed,
                withdrawn + other.withdrawn,
                remarked + other.remarked);
    }

    /** Returns the number of items that the run processed, without the withdrawn ones. */
    public int total() {
        return good() + failed;
    }

    /** Returns the counts as text, such as "2 new, 0 updated, …". Leaves out rare outcomes that did not occur. */
    public String words() {
        String words = "%d new, %d updated, %d unchanged, %d kept local, %d failed, %d withdrawn"
                .formatted(added, updated, unchanged, keptLocal, failed, withdrawn);
        if (keptOtherSource > 0) {
            words += ", " + keptOtherSource + " kept from another source";
        }
        return remarked == 0 ? words : words + "; " + remarked + " accepted with remarks";
    }

    int good() {
        return added + updated + unchanged + keptLocal + keptOtherSource;
    }
}
