package org.librarypeers.sync;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.storage.HarvestRepository;

/**
 * Finds the resources that a peer no longer offers, after its whole list was read. In case of doubt, nothing is
 * withdrawn.
 */
final class Withdrawals {

    private final PeerId peer;
    private final HarvestRepository harvest;
    private final Set<Guid> offered;
    private final Set<Guid> alsoOffered;
    private final int guard;
    private final Deletions deletions;
    private final Set<Guid> listed = new HashSet<>();
    private final Set<Guid> present = new HashSet<>();
    private final Set<Guid> notListed = new HashSet<>();
    private int withoutGuid;

    /**
     * Creates the withdrawals of a run.
     *
     * @param offered the resources that had this peer as their source before the run
     * @param alsoOffered the other resources that the peer offered before the run
     * @param guard the percentage of the peer's resources that may be withdrawn
     * @param deletions the deletions of the run, which count too
     */
    Withdrawals(
            PeerId peer,
            HarvestRepository harvest,
            Set<Guid> offered,
            Set<Guid> alsoOffered,
            int guard,
            Deletions deletions) {
        this.peer = peer;
        this.harvest = harvest;
        this.offered = offered;
        this.alsoOffered = alsoOffered;
        this.guard = guard;
        this.deletions = deletions;
    }

    /**
     * The withdrawals to record.
     *
     * @param withdrawn resources with this peer as source that it no longer offers
     * @param alsoWithdrawn resources with another source that the peer no longer offers
     * @param offeredAgain withdrawn resources that the peer offers again
     * @param listed the number of resources in the complete list; null if the withdrawals are not based on a list
     * @param remark why nothing is withdrawn although resources are missing; null if there is nothing to report
     */
    record Findings(
            Set<Guid> withdrawn,
            Set<Guid> alsoWithdrawn,
            Set<Guid> offeredAgain,
            @Nullable Integer listed,
            @Nullable String remark) {

        Set<Guid> allWithdrawn() {
            Set<Guid> all = new HashSet<>(withdrawn);
            all.addAll(alsoWithdrawn);
            return all;
        }
    }

    /**
     * Records the items and the deletions of a page.
     *
     * @param leftOut whether an item is listed but known to be absent
     */
    void listed(ChangePage page, Predicate<ChangePage.Item> leftOut) {
        listed.removeAll(page.deleted());
        present.removeAll(page.deleted());
        for (ChangePage.Item item : page.items()) {
            if (item.guid() == null) {
                withoutGuid++;
            } else {
                listed.add(item.guid());
                if (!leftOut.test(item)) {
                    present.add(item.guid());
                }
            }
        }
    }

    /** Returns whether the resource was listed so far. True if that is unknown because a listed item has no GUID. */
    boolean mayBeListed(Guid guid) {
        return withoutGuid > 0 || listed.contains(guid);
    }

    /** Returns whether the peer is known to offer the resource, so that it can withdraw it. */
    boolean isOffered(Guid guid) {
        return (offered.contains(guid) || alsoOffered.contains(guid))
                && !deletions.withdrawn().contains(guid);
    }

    /**
     * Decides on resources that were absent when they were requested, whether they are listed or not.
     *
     * @param listDoubt a clause that says why the list is incomplete; null if it is complete
     */
    Findings missing(Set<Guid> missing, @Nullable String listDoubt) {
        Set<Guid> withdrawn = new HashSet<>(missing);
        withdrawn.retainAll(offered);
        Set<Guid> alsoWithdrawn = new HashSet<>(missing);
        alsoWithdrawn.removeAll(withdrawn);
        String doubt = doubtOfMissing(withdrawn, offered, listDoubt);
        if (doubt != null) {
            return new Findings(Set.of(), Set.of(), Set.of(), null, doubt);
        }
        String alsoDoubt = doubtOfMissing(alsoWithdrawn, alsoOffered, listDoubt);
        return alsoDoubt == null
                ? new Findings(withdrawn, alsoWithdrawn, Set.of(), null, null)
                : new Findings(withdrawn, Set.of(), Set.of(), null, "resources with another source: " + alsoDoubt);
    }

