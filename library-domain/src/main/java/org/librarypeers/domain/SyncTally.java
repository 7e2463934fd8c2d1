package org.librarypeers.domain;

/**
 * How many resources of a run came to what.
 *
 * @param added not known before, now pending
 * @param updated taken over anew
 * @param unchanged already as the peer has them
 * @param keptLocal made here, left alone
 * @param keptOtherSource followed at another peer, left alone
 * @param failed could not be kept
 * @param withdrawn no longer offered by the peer
 * @param remarked how many of the added, updated and unchanged ones were accepted with remarks
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

    /** Nothing yet. */
    public static final SyncTally NONE = new SyncTally(0, 0, 0, 0, 0, 0, 0, 0);

    /** Creates a tally of resources that were all accepted without remarks. */
    public SyncTally(
            int added, int updated, int unchanged, int keptLocal, int keptOtherSource, int failed, int withdrawn) {
        this(added, updated, unchanged, keptLocal, keptOtherSource, failed, withdrawn, 0);
    }

    /** This tally and one resource more. */
    public SyncTally plus(Received received) {
        if (received instanceof Received.New) {
            return plus(new SyncTally(1, 0, 0, 0, 0, 0, 0));
        } else if (received instanceof Received.Updated) {
            return plus(new SyncTally(0, 1, 0, 0, 0, 0, 0));
        } else if (received instanceof Received.Unchanged || received instanceof Received.Followed) {
            return plusUnchanged(1);
        } else if (received instanceof Received.KeptLocal) {
            return plus(new SyncTally(0, 0, 0, 1, 0, 0, 0));
        } else if (received instanceof Received.KeptOtherSource) {
            return plus(new SyncTally(0, 0, 0, 0, 1, 0, 0));
        }
        return plus(new SyncTally(0, 0, 0, 0, 0, 1, 0));
    }

    /** This tally and that many more that the peer has not changed. */
    public SyncTally plusUnchanged(int number) {
        return plus(new SyncTally(0, 0, number, 0, 0, 0, 0));
    }

    /** Returns this tally, where one more of the resources in it was accepted with remarks. */
    public SyncTally plusRemarked() {
        return plus(new SyncTally(0, 0, 0, 0, 0, 0, 0, 1));
    }

    /** Both tallies together. */
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

    /** How many resources the run looked at, the withdrawn ones aside. */
    public int total() {
        return good() + failed;
    }

    int good() {
        return added + updated + unchanged + keptLocal + keptOtherSource;
    }
}
