package org.librarypeers.sync.storage;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Remark;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.GuidRange;

/**
 * The state of the syncs of each peer: its cursor, the items that it offers, its quarantine and its lease.
 *
 * <p>A run must hold the lease of its peer. The storage renews a lease while the process lives. A lease expires soon
 * after its process dies.
 *
 * <p>A resource is <b>orphaned</b> if no sync can update it: its source was removed or is not
 * {@linkplain org.librarypeers.domain.Peer#isQueryable queryable}, is known to have {@linkplain #withdraw withdrawn}
 * the resource, or received the resource from this library in a cycle.
 */
public interface HarvestRepository {

    /**
     * Claims a peer for one run. Must not be called within a transaction.
     *
     * @return the lease, which the caller closes at the end of the run; empty if another run holds it
     */
    Optional<PeerLease> claim(PeerId peer);

    /**
     * Revokes the lease of a peer in this or another process. Its holder can commit nothing more, and the next run may
     * start immediately. Waits for a commit that is in progress. If called within a transaction, no run can commit for
     * this peer until the transaction ends.
     *
     * @return whether the lease was held
     */
    boolean revoke(PeerId peer);

    /**
     * Locks the lease of a peer until the end of the transaction: until then, no run can claim the peer, commit for it
     * or release it. Waits for a commit that is in progress. Does nothing if the peer was never claimed. Call it within
     * {@link SyncStorage#inTransaction}.
     *
     * <p>The default does nothing. That is enough for a storage that runs one transaction at a time.
     */
    default void lock(PeerId peer) {}

    /**
     * Verifies that the lease is held, and prevents its revocation until the end of the transaction.
     *
     * @throws LeaseLostException if the lease was lost; let it propagate out of the transaction
     */
    void hold(PeerLease lease);

    /** Returns the cursor from which the peer's next run continues. Empty if the peer was never read. */
    Optional<Cursor> cursor(PeerId peer);

    /**
     * Returns the shortfalls that the peer's lists had when they were last read to their end. While there is one,
     * absence from a list of this peer proves nothing.
     *
     * <p>A storage that does not save shortfalls returns {@link KnownShortfalls#NONE}. Then every run that meets an
     * incomplete list fails.
     */
    default KnownShortfalls shortfalls(PeerId peer) {
        return KnownShortfalls.NONE;
    }

    /**
     * Replaces the shortfalls of the lease's peer.
     *
     * @throws LeaseLostException if the lease was lost; let it propagate out of a surrounding transaction
     */
    default void keepShortfalls(PeerLease lease, KnownShortfalls shortfalls) {
        hold(lease);
    }

    /**
     * Returns the items under which these resources were last read from the peer, regardless of their outcome.
     * Resources that were never read are left out.
     */
    Map<Guid, AcceptedItem> accepted(PeerId peer, Collection<Guid> guids);

    /** Returns the quarantined items of a peer, ordered by remote id. */
    List<QuarantinedItem> quarantinedItems(PeerId peer);

    /**
     * Returns the first of the {@link #quarantinedItems(PeerId)}.
     *
     * @param limit the maximum number; not negative
     */
    default List<QuarantinedItem> quarantinedItems(PeerId peer, int limit) {
        return quarantinedItems(peer).stream().limit(limit).toList();
    }

    /**
     * Returns the listed items of a peer that were absent when they were requested: their versions by remote id. Items
     * that are no longer among the {@link #quarantinedItems(PeerId)} are not requested again until the peer lists
     * another version.
     */
    Map<String, String> absentItems(PeerId peer);

    /** Returns the number of {@link #quarantinedItems(PeerId)} of each peer. Peers without any are left out. */
    Map<PeerId, Long> quarantinedCounts();

    /**
     * Saves the progress of a batch and moves the cursor, in the transaction that saves its resources.
     *
     * @throws LeaseLostException if the lease was lost; let it propagate out of the transaction
     */
    void commit(PeerLease lease, HarvestProgress progress);

    /**
     * Passes the versions of all resources in a range that the peer offers, as they were last read, to a consumer: those that
     * {@link #accepted} returns and that the peer is not known to have withdrawn. They include resources that are local, that have
     * another source, and that were left out. The order does not matter. Needs bounded memory, and must not be called by the consumer.
     *
     * <p>The default reads the GUIDs of everything that the peer offers, and does not know what was left out.
     *
     * @param peer the peer
     * @param range the range
     * @param consumer receives each resource once, with its version
     */
    default void versions(PeerId peer, GuidRange range, BiConsumer<Guid, String> consumer) {
        Set<Guid> guids = new TreeSet<>(offered(peer));
        guids.addAll(alsoOffered(peer));
        accepted(peer, guids.stream().filter(range::contains).toList())
                .forEach((guid, item) -> consumer.accept(guid, item.version()));
    }

    /**
     * Returns whether a resource follows the peer, was not found withdrawn by it, and has no {@linkplain #versions version}: because it
     * was imported, or because the peer answered once that it does not have it. Only the whole list shows whether the peer offers it.
     */
    default boolean hasUnreadFollowers(PeerId peer) {
        Set<Guid> offered = offered(peer);
        return accepted(peer, offered).size() < offered.size();
    }

    /** Returns those of these resources that are orphaned. */
    Set<Guid> orphaned(Collection<Guid> resources);

