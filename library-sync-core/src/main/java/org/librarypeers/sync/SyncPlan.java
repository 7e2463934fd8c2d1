package org.librarypeers.sync;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Delivery;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.OfferFacts;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.QuarantineReason;
import org.librarypeers.domain.Received;
import org.librarypeers.domain.Remark;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Selection;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.domain.TagMapping;
import org.librarypeers.sync.peer.ChangePage;

/**
 * The decisions on a batch of items, which are not saved yet. A plan is made without side effects, so that a preview
 * and a sync decide alike.
 */
record SyncPlan(List<ItemDecision> decisions, Delivery delivery) {

    /**
     * The decision on one item.
     *
     * @param item the item
     * @param sent what the peer sent; null if it was unreadable
     * @param received the decision
     * @param remarks what was corrected or left out when the item was read
     * @param facts the facts on which the selection rule decided; null if the item was unreadable
     */
    record ItemDecision(
            ChangePage.Item item,
            @Nullable IncomingResource sent,
            Received received,
            List<Remark> remarks,
            @Nullable OfferFacts facts) {

        /** Drops the remarks if the item was not accepted, because they would not describe anything in this library. */
        ItemDecision {
            remarks = received.outcome().isAccepted() ? List.copyOf(remarks) : List.of();
        }

        Outcome outcome() {
            Guid guid = sent == null ? item.guid() : sent.guid();
            return new Outcome(
                    received.outcome(),
                    item.remoteId(),
                    guid,
                    received.problem().orElse(null),
                    remarks);
        }

        /** Returns whether the peer received the resource by way of the given library. */
        boolean isCircularAt(LibraryId library) {
            return sent != null && sent.route().passes(library);
        }
    }

    /**
     * Decides on each item that the peer answered with a body or an unreadable answer.
     *
     * @param mapping the mapping for the resources of the peer
     * @param selection what is taken of the peer
     */
    static SyncPlan of(
            Batch batch, ExistingResources known, TagMapping mapping, Selection selection, Delivery delivery) {
        List<ItemDecision> decisions = new ArrayList<>();
        Set<Guid> decided = new HashSet<>();
        for (Answered answered : batch.answered()) {
            ChangePage.Item item = answered.item();
            Optional<ItemDecision> decision = answered.answer()
                    .match(
                            body -> {
                                IncomingResource sent = body.resource().mapped(mapping);
                                OfferFacts facts = OfferFacts.of(body.resource());
                                Received received = decided.add(sent.guid())
                                        ? decide(
                                                item, sent, known, mapping, isLeftOut(selection, sent, facts), delivery)
                                        : new Received.Invalid(
                                                QuarantineReason.Kind.SAME_GUID,
                                                "another item of the same page has the GUID " + sent.guid() + " too");
                                return Optional.of(new ItemDecision(item, sent, received, body.remarks(), facts));
                            },
                            gone -> Optional.empty(),
                            unreadable -> Optional.of(new ItemDecision(
                                    item, null, new Received.Invalid(unreadable.reason()), List.of(), null)));
            decision.ifPresent(decisions::add);
        }
        return new SyncPlan(decisions, delivery);
    }

    private static boolean isLeftOut(Selection selection, IncomingResource sent, OfferFacts facts) {
        return selection.result(sent.guid(), facts) == Selection.Result.LEFT_OUT;
    }

    private static Received decide(
            ChangePage.Item item,
            IncomingResource sent,
            ExistingResources known,
            TagMapping mapping,
            boolean isLeftOut,
            Delivery delivery) {
        if (item.guid() != null && !item.guid().equals(sent.guid())) {
            return new Received.Invalid(
                    QuarantineReason.Kind.OTHER_GUID,
                    "it is listed as " + item.guid() + ", but its GUID is " + sent.guid());
        }
        if (isLeftOut) {
            return new Received.LeftOut();
        }
        Resource resource = known.resources().get(sent.guid());
        if (resource == null) {
            return Resource.adopt(sent, delivery);
        }
        List<Revision> past = known.pasts().get(sent.guid());
        return past == null
                ? resource.receive(sent, delivery)
                : resource.takeOver(sent, delivery, mapped(past, mapping));
    }

    /** Returns the revisions as they would be if the peer sent them now, so that an older copy is recognized. */
    private static List<Revision> mapped(List<Revision> past, TagMapping mapping) {
        return past.stream()
                .map(revision -> new Revision(
                        revision.number(), mapping.map(revision.content()), revision.author(), revision.at()))
                .toList();
    }

    /** Returns the resources to save. */
    List<Resource> changed() {
        return decisions.stream()
                .flatMap(decision -> decision.received().toSave().stream())
                .toList();
    }

    /** Returns the decisions of the peer's policy to publish resources. */
    List<Decision> publications() {
        return decisions.stream()
                .flatMap(decision -> decision.received().publication(delivery).stream())
                .toList();
    }

    /** Returns one outcome for each decision. */
    List<Outcome> outcomes() {
        return decisions.stream().map(ItemDecision::outcome).toList();
    }

    SyncTally tally() {
        SyncTally tally = SyncTally.NONE;
        for (ItemDecision decision : decisions) {
            tally = tally.plus(decision.received().outcome());
            tally = decision.remarks().isEmpty() ? tally : tally.plusRemarked();
        }
        return tally;
    }
}
