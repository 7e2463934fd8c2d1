package org.librarypeers.sync;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.storage.HarvestRepository;

/** Finds out, of a peer that was read whole, what it offers no longer. Doubts speak against a withdrawal. */
final class Withdrawals {

    /** Of what we have from a peer, at most one in so many may go at once: an outage must not look like a clearance. */
    private static final int GUARD = 5;

    private final PeerId peer;
    private final HarvestRepository harvest;
    private final Set<Guid> offered;
    private final Set<Guid> alsoOffered;
    private final Set<Guid> listed = new HashSet<>();
    private final Set<Guid> present = new HashSet<>();
    private final Set<Guid> notListed = new HashSet<>();
    private int illegible;

    /**
     * To be made before the peer is read: what the run itself adds must not weigh in.
     *
     * @param wanted whether the peer will be read whole; if not, there will be no verdict
     */
    Withdrawals(PeerId peer, HarvestRepository harvest, boolean wanted) {
        this.peer = peer;
        this.harvest = harvest;
        this.offered = wanted ? harvest.offered(peer) : Set.of();
        this.alsoOffered = wanted ? harvest.alsoOffered(peer) : Set.of();
    }

    /**
     * What is to be noted.
     *
     * @param gone what we have from the peer and it offers no longer
     * @param alsoGone what we have from others and it offers no longer
     * @param back offered again
     * @param listed how many resources the complete list holds; null if no list says what is gone
     * @param remark why nothing is gone although something seems to be; null if there is nothing to say
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
     * Takes what a page lists.
     *
     * @param leftOut tells the items that are listed, and known not to be there when they are asked for
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

    /** Returns whether the peer is known to offer that resource, so that it can withdraw it. */
    boolean isOffered(Guid guid) {
        return offered.contains(guid) || alsoOffered.contains(guid);
    }

    /**
     * Returns what is to be noted of resources that are not there when they are asked for, whether the list shows them or not.
     *
     * @param listDoubt why nothing is marked while the list is incomplete, as a clause; null if it is not
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
                : new Verdict(gone, Set.of(), Set.of(), null, "of what others have too, " + alsoDoubt);
    }

    /** Counts what the list did not show, too. */
    private @Nullable String doubtOfMissing(Set<Guid> missing, Set<Guid> of, @Nullable String listDoubt) {
        if (missing.isEmpty()) {
            return null;
        }
        String notMarked = missing.size() + " of " + of.size()
                + " resources are not there when they are asked for; none was marked as withdrawn, since ";
        if (listDoubt != null) {
            return notMarked + listDoubt;
        }
        Set<Guid> all = new HashSet<>(missing);
        notListed.stream().filter(of::contains).forEach(all::add);
        return all.size() * GUARD > of.size() ? notMarked + "that is more than a fifth, and may be an outage" : null;
    }

    /**
     * Decides what is gone. To be called when the peer's list was read to its end.
     *
     * @param listDoubt why the list is not known to be complete, as a clause; null if it is
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
                : new Verdict(gone, Set.of(), back, listed.size(), "of what others have too, " + alsoDoubt);
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
        String notMarked = gone + " of " + of + " resources are no longer listed; none was marked as withdrawn, since ";
        if (listDoubt != null) {
            return notMarked + listDoubt;
        }
        if (illegible > 0) {
            return notMarked + illegible + " listed ones have no legible GUID";
        }
        return gone * GUARD > of ? notMarked + "that is more than a fifth, and may be an outage" : null;
    }
}