    /**
     * Returns the items that the peer offers and for which it may become the source: orphaned resources and those that
     * the peer created itself. Excludes resources that the peer received from this library. Items that the peer
     * created, or that arrived in a cycle, are included only if they were not read since the resource last changed
     * here.
     *
     * @return the items with the versions last read, without bodies, ordered by GUID
     */
    List<ChangePage.Item> takeoverCandidates(PeerId peer);

    /**
     * Returns the items that the peer offers and that were not read for a long time, the least recently read first.
     *
     * @param peer the peer
     * @param since the time since which the items were not read, by this library's clock
     * @param now the current time; items that were read later than this were read while a clock was wrong, and are
     *     included
     * @param limit the maximum number of items, from 1
     * @return the items with the versions last read, without bodies
     */
    List<ChangePage.Item> longestUnread(PeerId peer, Instant since, Instant now, int limit);

    /** Returns the number of resources that the peer offers and whose details can be read again. */
    int detailCount(PeerId peer);

    /**
     * Returns the time since which every detail of the peer is to be read again. Empty if this was not requested or is
     * done.
     */
    Optional<Instant> rereadSince(PeerId peer);

    /**
     * Saves the time since which every detail of the peer is to be read again.
     *
     * @param lease the lease on the peer
     * @param since the time, by this library's clock; null if all details have been read
     * @throws LeaseLostException if the lease was lost; let it propagate out of a surrounding transaction
     */
    void reread(PeerLease lease, @Nullable Instant since);

    /** Returns the peers that are known to offer a resource, ordered by number, including its source. */
    List<PeerId> offering(Guid resource);

    /**
     * Returns the resources that have this peer as their source and that it is not known to have
     * {@linkplain #withdraw withdrawn}.
     */
    Set<Guid> offered(PeerId peer);

    /**
     * Returns the resources that the peer is known to offer and that are local or have another source. Excludes what is
     * {@linkplain SelectionRepository left out}.
     */
    Set<Guid> alsoOffered(PeerId peer);

    /**
     * Returns which of these resources follow the peer or are offered by it, and how many follow it.
     *
     * <p>The default reads everything that the peer offers, and counts each withdrawal regardless of its time. Then a run withdraws fewer
     * deleted resources, and leaves the others to a reconciliation. A storage that counts by time is better.
     *
     * @param peer the peer
     * @param among the resources
     * @param since the time from which withdrawals are counted, inclusive
     */
    default Followers followers(PeerId peer, Collection<Guid> among, Instant since) {
        Set<Guid> offered = offered(peer);
        Set<Guid> also = alsoOffered(peer);
        return new Followers(
                among.stream().filter(offered::contains).collect(Collectors.toSet()),
                among.stream().filter(also::contains).collect(Collectors.toSet()),
                offered.size(),
                withdrawn(peer).size());
    }

    /**
     * Returns the possible successors of a peer: queryable peers that offer the same resources and did not receive them
     * from this library. In practice, the first successor that is synced takes over. This method assigns each resource
     * to the successor with the lowest number.
     *
     * @return the number of resources for each successor, ordered by peer number; peers without resources are left out
     */
    SortedMap<PeerId, Long> successors(PeerId peer);

    /** Returns the resources that the peer is known to have withdrawn. */
    Set<Guid> withdrawn(PeerId peer);

    /**
     * Marks resources as withdrawn or as offered again. A withdrawal also ends when a version of the resource is
     * {@linkplain #commit read} again.
     *
     * @param lease the lease on the peer
     * @param withdrawn the resources that the peer no longer offers
     * @param offeredAgain the resources that the peer offers again
     * @param at the current time, by this library's clock
     * @throws LeaseLostException if the lease was lost; let it propagate out of a surrounding transaction
     */
    void withdraw(PeerLease lease, Set<Guid> withdrawn, Set<Guid> offeredAgain, Instant at);

    /**
     * Returns the remarks about values that were corrected or left out when resources were last read from their source.
     * Resources without remarks, and those whose source is not known to offer them, are absent from the map.
     */
    Map<Guid, List<Remark>> remarks(Collection<Guid> resources);

    /**
     * Returns the withdrawals on which no reviewer has decided since, ordered by GUID. The resources still exist, in
     * any status.
     *
     * @param after the last GUID of the previous page, or null for the first page
     * @param limit the maximum number of withdrawals, from 1
     */
    List<Withdrawal> withdrawals(@Nullable Guid after, int limit);

    /**
     * Returns the {@linkplain #withdrawals(Guid, int) withdrawals} that concern these resources. Other resources are
     * left out.
     */
    Map<Guid, Withdrawal> withdrawals(Collection<Guid> resources);

    /** Returns the number of {@link #withdrawals(Guid, int)}. */
    long withdrawalCount();

    /** Records that a reviewer has decided on these resources. Their withdrawals no longer wait for a decision. */
    void reviewed(Collection<Guid> resources);

    /**
     * Undoes {@link #reviewed}: the withdrawals of these resources that still last wait for a decision again. Needed
     * only by a storage that finds the decisions of an {@linkplain DecisionRepository#decidedIn action}.
     *
     * @throws UnsupportedOperationException if this storage cannot undo decisions
     */
    default void reviewAgain(Collection<Guid> resources) {
        throw new UnsupportedOperationException("this storage cannot undo decisions on withdrawals");
    }
}
