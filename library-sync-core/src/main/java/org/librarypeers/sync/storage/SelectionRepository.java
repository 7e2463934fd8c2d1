package org.librarypeers.sync.storage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Refusal;
import org.librarypeers.domain.SelectionRule;
import org.librarypeers.sync.peer.ChangePage;

/**
 * The offers on which selection rules decide, and the resources that are never taken.
 *
 * <p>An offer is <b>left out</b> if the selection rule of its peer or a refusal did not take it when it was last decided on. An
 * offer is <b>due</b> if its body is to be requested although the peer may not have changed it, because a changed rule or
 * a revoked refusal may take it. {@link HarvestRepository#commit} saves what was decided on an offer, with its facts, and
 * ends that it is due.
 *
 * <p>A resource whose source left it out is {@linkplain HarvestRepository orphaned}, and a peer that leaves a resource out
 * is not its successor.
 */
public interface SelectionRepository {

    /**
     * A repository that knows no facts and has no refusals. Runs decide by the rule of their peer. After a rule is widened, only
     * a run that {@linkplain org.librarypeers.sync.SyncScope#EVERY_DETAIL reads every detail} finds what was left out before.
     */
    SelectionRepository NONE = new SelectionRepository() {

        @Override
        public SelectionState state(Peer peer) {
            return SelectionState.settled(peer);
        }

        @Override
        public List<StoredOffer> offers(PeerId peer, @Nullable Guid after, int limit) {
            return List.of();
        }

        @Override
        public void mark(PeerLease lease, Set<Guid> leftOut, Set<Guid> due) {
            throw new UnsupportedOperationException("this storage has no facts of offers");
        }

        @Override
        public void applied(PeerLease lease, SelectionRule rule) {
            throw new UnsupportedOperationException("this storage has no facts of offers");
        }

        @Override
        public List<ChangePage.Item> due(PeerId peer, @Nullable Guid after, int limit) {
            return List.of();
        }

        @Override
        public SelectionCounts counts(PeerId peer) {
            return SelectionCounts.NONE;
        }

        @Override
        public Set<Guid> notFollowed(Collection<Guid> resources) {
            return Set.of();
        }

        @Override
        public void refuse(Refusal refusal) {
            throw new UnsupportedOperationException("this storage has no refusals");
        }

        @Override
        public boolean revoke(Guid resource) {
            return false;
        }

        @Override
        public Optional<Refusal> refusal(Guid resource) {
            return Optional.empty();
        }

        @Override
        public Slice<Refusal> refusals(int offset, int limit) {
            return new Slice<>(List.of(), 0, true);
        }
    };

    /** Returns the state of a peer's selection that a run needs. */
    SelectionState state(Peer peer);

    /**
     * Returns offers of a peer that it has not withdrawn and that can be fetched, ordered by GUID.
     *
     * @param after the last GUID of the previous page, or null for the first page
     * @param limit the maximum number of offers, from 1
     */
    List<StoredOffer> offers(PeerId peer, @Nullable Guid after, int limit);

    /**
     * Passes all {@link #offers} of a peer to a consumer, in any order, with bounded memory.
     *
     * <p>The default reads them in pages.
     */
    default void scan(PeerId peer, Consumer<StoredOffer> consumer) {
        Pages.each((after, limit) -> offers(peer, after, limit), StoredOffer::guid, page -> page.forEach(consumer));
    }

    /**
     * Returns the {@link #offers} of a peer that are left out and whose resources do not follow the peer, ordered by GUID.
     *
     * <p>The default reads all offers.
     *
     * @param after the last GUID of the previous page, or null for the first page
     * @param limit the maximum number of offers, from 1
     */
    default List<StoredOffer> leftOut(PeerId peer, @Nullable Guid after, int limit) {
        List<StoredOffer> leftOut = new ArrayList<>();
        Pages.each((last, size) -> offers(peer, last == null ? after : last, size), StoredOffer::guid, page -> {
            page.stream()
                    .filter(offer -> offer.leftOut() && !offer.followed() && leftOut.size() < limit)
                    .forEach(leftOut::add);
        });
        return leftOut;
    }

    /**
     * Marks offers that a changed rule decides on.
     *
     * @param lease the lease on the peer
     * @param leftOut the resources that are left out and not due from now on
     * @param due the resources that are due from now on
     * @throws LeaseLostException if the lease was lost; let it propagate out of a surrounding transaction
     */
    void mark(PeerLease lease, Set<Guid> leftOut, Set<Guid> due);

    /**
     * Saves the rule that was applied to all offers of the lease's peer. Under a rule that takes everything, offers that are not left out
     * are no longer due, because their facts are not needed.
     *
     * @throws LeaseLostException if the lease was lost; let it propagate out of a surrounding transaction
     */
    void applied(PeerLease lease, SelectionRule rule);

    /**
     * Returns the due offers of a peer that it has not withdrawn and that can be fetched, ordered by GUID.
     *
     * @param after the last GUID of the previous page, or null for the first page
     * @param limit the maximum number of offers, from 1
     * @return the items with the versions last read, without bodies
     */
    List<ChangePage.Item> due(PeerId peer, @Nullable Guid after, int limit);

    /** Returns the numbers of offers of a peer that are left out. */
    SelectionCounts counts(PeerId peer);

    /** Returns those of these resources that their source leaves out, so that they are no longer followed. */
    Set<Guid> notFollowed(Collection<Guid> resources);

    /** Saves a refusal. It replaces an earlier one of the same resource. All offers of the resource are left out. */
    void refuse(Refusal refusal);

    /**
     * Removes a refusal. Offers of the resource that are left out become due.
     *
     * @return whether there was one
     */
    boolean revoke(Guid resource);

    /** Returns the refusal of a resource. Empty if it is not refused. */
    Optional<Refusal> refusal(Guid resource);

    /**
     * Returns refusals, the newest first.
     *
     * @param offset the number of refusals to skip, from 0
     * @param limit the maximum number of refusals, from 1
     */
    Slice<Refusal> refusals(int offset, int limit);
}
