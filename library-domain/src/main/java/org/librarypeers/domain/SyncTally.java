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
 * @param remarked how many of the added, updated and unchanged resources were accepted with remarks
 * @param leftOut offers that were left out because of the selection rule of the peer or a refusal
 */
public record SyncTally(
        int added,
        int updated,
        int unchanged,
        int keptLocal,
        int keptOtherSource,
        int failed,
        int withdrawn,
        int remarked,
        int leftOut) {

    /** The tally with all counts 0. */
    public static final SyncTally NONE = new SyncTally(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Returns this tally with this number of new resources. */
    public SyncTally added(int number) {
        return new SyncTally(
                number, updated, unchanged, keptLocal, keptOtherSource, failed, withdrawn, remarked, leftOut);
    }

    /** Returns this tally with this number of updated resources. */
    public SyncTally updated(int number) {
        return new SyncTally(
                added, number, unchanged, keptLocal, keptOtherSource, failed, withdrawn, remarked, leftOut);
    }

    /** Returns this tally with this number of unchanged resources. */
    public SyncTally unchanged(int number) {
        return new SyncTally(added, updated, number, keptLocal, keptOtherSource, failed, withdrawn, remarked, leftOut);
    }

    /** Returns this tally with this number of resources that were kept because they were created here. */
    public SyncTally keptLocal(int number) {
        return new SyncTally(added, updated, unchanged, number, keptOtherSource, failed, withdrawn, remarked, leftOut);
    }

    /** Returns this tally with this number of resources that were kept because they follow another peer. */
    public SyncTally keptOtherSource(int number) {
        return new SyncTally(added, updated, unchanged, keptLocal, number, failed, withdrawn, remarked, leftOut);
    }

    /** Returns this tally with this number of failed items. */
    public SyncTally failed(int number) {
        return new SyncTally(
                added, updated, unchanged, keptLocal, keptOtherSource, number, withdrawn, remarked, leftOut);
    }

    /** Returns this tally with this number of withdrawn resources. */
    public SyncTally withdrawn(int number) {
        return new SyncTally(added, updated, unchanged, keptLocal, keptOtherSource, failed, number, remarked, leftOut);
    }

    /** Returns this tally with this number of resources that were accepted with remarks. */
    public SyncTally remarked(int number) {
        return new SyncTally(added, updated, unchanged, keptLocal, keptOtherSource, failed, withdrawn, number, leftOut);
    }

    /** Returns this tally with this number of offers that were left out by rule. */
    public SyncTally leftOut(int number) {
        return new SyncTally(
                added, updated, unchanged, keptLocal, keptOtherSource, failed, withdrawn, remarked, number);
    }

    /** Returns this tally plus one item with this outcome. */
    public SyncTally plus(Outcome.Kind outcome) {
        return switch (outcome) {
            case ADDED -> added(added + 1);
            case UPDATED -> updated(updated + 1);
            case UNCHANGED -> unchanged(unchanged + 1);
            case KEPT_LOCAL -> keptLocal(keptLocal + 1);
            case KEPT_OTHER_SOURCE -> keptOtherSource(keptOtherSource + 1);
            case FAILED -> failed(failed + 1);
            case WITHDRAWN -> withdrawn(withdrawn + 1);
            case LEFT_OUT -> leftOut(leftOut + 1);
        };
    }

    /** Returns this tally plus a number of unchanged resources. */
    public SyncTally plusUnchanged(int number) {
        return unchanged(unchanged + number);
    }

    /** Returns this tally with one more of its resources counted as accepted with remarks. */
    public SyncTally plusRemarked() {
        return remarked(remarked + 1);
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
                remarked + other.remarked,
                leftOut + other.leftOut);
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
        if (leftOut > 0) {
            words += ", " + leftOut + " left out by rule";
        }
        return remarked == 0 ? words : words + "; " + remarked + " accepted with remarks";
    }

    int good() {
        return added + updated + unchanged + keptLocal + keptOtherSource + leftOut;
    }
}
