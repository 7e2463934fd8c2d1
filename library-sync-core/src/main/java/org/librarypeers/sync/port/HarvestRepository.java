package org.librarypeers.sync.port;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;

/**
 * How far each peer was read, what was taken from it, and who reads it now.
 *
 * <p>A peer is read by the holder of its lease. A lease is kept alive by the storage itself for as long as the process
 * lives, and lapses soon after it died.
 */
public interface HarvestRepository {

    /**
     * Takes the peer for one run, unless somebody has it. Not within a transaction.
     *
     * @return the lease, to be closed at the end of the run; nothing if somebody else has it
     */
    Optional<PeerLease> claim(PeerId peer);

    /** Where the peer's next run goes on; nothing if it was never read. */
    Optional<Cursor> cursor(PeerId peer);

    /**
     * Which versions of these resources were last taken from that peer, whatever came of them; those that never were are
     * left out.
     */
    Map<Guid, String> versionsTaken(PeerId peer, Collection<Guid> guids);

    /** The items of that peer that could not be kept, in the order of their remote ids. */
    List<BadItem> badItems(PeerId peer);

    /**
     * Notes what a page brought and moves the cursor; within the transaction that saves the page's resources.
     *
     * @throws LeaseLostException if the lease is not ours any more; the transaction must then be left by this exception
     */
    void commit(PeerLease lease, HarvestProgress progress);

    /**
     * The resources here whose source is that peer, as far as it is not known to have {@linkplain #withdraw withdrawn}
     * them.
     */
    Set<Guid> offered(PeerId peer);

    /** The resources here whose source is that peer and that it offers no longer, each with the time of the finding. */
    Map<Guid, Instant> withdrawn(PeerId peer);

    /**
     * Notes what the peer offers no longer, and what it offers again. A withdrawal is also over when a version of the
     * resource is {@linkplain #commit taken} again.
     *
     * @param at now, in this library's time
     * @throws LeaseLostException if the lease is not ours any more; a transaction around must then be left by this exception
     */
    void withdraw(PeerLease lease, Set<Guid> gone, Set<Guid> back, Instant at);
}
