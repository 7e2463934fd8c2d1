package org.librarypeers.domain;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The decision on a new version of a resource from a peer. The resource itself came from this or another peer. */
final class Reception {

    private final Resource resource;
    private final Origin.FromPeer source;
    private final IncomingResource incoming;
    private final Origin.FromPeer received;
    private final Delivery delivery;
    private final @Nullable List<Revision> past;

    private Reception(
            Resource resource,
            Origin.FromPeer source,
            IncomingResource incoming,
            Delivery delivery,
            @Nullable List<Revision> past) {
        this.resource = resource;
        this.source = source;
        this.incoming = incoming;
        this.received = incoming.originThrough(delivery.from());
        this.delivery = delivery;
        this.past = past;
    }

    /**
     * Decides what to do with a new version of a resource.
     *
     * @param past the earlier revisions of the resource if it is orphaned; null if it is not
     */
    static Received decide(
            Resource resource, IncomingResource incoming, Delivery delivery, @Nullable List<Revision> past) {
        if (!incoming.guid().equals(resource.guid())) {
            return new Received.Invalid(
                    QuarantineReason.Kind.OTHER_GUID,
                    "it was requested as " + resource.guid() + ", but its GUID is " + incoming.guid());
        }
        return resource.origin()
                .match(
                        local -> new Received.KeptLocal(),
                        source -> checked(() -> new Reception(resource, source, incoming, delivery, past).decide()));
    }

    /** Returns the decision, or {@link Received.Invalid} if what was sent breaks a rule. */
    static Received checked(Supplier<Received> decision) {
        try {
            return decision.get();
        } catch (IllegalArgumentException e) {
            return new Received.Invalid(QuarantineReason.of(e));
        }
    }

    private Received decide() {
        Peer sender = delivery.from();
        if (source.peer().equals(sender.id())) {
            return fromSource();
        }
        boolean isMaker = incoming.isMadeBy(sender) && sender.access().isAt(source.sourceHost());
        if (received.isCircularAt(delivery.to()) || (past == null && !isMaker)) {
            return new Received.KeptOtherSource();
        }
        if (isMaker) {
            return applied(null);
        }
        Received taken = applied(past);
        boolean addsNothing = source.isCircularAt(delivery.to()) && taken instanceof Received.Followed;
        return addsNothing ? new Received.KeptOtherSource() : taken;
    }

    private Received fromSource() {
        if (received.isCircularAt(delivery.to())) {
            return following(source.through(received.route()));
        }
        return source.isCircularAt(delivery.to()) ? steppedBack() : applied(null);
    }

    /**
     * Handles a resource that arrived in a cycle and that its source now receives from elsewhere. If all libraries in a
     * cycle left it at the same time, two versions could chase each other. Therefore a library leaves the cycle only if
     * the route now begins at a library with a lower id, or if the content is new.
     */
    private Received steppedBack() {
        if (received.route().beginsBefore(delivery.to())) {
            return applied(null);
        }
        Received taken = applied(past == null ? List.of() : past);
        return taken instanceof Received.Followed ? new Received.Unchanged() : taken;
    }

    /**
     * Applies what the peer sent, unless it is already known.
     *
     * @param known revisions that count as known in addition to the current one; null if the sender is followed
     *     regardless of earlier revisions
     */
    private Received applied(@Nullable List<Revision> known) {
        ResourceContent sent = incoming.content();
        if (received.received().equals(source.received()) || isAmong(known, sent)) {
            return following(received);
        }
        if (sent.saysTheSameAs(resource.toReview().content())) {
            return following(received, known == null ? recorded(resource.revisions()) : resource.revisions());
        }
        if (sent.saysTheSameAs(resource.content())) {
            // The source reverted its change before it was reviewed.
            Revisions revisions = resource.revisions();
            Revisions settled = known == null ? recorded(revisions.declined()) : revisions;
            return new Received.Followed(resource.following(received, settled, delivery));
        }
        return new Received.Updated(resource.updated(received, sent, delivery), resource.toReview());
    }

    private static boolean isAmong(@Nullable List<Revision> known, ResourceContent sent) {
        return known != null && known.stream().anyMatch(said -> sent.saysTheSameAs(said.content()));
    }

    /** Records which of the tags a mapping replaced. The source may have sent others that lead to the same tags. */
    private Revisions recorded(Revisions revisions) {
        return revisions.recorded(
                incoming.content().mappedTags(),
                delivery.author(),
                delivery.at().truncatedTo(ChronoUnit.MICROS));
    }

    private Received following(Origin.FromPeer another) {
        return following(another, resource.revisions());
    }

    private Received following(Origin.FromPeer another, Revisions revisions) {
        return another.equals(source) && revisions.equals(resource.revisions())
                ? new Received.Unchanged()
                : new Received.Followed(resource.following(another, revisions, delivery));
    }
}
