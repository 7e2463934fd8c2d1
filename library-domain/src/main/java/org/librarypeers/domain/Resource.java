package org.librarypeers.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A training resource of this library. Every verb decides and returns the result; this object never changes.
 *
 * <p>Times are this library's, to the microsecond, which is what a database keeps.
 */
public final class Resource {

    private static final List<String> SLUG_LANGUAGES = List.of("en", "es", "pt-br", "fr");

    private final Guid guid;
    private final Slug slug;
    private final Status status;
    private final Origin origin;
    private final Revisions revisions;
    private final Instant created;
    private final Instant updated;
    private final ReviewState review;
    private final long version;

    private Resource(
            Guid guid,
            Slug slug,
            Status status,
            Origin origin,
            Revisions revisions,
            Instant created,
            Instant updated,
            ReviewState review,
            long version) {
        if (revisions.waiting() != null && status != Status.APPROVED) {
            throw new IllegalArgumentException(
                    "resource " + guid + " is " + status.word() + "; a revision waits only beside a public one");
        }
        this.guid = guid;
        this.slug = slug;
        this.status = status;
        this.origin = origin;
        this.revisions = revisions;
        this.created = created.truncatedTo(ChronoUnit.MICROS);
        this.updated = updated.truncatedTo(ChronoUnit.MICROS);
        this.review = review;
        this.version = version;
    }

    /** A new resource of this library's own; pending until it is approved. */
    public static Resource create(Guid guid, ResourceContent content, UserName by, Instant now) {
        return create(guid, slug(guid, content), content, by, now);
    }

    /** As {@link #create(Guid, ResourceContent, UserName, Instant)}, for one that had an address in another library. */
    public static Resource create(Guid guid, Slug slug, ResourceContent content, UserName by, Instant now) {
        return made(guid, slug, content, new Origin.Local(), new Author.Person(by), now);
    }

    /** Takes over what a peer sent and nobody here knows. */
    public static Received adopt(IncomingResource incoming, Delivery delivery) {
        return checked(() -> new Received.New(made(
                incoming.guid(),
                slug(incoming.guid(), incoming.content()),
                incoming.content(),
                incoming.originThrough(delivery.from()),
                delivery.author(),
                delivery.at())));
    }

    /**
     * Restores a resource as it was saved.
     *
     * @param revisions what it says, and what waits to be read
     * @param review how far reviewers have followed it
     * @param version how often it was saved, which guards against overwriting what somebody else saved meanwhile
     * @throws IllegalArgumentException if a revision waits and the resource is not approved
     */
    public static Resource restore(
            Guid guid,
            Slug slug,
            Status status,
            Origin origin,
            Revisions revisions,
            Instant created,
            Instant updated,
            ReviewState review,
            long version) {
        return new Resource(guid, slug, status, origin, revisions, created, updated, review, version);
    }

    private static Slug slug(Guid guid, ResourceContent content) {
        return Slug.of(content.title().best(SLUG_LANGUAGES), guid);
    }

    private static Resource made(
            Guid guid, Slug slug, ResourceContent content, Origin origin, Author author, Instant now) {
        Revision first = new Revision(1, content, author, now.truncatedTo(ChronoUnit.MICROS));
        ReviewState review = author instanceof Author.Sync ? ReviewState.NONE.brought(first) : ReviewState.NONE;
        return new Resource(guid, slug, Status.PENDING, origin, Revisions.of(first), now, now, review, 0);
    }

    /**
     * Decides what becomes of this resource now that a peer sent it.
     *
     * <p>A local resource stays as it is. One that is followed at another peer does too, unless the sender is the library
     * that made it. An update replaces the content and leaves the status. If the updates of the peer are to be reviewed, an
     * update of an approved resource waits beside what is public. What the peer sent before counts as unchanged even if it was
     * edited here since. What the peer has from here is no news.
     */
    public Received receive(IncomingResource incoming, Delivery delivery) {
        return receive(incoming, delivery, null);
    }

    /**
     * As {@link #receive}, for a resource whose source is lost: the sender takes over as its source, unless it has the
     * resource from here. What it sends replaces the content only if it is news; and a resource that came in a circle is
     * taken over, or from its source again, with news only, or libraries whose common source is lost would take over from one
     * another for ever.
     *
     * @param past what this resource said before; a copy that is no newer than that must not overwrite a newer one
     */
    public Received takeOver(IncomingResource incoming, Delivery delivery, List<Revision> past) {
        return receive(incoming, delivery, past);
    }

    private Received receive(IncomingResource incoming, Delivery delivery, @Nullable List<Revision> past) {
        if (!incoming.guid().equals(guid)) {
            return new Received.Invalid("it was asked for as " + guid + " but calls itself " + incoming.guid());
        }
        if (!(origin instanceof Origin.FromPeer source)) {
            return new Received.KeptLocal();
        }
        return checked(() -> receiveFromPeer(source, incoming, delivery, past));
    }

