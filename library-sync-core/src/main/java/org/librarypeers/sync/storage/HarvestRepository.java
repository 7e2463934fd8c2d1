package org.librarypeers.sync.storage;

import org.librarypeers.sync.peer.ChangePage;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Remark;

/**
 * How far each peer was read, what it offers, and who reads it now.
 *
 * <p>A peer is read by the holder of its lease. A lease is kept alive by the storage itself for as long as the process
 * lives, and lapses soon after it died.
 *
 * <p>The source of a resource is <b>lost</b> while no sync can bring its updates: the peer was removed, or is not
 * {@linkplain org.librarypeers.domain.Peer#isQueryable queryable}; it is known to have {@linkplain #withdraw withdrawn} the
 * resource; or it has the resource from this library, in a circle.
 */
public interface HarvestRepository {

    /**
     * Takes the peer for one run, unless somebody has it. Not within a transaction.
     *
     * @return the lease, to be closed at the end of the run; nothing if somebody else has it
     */
    Optional<PeerLease> claim(PeerId peer);

    /**
     * Takes the peer away from whoever has it, here or in another process: that run commits nothing more, and the next may
     * begin at once. Waits for a commit that is under way; within a transaction, nobody else commits for that peer until its
     * end.
     *
     * @return whether somebody had it
     */
    boolean revoke(PeerId peer);

    /**
     * Makes sure of a lease until the end of the transaction.
     *
     * @throws LeaseLostException if the lease is not ours any more; the transaction must then be left by this exception
     */
    void hold(PeerLease lease);

    /** Where the peer's next run goes on; nothing if it was never read. */
    Optional<Cursor> cursor(PeerId peer);

    /**
     * Returns the shortfalls with which the lists of that peer were last read to their end. While there is one, absence from a
     * list of this peer proves nothing.
     *
     * <p>A storage that keeps none of them returns {@link KnownShortfalls#NONE}; then every run that meets an incomplete list
     * fails.
     */
    default KnownShortfalls shortfalls(PeerId peer) {
        return KnownShortfalls.NONE;
    }

    /**
     * Replaces the shortfalls of the lease's peer.
     *
     * @throws LeaseLostException if the lease is not ours any more; a transaction around must then be left by this exception
     */
    default void keepShortfalls(PeerLease lease, KnownShortfalls shortfalls) {
        hold(lease);
    }

    /**
     * Returns what was last taken of these resources from that peer, whatever came of it, and under which remote id. Resources of
     * which nothing was taken are left out.
     */
    Map<Guid, AcceptedItem> accepted(PeerId peer, Collection<Guid> guids);

    /** The items of that peer that could not be kept, in the order of their remote ids. */
    List<QuarantinedItem> badItems(PeerId peer);

    /**
     * Returns the items of that peer that were not there when they were asked for, though it had listed them: the version of each, by
     * remote id. Those that are no {@link #badItems} any more are not asked for again before the peer lists another version.
     */
    Map<String, String> absentItems(PeerId peer);

    /** How many there are of {@link #badItems} of each peer; peers without any are left out. */
    Map<PeerId, Long> badCounts();

    /**
     * Notes what a batch brought and moves the cursor; within the transaction that saves its resources.
     *
     * @throws LeaseLostException if the lease is not ours any more; the transaction must then be left by this exception
     */
    void commit(PeerLease lease, HarvestProgress progress);

    /** Those of these resources whose source is lost. */
    Set<Guid> lost(Collection<Guid> resources);

    /**
     * What that peer offers and may take over from another source, but not what it has from this library: what is lost, and
     * what the peer made itself. Of what it made, and of what came in a circle, only what was not read since the resource
     * last changed here: reading it again would lead to nothing.
     *
     * @return in the order of the GUIDs, with the versions last taken, without bodies
     */
    List<ChangePage.Item> inheritable(PeerId peer);

    /**
     * What that peer offers and was not read for long.
     *
     * @param since only what was not read since, in this library's time
     * @param now now; what seems to have been read later was read when the clock was wrong, and counts as unread
     * @param limit at most so many, from 1
     * @return the longest unread first, with the versions last taken, without bodies
     */
    List<ChangePage.Item> longestUnread(PeerId peer, Instant since, Instant now, int limit);

    /** Counts the resources that that peer offers and whose details can be read again. */
    int detailCount(PeerId peer);

    /** Returns since when every detail of that peer is to be read again; empty if nobody asked for it, or all were read. */
    Optional<Instant> rereadSince(PeerId peer);

    /**
     * Notes since when every detail of the peer is to be read again.
     *
     * @param since in this library's time; null if none is left to be read
     * @throws LeaseLostException if the lease is not ours any more; a transaction around must then be left by this exception
     */
    void reread(PeerLease lease, @Nullable Instant since);

    /** The peers that are known to offer a resource, in the order of their numbers; its source among them. */
    List<PeerId> offering(Guid resource);

    /**
     * The resources here whose source is that peer, as far as it is not known to have {@linkplain #withdraw withdrawn}
     * them.
     */
    Set<Guid> offered(PeerId peer);

    /** What that peer offers of resources that have another source or were made here, as far as it is known. */
    Set<Guid> alsoOffered(PeerId peer);

    /**
     * Who could take over what is followed at that peer if it went: peers that can be asked, and have it from elsewhere. Of several
     * that have the same, who is synced next does; here it counts for the one of the lowest number.
     *
     * @return how many resources count for each, in the order of their numbers; those without any are left out
     */
    SortedMap<PeerId, Long> heirs(PeerId peer);

    /** What that peer is known to offer no longer. */
    Set<Guid> withdrawn(PeerId peer);

    /**
     * Notes what the peer offers no longer, and what it offers again. A withdrawal is also over when a version of the
     * resource is {@linkplain #commit taken} again.
     *
     * @param at now, in this library's time
     * @throws LeaseLostException if the lease is not ours any more; a transaction around must then be left by this exception
     */
    void withdraw(PeerLease lease, Set<Guid> gone, Set<Guid> back, Instant at);

    /**
     * Returns what was corrected or left out of resources when their source was last read, by resource. Resources without
     * remarks, and those that no source is known to offer, are absent.
     */
    Map<Guid, List<Remark>> remarks(Collection<Guid> resources);

    /**
     * What sources have withdrawn and no reviewer has decided on since, in the order of the GUIDs. The resource is still
     * here, whatever its status.
     *
     * @param after the last GUID of the page before, or null for the first page
     * @param limit at most so many, from 1
     */
    List<Withdrawal> withdrawals(@Nullable Guid after, int limit);

    /** Those of {@link #withdrawals(Guid, int)} that are about these resources. */
    Map<Guid, Withdrawal> withdrawals(Collection<Guid> resources);

    /** How many there are of {@link #withdrawals(Guid, int)}. */
    long withdrawalCount();

    /** A reviewer has decided on these, so that what was withdrawn of them waits no longer. */
    void reviewed(Collection<Guid> resources);
}
