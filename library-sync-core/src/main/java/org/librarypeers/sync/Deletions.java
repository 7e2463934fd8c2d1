package org.librarypeers.sync;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.storage.Followers;

/**
 * The deletions that a run reads in the peer's feed, see {@link ChangePage#deleted}. They are decided on when the cursor moves, and
 * saved together with it.
 *
 * <p>A resource that follows the peer is withdrawn. Any other one loses only the offer of this peer. If more than a fifth of the
 * followers (the guard) would be withdrawn by deletions within a day, this may be an outage. Then the run withdraws none of them,
 * nor of those that it reads later. The cursor moves on, and the next reconciliation decides.
 */
final class Deletions {

    /** The time in which the guard counts withdrawals. Runs are too frequent to count only their own. */
    static final Duration GUARDED = Duration.ofDays(1);

    private final int guard;

    /** The deletions since the cursor was last moved, without resources that were listed later. */
    private final Set<Guid> pending = new LinkedHashSet<>();

    /** The resources that this run has withdrawn, or that have lost the offer of this peer, and that were not listed later. */
    private final Set<Guid> withdrawn = new HashSet<>();

    /** The resources that were listed after this run had withdrawn them. */
    private final Set<Guid> back = new HashSet<>();

    /** The resources that this run has counted as withdrawn. */
    private final Set<Guid> counted = new HashSet<>();

    /** The followers that were not withdrawn because of the guard. */
    private final Set<Guid> refused = new HashSet<>();

    private int most;
    private boolean isDecided;

    /** Creates the deletions of a run with a guard in percent. */
    Deletions(int guard) {
        this.guard = guard;
    }

    /**
     * The decision on deletions.
     *
     * @param withdrawn the resources to withdraw that count in the tally of the run
     * @param alsoWithdrawn the resources that lose only the offer of this peer, and those that were counted before
     * @param deleted all deleted resources, known or not; their items are not quarantined any longer
     */
    record Decided(Set<Guid> withdrawn, Set<Guid> alsoWithdrawn, Set<Guid> deleted) {

        static final Decided NOTHING = new Decided(Set.of(), Set.of(), Set.of());

        boolean isEmpty() {
            return deleted.isEmpty();
        }

        /** Returns the withdrawals to record. */
        Withdrawals.Findings findings() {
            return new Withdrawals.Findings(withdrawn, alsoWithdrawn, Set.of(), null, null);
        }
    }

    /** Reads a page. A resource that is listed after its deletion is offered again. */
    void read(ChangePage page) {
        for (ChangePage.Item item : page.items()) {
            if (item.guid() != null) {
                pending.remove(item.guid());
                refused.remove(item.guid());
                if (withdrawn.remove(item.guid())) {
                    back.add(item.guid());
                }
            }
        }
        back.removeAll(page.deleted());
        pending.addAll(page.deleted());
    }

    /** Returns whether this run has decided on a deletion. */
    boolean isDecided() {
        return isDecided;
    }

    /** Returns whether the item was listed after this run had withdrawn its resource. */
    boolean isBack(ChangePage.Item item) {
        return item.guid() != null && back.contains(item.guid());
    }

    /**
     * Decides on the deletions that were read since the last decision.
     *
     * @param added the resources that this run has added; the guard concerns only earlier ones, so that additions do not make a loss
     *     look small
     */
    Decided decide(BatchApplier applier, Set<Guid> added) {
        if (pending.isEmpty()) {
            return Decided.NOTHING;
        }
        isDecided = true;
        Set<Guid> deleted = Set.copyOf(pending);
        pending.clear();
        Followers followers = applier.followers(deleted, GUARDED);
        Set<Guid> followed = followers.followed();
        int earlier =
                (int) followed.stream().filter(guid -> !added.contains(guid)).count();
        int withdrawnBefore = followers.withdrawn()
                - (int) counted.stream().filter(added::contains).count();
        int all = followers.count() + followers.withdrawn() - added.size();
        most = Math.max(most, all);
        boolean isOutage = 100L * (withdrawnBefore + earlier) > (long) guard * all;
        if (earlier > 0 && (isOutage || !refused.isEmpty())) {
            refused.addAll(followed);
            Set<Guid> others = new HashSet<>(deleted);
            others.removeAll(followed);
            withdrawn.addAll(followers.alsoOffered());
            return new Decided(Set.of(), followers.alsoOffered(), others);
        }
        Set<Guid> first = new HashSet<>(followed);
        first.removeAll(counted);
        Set<Guid> also = new HashSet<>(followers.alsoOffered());
        followed.stream().filter(counted::contains).forEach(also::add);
        counted.addAll(first);
        withdrawn.addAll(followed);
        withdrawn.addAll(also);
        return new Decided(first, also, deleted);
    }

    /**
     * Returns the resources that this run has withdrawn so far, or that have lost the offer of this peer, and that were not listed later.
     * The storage no longer returns them as offers, except to a preview.
     */
    Set<Guid> withdrawn() {
        return withdrawn;
    }

    /** Returns why followers were deleted and not withdrawn. Empty if there are none. */
    Optional<String> remark() {
        return refused.isEmpty()
                ? Optional.empty()
                : Optional.of(String.format(Locale.ROOT, "%,d of ", refused.size()) + Count.of(most, "resource")
                        + (refused.size() == 1 ? " was" : " were")
                        + " deleted by the peer; none was marked as withdrawn because more than " + guard
                        + " % would be withdrawn within a day, which may be an outage");
    }
}