    /** Returns why these resources are not withdrawn, or null. The limit also counts resources that were not listed. */
    private @Nullable String doubtOfMissing(Set<Guid> missing, Set<Guid> of, @Nullable String listDoubt) {
        if (missing.isEmpty()) {
            return null;
        }
        String notMarked = share(missing.size(), of.size()) + (missing.size() == 1 ? " was" : " were")
                + " not found when requested; none was marked as withdrawn because ";
        if (listDoubt != null) {
            return notMarked + listDoubt;
        }
        Set<Guid> all = new HashSet<>(missing);
        notListed.stream().filter(of::contains).forEach(all::add);
        deletions.withdrawn().stream().filter(of::contains).forEach(all::add);
        return outage(all.size(), of.size(), notMarked);
    }

    /**
     * Decides which resources are withdrawn. Must be called after the list was read to its end.
     *
     * @param listDoubt a clause that says why the list is not known to be complete; null if it is complete
     */
    Findings findings(@Nullable String listDoubt) {
        Set<Guid> withdrawn = notListed(offered);
        notListed.addAll(withdrawn);
        Set<Guid> alsoWithdrawn = notListed(alsoOffered);
        notListed.addAll(alsoWithdrawn);
        Set<Guid> offeredAgain = new HashSet<>(harvest.withdrawn(peer));
        offeredAgain.retainAll(present);
        int before = withoutDeleted(withdrawn);
        String doubt = doubt(withdrawn.size(), before, offered.size(), listDoubt);
        if (doubt != null) {
            return new Findings(Set.of(), Set.of(), offeredAgain, listed.size(), doubt);
        }
        int alsoBefore = withoutDeleted(alsoWithdrawn);
        String alsoDoubt = doubt(alsoWithdrawn.size(), alsoBefore, alsoOffered.size(), listDoubt);
        return alsoDoubt == null
                ? new Findings(withdrawn, alsoWithdrawn, offeredAgain, listed.size(), null)
                : new Findings(
                        withdrawn,
                        Set.of(),
                        offeredAgain,
                        listed.size(),
                        "resources with another source: " + alsoDoubt);
    }

    private Set<Guid> notListed(Set<Guid> some) {
        Set<Guid> missing = new HashSet<>(some);
        missing.removeAll(listed);
        return missing;
    }

    /** Removes the resources that were withdrawn because they were deleted. Returns how many there are. */
    private int withoutDeleted(Set<Guid> missing) {
        int before = missing.size();
        missing.removeAll(deletions.withdrawn());
        return before - missing.size();
    }

    /**
     * Returns why resources are not withdrawn, or null.
     *
     * @param before the number of those that this run has withdrawn before
     */
    private @Nullable String doubt(int withdrawn, int before, int of, @Nullable String listDoubt) {
        if (withdrawn == 0) {
            return null;
        }
        String notMarked = share(withdrawn, of) + (withdrawn == 1 ? " is" : " are")
                + " no longer listed; none was marked as withdrawn because ";
        if (listDoubt != null) {
            return notMarked + listDoubt;
        }
        if (withoutGuid > 0) {
            return notMarked + Count.of(withoutGuid, "listed item") + (withoutGuid == 1 ? " has" : " have")
                    + " no readable GUID";
        }
        return outage(before + withdrawn, of, notMarked);
    }

    private @Nullable String outage(int part, int whole, String notMarked) {
        return 100L * part > (long) guard * whole
                ? notMarked + "this is more than " + guard + " % and may be an outage"
                : null;
    }

    private static String share(int part, int whole) {
        return String.format(Locale.ROOT, "%,d of ", part) + Count.of(whole, "resource");
    }
}
