package org.librarypeers.sync;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.port.ChangePage;
import org.librarypeers.sync.port.HarvestRepository;

/** Finds out, of a peer that was read whole, what it offers no longer. Doubts speak against a withdrawal. */
final class Withdrawals {

    /** Of what we have from a peer, at most one in so many may go at once: an outage must not look like a clearance. */
    private static final int GUARD = 5;

    private final PeerId peer;
    private final HarvestRepository harvest;
    private final Set<Guid> offered;
    private final Set<Guid> listed = new HashSet<>();
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
    }

    /**
     * What is to be noted.
     *
     * @param gone offered no longer
     * @param back offered again
     * @param remark why nothing is gone although something seems to be; null if there is nothing to say
     */
    record Verdict(Set<Guid> gone, Set<Guid> back, @Nullable String remark) {}

    void listed(List<ChangePage.Item> items) {
        for (ChangePage.Item item : items) {
            if (item.guid() == null) {
                illegible++;
            } else {
                listed.add(item.guid());
            }
        }
    }

    /** To be called when the peer's list was read to its end. */
    Verdict verdict() {
        Set<Guid> gone = new HashSet<>(offered);
        gone.removeAll(listed);
        Set<Guid> back = new HashSet<>(harvest.withdrawn(peer).keySet());
        back.retainAll(listed);
        if (gone.isEmpty()) {
            return new Verdict(Set.of(), back, null);
        }
        if (illegible > 0) {
            return new Verdict(
                    Set.of(), back, notMarked(gone, offered) + illegible + " listed ones have no legible GUID");
        }
        if (gone.size() * GUARD > offered.size()) {
            return new Verdict(
                    Set.of(), back, notMarked(gone, offered) + "that is more than a fifth, and may be an outage");
        }
        return new Verdict(gone, back, null);
    }

    private static String notMarked(Set<Guid> gone, Set<Guid> offered) {
        return gone.size() + " of " + offered.size()
                + " resources are no longer listed; none was marked as withdrawn, since ";
    }
}