    private Received receiveFromPeer(
            Origin.FromPeer source, IncomingResource incoming, Delivery delivery, @Nullable List<Revision> past) {
        Peer sender = delivery.from();
        Origin.FromPeer received = incoming.originThrough(sender);
        if (source.peer().equals(sender.id())) {
            return follow(received, source, incoming, delivery, past == null ? List.of() : past);
        }
        boolean isMaker = incoming.isMadeBy(sender) && sender.host().isSameAs(source.sourceHost());
        if (received.isCircularAt(delivery.to()) || (past == null && !isMaker)) {
            return new Received.KeptOtherSource();
        }
        if (isMaker || past == null) {
            return become(received, source, incoming, delivery, null);
        }
        Received taken = become(received, source, incoming, delivery, past);
        boolean forNothing = source.isCircularAt(delivery.to()) && taken instanceof Received.Followed;
        return forNothing ? new Received.KeptOtherSource() : taken;
    }

    private Received follow(
            Origin.FromPeer received,
            Origin.FromPeer source,
            IncomingResource incoming,
            Delivery delivery,
            List<Revision> past) {
        if (received.isCircularAt(delivery.to())) {
            return following(source.through(received.route()), delivery);
        }
        return source.isCircularAt(delivery.to())
                ? stepBack(received, source, incoming, delivery, past)
                : become(received, source, incoming, delivery, null);
    }

    /**
     * What has come in a circle, and its source now has from elsewhere. All around may step out of the circle at the same time,
     * and back into it, and two versions chase one another round it: so only those step back that find themselves behind a
     * library that comes before them, or that get news.
     */
    private Received stepBack(
            Origin.FromPeer received,
            Origin.FromPeer source,
            IncomingResource incoming,
            Delivery delivery,
            List<Revision> past) {
        if (received.route().beginsBefore(delivery.to())) {
            return become(received, source, incoming, delivery, null);
        }
        Received taken = become(received, source, incoming, delivery, past);
        return taken instanceof Received.Followed ? new Received.Unchanged() : taken;
    }

    /**
     * Takes over what a peer sent, unless it is known.
     *
     * @param past what counts as known besides what the resource says now; null if the sender is to be followed whatever
     *     was said before
     */
    private Received become(
            Origin.FromPeer received,
            Origin.FromPeer source,
            IncomingResource incoming,
            Delivery delivery,
            @Nullable List<Revision> past) {
        ResourceContent sent = incoming.content();
        if (received.received().equals(source.received())
                || sent.saysTheSameAs(toReview().content())
                || isAmong(past, sent)) {
            return following(received, delivery);
        }
        if (sent.saysTheSameAs(content())) {
            // The source took its change back before anybody read it.
            Revisions settled = past == null ? revisions.declined() : revisions;
            return new Received.Followed(following(received, settled, delivery));
        }
        return new Received.Updated(updated(received, sent, delivery), toReview());
    }

    private static boolean isAmong(@Nullable List<Revision> past, ResourceContent sent) {
        return past != null && past.stream().anyMatch(said -> sent.saysTheSameAs(said.content()));
    }

    /** An unread update of a public resource waits beside it if the peer's updates are to be reviewed; nothing served changes. */
    private Resource updated(Origin.FromPeer received, ResourceContent sent, Delivery delivery) {
        Author author = delivery.author();
        Instant at = micros(delivery.at());
        if (status == Status.APPROVED && delivery.from().reviewsUpdates()) {
            return following(received, revisions.waitingBeside(sent, author, at), delivery);
        }
        Revisions next = revisions.replaced(sent, author, at);
        return new Resource(
                guid,
                slug,
                status,
                received,
                next,
                created,
                later(delivery.at()),
                review.brought(next.current()),
                version);
    }

    private Received following(Origin.FromPeer another, Delivery delivery) {
        return another.equals(origin)
                ? new Received.Unchanged()
                : new Received.Followed(following(another, revisions, delivery));
    }

    /** This resource with another origin; what it serves changes only if what is told of the origin does. */
    private Resource following(Origin.FromPeer another, Revisions changed, Delivery delivery) {
        boolean toldAlike = origin instanceof Origin.FromPeer source && source.isToldLike(another);
        Instant served = toldAlike ? updated : later(delivery.at());
        return new Resource(guid, slug, status, another, changed, created, served, review, version);
    }

    private static Received checked(Supplier<Received> decision) {
        try {
            return decision.get();
        } catch (IllegalArgumentException e) {
            return new Received.Invalid(String.valueOf(e.getMessage()));
        }
    }

    /** Makes it public; approving what is approved says at most that what changed since has been read. */
    public Resource approve(Instant now) {
        if (revisions.waiting() == null) {
            return becoming(Status.APPROVED, now);
        }
        Revisions published = revisions.published();
        ReviewState read = review.brought(published.current()).decided(published.current());
        return new Resource(guid, slug, status, origin, published, created, later(now), read, version);
    }

