package org.librarypeers.sync;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Selection;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.storage.AcceptedItem;
import org.librarypeers.sync.storage.Pages;
import org.librarypeers.sync.storage.SelectionRepository;
import org.librarypeers.sync.storage.SelectionState;
import org.librarypeers.sync.storage.StoredOffer;

/**
 * Applies a changed selection rule to the offers that earlier runs read. What a wider rule newly takes becomes due, and
 * only due offers are requested from the peer, in batches. A run that ends early leaves the rest due.
 */
final class Reselection {

    private final Peer peer;
    private final SelectionState state;
    private final Selection selection;
    private final SelectionRepository selections;
    private final BatchApplier applier;
    private final ReadSoFar reading;
    private boolean isDue;

    /** The number of due offers that the client could not request. */
    private int waiting;

    /** The resources that a preview, which marks nothing, would have marked as left out. */
    private final Set<Guid> unmarked = new HashSet<>();

    Reselection(Peer peer, SelectionState state, SyncParts parts, BatchApplier applier, ReadSoFar reading) {
        this.peer = peer;
        this.state = state;
        this.selection = state.of(peer);
        this.selections = parts.storage().selections();
        this.applier = applier;
        this.reading = reading;
        this.isDue = state.hasDue();
    }

    /** Returns whether the rule of the peer has changed since it was last applied to all offers. */
    boolean isChanged() {
        return !state.applied().equals(peer.selection());
    }

    /** Marks what the rule newly leaves out, and what becomes due. Does nothing if the rule was applied already. */
    void apply() {
        if (!isChanged()) {
            return;
        }
        eachOffer(page -> {
            Set<Guid> leftOut = new HashSet<>();
            Set<Guid> due = new HashSet<>();
            for (StoredOffer offer : page) {
                if (isDue(offer)) {
                    due.add(offer.guid());
                } else if (!offer.leftOut() && isLeftOut(offer)) {
                    leftOut.add(offer.guid());
                }
            }
            if (!leftOut.isEmpty() || !due.isEmpty()) {
                unmarked.addAll(applier.reselect(leftOut, due));
                isDue |= !due.isEmpty();
            }
        });
        applier.reselected();
    }

    private void eachOffer(Consumer<List<StoredOffer>> consumer) {
        Pages.each((after, limit) -> selections.offers(peer.id(), after, limit), StoredOffer::guid, consumer);
    }

    private boolean isLeftOut(StoredOffer offer) {
        return selection.result(offer.guid(), offer.facts()) == Selection.Result.LEFT_OUT;
    }

    /** Returns whether an item that is listed as it was accepted is left out. */
    boolean isLeftOut(ChangePage.Item item, @Nullable AcceptedItem accepted) {
        return (accepted != null && accepted.leftOut()) || unmarked.contains(item.guid());
    }

    /** Returns the items without those that only a preview still takes for candidates. */
    List<ChangePage.Item> withoutLeftOut(List<ChangePage.Item> candidates) {
        return unmarked.isEmpty()
                ? candidates
                : candidates.stream()
                        .filter(item -> !unmarked.contains(item.guid()))
                        .toList();
    }

    /**
     * Returns whether a listed item that was left out is decided on again, because the page contains its body, so that no
     * request is needed later.
     */
    boolean isDecidedAgain(ChangePage.Item item, @Nullable AcceptedItem accepted) {
        return isDue && item.body() != null && isLeftOut(item, accepted);
    }

    /**
     * Forgets offers that are left out and that the peer no longer lists. They are not in this library, so nothing is
     * reported. Call it after the complete list was read.
     */
    void forgetUnlisted(BatchReceiver receiver, Withdrawals withdrawals) {
        if (selection.takesEverything()) {
            return;
        }
        eachLeftOut(page -> {
            List<Answered> gone = page.stream()
                    .filter(offer -> !withdrawals.mayBeListed(offer.guid()))
                    // The peer may have given the remote id to another resource.
                    .filter(offer -> !reading.isListed(offer.item()))
                    .map(offer -> new Answered(offer.item(), new Fetched.Gone()))
                    .toList();
            if (!gone.isEmpty()) {
                receiver.apply(new Batch(gone, Map.of(), Batch.Rest.again(Batch.Again.NONE)));
            }
        });
    }

    /** Passes the offers that are left out and do not follow the peer, including those that only a preview left unmarked. */
    private void eachLeftOut(Consumer<List<StoredOffer>> consumer) {
        if (unmarked.isEmpty()) {
            Pages.each((after, limit) -> selections.leftOut(peer.id(), after, limit), StoredOffer::guid, consumer);
        } else {
            eachOffer(page -> consumer.accept(page.stream()
                    .filter(offer -> offer.leftOut() || unmarked.contains(offer.guid()))
                    .filter(offer -> !offer.followed())
                    .toList()));
        }
    }

    /** Requests the due offers that this run has not decided on. Those that the client cannot request now stay due. */
    void receive(BatchReceiver receiver, Set<Guid> settled) {
        if (!isDue) {
            return;
        }
        if (isChanged()) {
            receiveChanged(receiver, settled);
        } else {
            receiveDue(receiver, settled);
        }
    }

    /** Decides from the facts which offers are due, so that a preview, which marks none, requests them too. */
    private void receiveChanged(BatchReceiver receiver, Set<Guid> settled) {
        eachOffer(page -> {
            List<ChangePage.Item> due =
                    page.stream().filter(this::isDue).map(StoredOffer::item).toList();
            waiting += receiver.receiveApart(reading.undecided(due, settled));
        });
    }

    private boolean isDue(StoredOffer offer) {
        return switch (selection.result(offer.guid(), offer.facts())) {
            case TAKEN -> offer.leftOut();
            case LEFT_OUT -> false;
            case UNKNOWN -> true;
        };
    }

    private void receiveDue(BatchReceiver receiver, Set<Guid> settled) {
        Pages.each(
                (after, limit) -> selections.due(peer.id(), after, limit),
                item -> Objects.requireNonNull(item.guid()),
                page -> waiting += receiver.receiveApart(reading.undecided(page, settled)));
    }

    /** Returns a remark about the due offers that the client could not request. Empty if it requested all of them. */
    Optional<String> remark() {
        return waiting == 0
                ? Optional.empty()
                : Optional.of(Count.of(waiting, "resource") + " that the changed rule or a revoked refusal takes "
                        + (waiting == 1 ? "was" : "were")
                        + " offered earlier and cannot be fetched now; a sync over the network or a complete bundle brings "
                        + (waiting == 1 ? "it" : "them"));
    }
}
