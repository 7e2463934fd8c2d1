package org.librarypeers.sync;

import java.util.HashSet;
import java.util.List;
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
    private final Set<Guid> listed = new HashSet<>();
    private final Set<Guid> present = new HashSet<>();
    private final Set<Guid> notListed = new HashSet<>();
    private int illegible;

    /**
     * Creates the withdrawals of a run.
     *
     * @param offered the resources that had this peer as their source before the run
     * @param alsoOffered the other resources that the peer offered before the run
     * @param guard the percentage of the peer's resources that may be withdrawn
     */
    Withdrawals(PeerId peer, HarvestRepository harvest, Set<Guid> offered, Set<Guid> alsoOffered, int guard) {
        this.peer = peer;
        this.harvest = harvest;
        this.offered = offered;
        this.alsoOffered = alsoOffered;
        this.guard = guard;
    }

    /**
     * The withdrawals to record.
     *
     * @param gone resources with this peer as source that it no longer offers
     * @param alsoGone resources with another source that the peer no longer offers
     * @param back withdrawn resources that the peer offers again
     * @param listed the number of resources in the complete list; null if the withdrawals are not based on a list
     * @param remark why nothing is withdrawn although resources are missing; null if there is nothing to report
     */
    record Verdict(
            Set<Guid> gone,
            Set<Guid> alsoGone,
            Set<Guid> back,
            @Nullable Integer listed,
            @Nullable String remark) {

        Set<Guid> allGone() {
            Set<Guid> all = new HashSet<>(gone);
            all.addAll(alsoGone);
            return all;
        }
    }

    /**
     * Records the items of a page.
     *
     * @param leftOut whether an item is listed but known to be absent
     */
    void listed(List<ChangePage.Item> items, Predicate<ChangePage.Item> leftOut) {
        for (ChangePage.Item item : items) {
            if (item.guid() == null) {
                illegible++;
            } else {
                listed.add(item.guid());
                if (!leftOut.test(item)) {
                    present.add(item.guid());
                }
            }
        }
    }

    /** Returns whether the peer is known to offer the resource, so that it can withdraw it. */
    boolean isOffered(Guid guid) {
        return offered.contains(guid) || alsoOffered.contains(guid);
    }

    /**
     * Decides on resources that were absent when they were requested, whether they are listed or not.
     *
     * @param listDoubt a clause that says why the list is incomplete; null if it is complete
     */
    Verdict missing(Set<Guid> missing, @Nullable String listDoubt) {
        Set<Guid> gone = new HashSet<>(missing);
        gone.retainAll(offered);
        Set<Guid> alsoGone = new HashSet<>(missing);
        alsoGone.removeAll(gone);
        String doubt = doubtOfMissing(gone, offered, listDoubt);
        if (doubt != null) {
            return new Verdict(Set.of(), Set.of(), Set.of(), null, doubt);
        }
        String alsoDoubt = doubtOfMissing(alsoGone, alsoOffered, listDoubt);
        return alsoDoubt == null
                ? new Verdict(gone, alsoGone, Set.of(), null, null)
                : new Verdict(gone, Set.of(), Set.of(), null, "resources with another source: " + alsoDoubt);
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
        return outage(all.size(), of.size(), notMarked);
    }

    /**
     * Decides which resources are withdrawn. Must be called after the list was read to its end.
     *
     * @param listDoubt a clause that says why the list is not known to be complete; null if it is complete
     */
    Verdict verdict(@Nullable String listDoubt) {
        Set<Guid> gone = notListed(offered);
        notListed.addAll(gone);
        Set<Guid> alsoGone = notListed(alsoOffered);
        notListed.addAll(alsoGone);
        Set<Guid> back = new HashSet<>(harvest.withdrawn(peer));
        back.retainAll(present);
        String doubt = doubt(gone.size(), offered.size(), listDoubt);
        if (doubt != null) {
            return new Verdict(Set.of(), Set.of(), back, listed.size(), doubt);
        }
        String alsoDoubt = doubt(alsoGone.size(), alsoOffered.size(), listDoubt);
        return alsoDoubt == null
                ? new Verdict(gone, alsoGone, back, listed.size(), null)
                : new Verdict(gone, Set.of(), back, listed.size(), "resources with another source: " + alsoDoubt);
    }

    private Set<Guid> notListed(Set<Guid> some) {
        Set<Guid> missing = new HashSet<>(some);
        missing.removeAll(listed);
        return missing;
    }

    private @Nullable String doubt(int gone, int of, @Nullable String listDoubt) {
        if (gone == 0) {
            return null;
        }
        String notMarked = share(gone, of) + (gone == 1 ? " is" : " are")
                + " no longer listed; none was marked as withdrawn because ";
        if (listDoubt != null) {
            return notMarked + listDoubt;
        }
        if (illegible > 0) {
            return notMarked + Count.of(illegible, "listed item") + (illegible == 1 ? " has" : " have")
                    + " no readable GUID";
        }
        return outage(gone, of, notMarked);
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