    /**
     * Says no to what a reviewer {@linkplain #toReview reads}. If that waits beside a public revision, the public one stays as it
     * is. Else the resource is rejected, and no longer public.
     */
    public Resource reject(Instant now) {
        Revision waiting = revisions.waiting();
        if (waiting == null) {
            return becoming(Status.REJECTED, now);
        }
        // What is public may be unread itself. Then it stays so.
        ReviewState read = review.isUnread() ? review : review.decided(waiting);
        return new Resource(guid, slug, status, origin, revisions.declined(), created, updated, read, version);
    }

    /**
     * Puts a public resource away; archiving what is archived changes nothing. A revision that waits becomes what it says,
     * unless somebody edited the resource since.
     *
     * @throws IllegalStateException if it is neither approved nor archived: what was never public is approved or rejected
     */
    public Resource archive(Instant now) {
        if (status == Status.PENDING || status == Status.REJECTED) {
            throw new IllegalStateException(
                    "resource " + guid + " is " + status.word() + "; only an approved one can be archived");
        }
        return status == Status.ARCHIVED ? this : unpublished(Status.ARCHIVED, now);
    }

    /**
     * Lets it wait for a reviewer, and takes it back from the public; submitting what is pending changes nothing. A revision
     * that waits becomes what it says, unless somebody edited the resource since.
     */
    public Resource submit(Instant now) {
        return status == Status.PENDING ? this : unpublished(Status.PENDING, now);
    }

    private Resource unpublished(Status changed, Instant now) {
        ReviewState followed = revisions.waiting() == null ? review : review.brought(revisions.waiting());
        return new Resource(guid, slug, changed, origin, revisions.merged(), created, later(now), followed, version);
    }

    private Resource becoming(Status changed, Instant now) {
        if (changed == status && review.decided() == revision().number()) {
            return this;
        }
        Instant served = changed == status ? updated : later(now);
        return new Resource(
                guid, slug, changed, origin, revisions, created, served, review.decided(revision()), version);
    }

    /**
     * Returns whether a peer changed it after a reviewer decided on it: the change waits beside what is public, or what is public
     * or rejected has not been read. An edit made here since then does not change that.
     */
    public boolean isChangedUpstream() {
        return revisions.waiting() != null
                || ((status == Status.APPROVED || status == Status.REJECTED) && review.isUnread());
    }

    /**
     * Replaces what it says; the same content changes nothing. Its status, origin and GUID stay. A revision that waits goes on
     * waiting, unless it says what is said now.
     */
    public Resource edit(ResourceContent content, UserName by, Instant now) {
        if (content.equals(content())) {
            return this;
        }
        Revisions next = revisions.edited(content, new Author.Person(by), micros(now));
        return new Resource(guid, slug, status, origin, next, created, later(now), review, version);
    }

    /** What is served of it changed, though not what it says: its update date moves, and nothing else. */
    public Resource servedAnew(Instant now) {
        return new Resource(guid, slug, status, origin, revisions, created, later(now), review, version);
    }

    /** Whoever compares the dates sees that it changed, even where this library's clock was set back. */
    private Instant later(Instant now) {
        return version == 0 || now.isAfter(updated) ? now : updated.plus(1, ChronoUnit.MICROS);
    }

    private static Instant micros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    /** The identity that travels. */
    public Guid guid() {
        return guid;
    }

    /** The readable part of its address in this library. */
    public Slug slug() {
        return slug;
    }

    /** Where it stands in this library. */
    public Status status() {
        return status;
    }

    /** Where it comes from. */
    public Origin origin() {
        return origin;
    }

    /** Returns what it says, who made it say so, and since when. Of an approved resource, this is what is public. */
    public Revision revision() {
        return revisions.current();
    }

    /** Returns what it says. Of an approved resource, this is what is public. */
    public ResourceContent content() {
        return revision().content();
    }

    /** Returns what it says, and what waits to be read. */
    public Revisions revisions() {
        return revisions;
    }

    /** Returns the revision that a reviewer decides on: one that waits beside what is public, else what it says. */
    public Revision toReview() {
        return revisions.toReview();
    }

    /** When it came to be in this library. */
    public Instant created() {
        return created;
    }

    /** When anything that is served of it last changed here. */
    public Instant updated() {
        return updated;
    }

    /** How far reviewers have followed it. */
    public ReviewState review() {
        return review;
    }

    /** How often it was saved; 0 if never. */
    public long version() {
        return version;
    }

    @Override
    public String toString() {
        return "Resource[" + guid + ", " + slug + ", " + status.word() + ", revision "
                + revision().number()
                + (revisions.waiting() == null ? "" : ", waiting " + toReview().number()) + "]";
    }
}
