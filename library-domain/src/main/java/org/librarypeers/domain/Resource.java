package org.librarypeers.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * A training resource of this library. Instances are immutable: each method that changes something returns a new
 * resource.
 *
 * <p>Times are those of this library's clock, with microsecond precision, as a database stores them.
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
            throw new IllegalArgumentException("resource " + guid + " is " + status.word()
                    + "; only an approved resource can have a waiting revision");
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

    /** Creates a local resource. It is pending until it is approved. */
    public static Resource create(Guid guid, ResourceContent content, UserName by, Instant now) {
        return create(guid, slug(guid, content), content, by, now);
    }

    /**
     * Creates a local resource with a given slug, for example the one that it had in another library. It is pending
     * until it is approved.
     */
    public static Resource create(Guid guid, Slug slug, ResourceContent content, UserName by, Instant now) {
        Revision first = new Revision(1, content, new Author.Person(by), micros(now));
        return added(guid, slug, Status.PENDING, new Origin.Local(), first, ReviewState.NONE, now);
    }

    /**
     * Accepts a resource that a peer sent and that does not exist in this library. It is pending, unless everything from
     * the peer is published immediately.
     */
    public static Received adopt(IncomingResource incoming, Delivery delivery) {
        return Reception.checked(() -> {
            Guid guid = incoming.guid();
            Revision first = new Revision(1, incoming.content(), delivery.author(), micros(delivery.at()));
            return new Received.New(added(
                    guid,
                    slug(guid, incoming.content()),
                    delivery.publishesEverything() ? Status.APPROVED : Status.PENDING,
                    incoming.originThrough(delivery.from()),
                    first,
                    delivery.broughtTo(ReviewState.NONE, first),
                    delivery.at()));
        });
    }

    private static Resource added(
            Guid guid, Slug slug, Status status, Origin origin, Revision first, ReviewState review, Instant now) {
        return new Resource(guid, slug, status, origin, Revisions.of(first), now, now, review, 0);
    }

    /**
     * Restores a resource from storage.
     *
     * @param revisions the current revision, and the waiting one if any
     * @param review the state of the review
     * @param version the number of times that the resource was saved, for optimistic locking
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

    /**
     * Decides what to do with a new version of this resource that a peer sent.
     *
     * <p>A local resource stays unchanged. So does a resource that follows another peer, unless the sender is the
     * library that created it. An update replaces the content and keeps the status. If everything from the peer is
     * reviewed, an update of an approved resource waits beside the public revision. If the peer sends the same as
     * before, the result is unchanged, even if the resource was edited here since then. A copy that the peer received
     * by way of this library is not an update.
     */
    public Received receive(IncomingResource incoming, Delivery delivery) {
        return Reception.decide(this, incoming, delivery, null);
    }

    /**
     * Decides like {@link #receive}, for an orphaned resource. The sender becomes its source, unless the sender
     * received the resource from this library. The sent content replaces the current content only if it is new. For a
     * resource that arrived in a cycle, the origin also changes only with new content. Otherwise libraries without
     * their common source would take over from one another endlessly.
     *
     * @param past the earlier revisions of this resource; an older copy must not overwrite a newer one
     */
    public Received takeOver(IncomingResource incoming, Delivery delivery, List<Revision> past) {
        return Reception.decide(this, incoming, delivery, past);
    }

    /**
     * Applies an update. If everything from the peer is reviewed, an update of a public resource waits beside the public
     * revision, and what is served does not change.
     */
    Resource updated(Origin.FromPeer received, ResourceContent sent, Delivery delivery) {
        Author author = delivery.author();
        Instant at = micros(delivery.at());
        if (status == Status.APPROVED && delivery.from().publication() == PublicationPolicy.REVIEW_EVERYTHING) {
            return following(received, revisions.waitingBeside(sent, author, at), delivery);
        }
        Revisions next = revisions.replaced(sent, author, at);
        // A policy decides on nothing but what it publishes.
        ReviewState reviewed =
                status == Status.APPROVED ? delivery.broughtTo(review, next.current()) : review.brought(next.current());
        return new Resource(guid, slug, status, received, next, created, later(delivery.at()), reviewed, version);
    }

    /**
     * Returns this resource with another origin. Its update date moves only if readers and peers see a different
     * origin.
     */
    Resource following(Origin.FromPeer another, Revisions changed, Delivery delivery) {
        boolean looksAlike = origin instanceof Origin.FromPeer source && source.looksLike(another);
        Instant served = looksAlike ? updated : later(delivery.at());
        return new Resource(guid, slug, status, another, changed, created, served, review, version);
    }

    /**
     * Returns the decision of the sender's policy to publish the current revision, which the delivery brought. Empty if
     * the resource is not public, or if the revision waits for a reviewer.
     */
    Optional<Decision> publicationBy(Delivery delivery) {
        return status == Status.APPROVED && revisions.waiting() == null
                ? Optional.of(Decision.ofPolicy(
                        delivery.from().publication(), guid, revision().number(), delivery.at()))
                : Optional.empty();
    }

    /**
     * Approves this resource, which makes it public. A waiting revision becomes public. If the resource is approved
     * already, at most the review state changes.
     */
    public Resource approve(Instant now) {
        if (revisions.waiting() == null) {
            return becoming(Status.APPROVED, now);
        }
        Revisions published = revisions.published();
        ReviewState read = review.brought(published.current()).decided(published.current());
        return new Resource(guid, slug, status, origin, published, created, later(now), read, version);
    }

    /**
     * Rejects the revision that a reviewer {@linkplain #toReview reads}. If it waits beside a public revision, the
     * public one stays. Otherwise the resource is rejected and is no longer public.
     */
    public Resource reject(Instant now) {
        Revision waiting = revisions.waiting();
        if (waiting == null) {
            return becoming(Status.REJECTED, now);
        }
        // The public revision may be unread too. In that case it stays unread.
        ReviewState read = review.isUnread() ? review : review.decided(waiting);
        return new Resource(guid, slug, status, origin, revisions.declined(), created, updated, read, version);
    }

    /**
     * Returns this resource as it was before a decision. A revision that the decision published waits again, and the
     * one before it is public again. Empty if the resource is no longer as the decision left it, or if a revision is
     * missing from the history.
     *
     * @param effect the effect of the decision
     * @param past the earlier revisions of this resource
     */
    public Optional<Resource> undo(DecisionEffect effect, List<Revision> past, Instant now) {
        return restored(effect.before(), effect.after(), past, now);
    }

    /**
     * Returns this resource as it was before a change of its status or its content. Revisions that were superseded by the change are
     * in use again, and those that it made are left to the history. Empty if the resource is no longer as the change left it, or if a
     * revision is missing from the history.
     *
     * @param before the resource before the change
     * @param after the resource after the change
     * @param past the earlier revisions of this resource
     */
    public Optional<Resource> restored(ReviewSnapshot before, ReviewSnapshot after, List<Revision> past, Instant now) {
        if (!ReviewSnapshot.of(this).equals(after)) {
            return Optional.empty();
        }
        if (before.equals(after)) {
            return Optional.of(this);
        }
        Revision current = revisions.find(before.current(), past);
        Revision waiting = before.waiting() == 0 ? null : revisions.find(before.waiting(), past);
        if (current == null || (waiting == null) != (before.waiting() == 0)) {
            return Optional.empty();
        }
        Instant served = before.isServedUnlike(after) ? later(now) : updated;
        Revisions restored = new Revisions(current, waiting, revisions.latest());
        return Optional.of(
                new Resource(guid, slug, before.status(), origin, restored, created, served, before.review(), version));
    }

    /**
     * Archives a public resource. An archived resource stays unchanged. A waiting revision becomes current, unless
     * somebody edited the resource since then.
     *
     * @throws IllegalStateException if the resource is neither approved nor archived
     */
    public Resource archive(Instant now) {
        if (status == Status.PENDING || status == Status.REJECTED) {
            throw new IllegalStateException(
                    "resource " + guid + " is " + status.word() + "; only an approved resource can be archived");
        }
        return status == Status.ARCHIVED ? this : unpublished(Status.ARCHIVED, now);
    }

    /**
     * Submits this resource for review. The resource is no longer public. A pending resource stays unchanged. A waiting
     * revision becomes current, unless somebody edited the resource since then.
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
     * Returns whether a peer changed this resource after a reviewer's last decision. Either the change waits beside the
     * public revision, or the public or rejected revision is unread. Later local edits do not affect the result.
     */
    public boolean isChangedUpstream() {
        return revisions.waiting() != null
                || ((status == Status.APPROVED || status == Status.REJECTED) && review.isUnread());
    }

    /**
     * Replaces the content. Status, origin and GUID stay the same. Returns this resource if the content is equal to the
     * current content. A waiting revision keeps waiting, unless the new content says the same.
     */
    public Resource edit(ResourceContent content, UserName by, Instant now) {
        if (content.equals(content())) {
            return this;
        }
        Revisions next = revisions.edited(content, new Author.Person(by), micros(now));
        return new Resource(guid, slug, status, origin, next, created, later(now), review, version);
    }

    /**
     * Applies a mapping to the tags of the current and the waiting revision. Each one that changes becomes a new revision, and the newer
     * of the two stays the newer one. The status and the state of the review stay the same. The update date moves only if the public
     * content changes. Returns this resource if nothing changes.
     *
     * @param mapping the mapping for all resources of the library
     * @param by the author of the new current revision
     */
    public Resource retagged(TagMapping mapping, UserName by, Instant now) {
        Revisions next = revisions.retagged(mapping.from(origin), new Author.Person(by), micros(now));
        if (next.latest() == revisions.latest()) {
            return this;
        }
        boolean isServed =
                status == Status.APPROVED && !next.current().content().equals(content());
        return new Resource(
                guid, slug, status, origin, next, created, isServed ? later(now) : updated, review, version);
    }

    /**
     * Returns a copy with a later update date, for use when data that is served with the resource changed. Returns this resource if it is
     * not public, because then it is not served.
     */
    public Resource servedAnew(Instant now) {
        return status == Status.APPROVED
                ? new Resource(guid, slug, status, origin, revisions, created, later(now), review, version)
                : this;
    }

    /**
     * Returns a time after the last update, even if this library's clock was set back, so that clients notice the
     * change.
     */
    private Instant later(Instant now) {
        return version == 0 || now.isAfter(updated) ? now : updated.plus(1, ChronoUnit.MICROS);
    }

    private static Instant micros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    /** Returns the GUID, which is the same in all libraries. */
    public Guid guid() {
        return guid;
    }

    /** Returns the readable part of the resource's address in this library. */
    public Slug slug() {
        return slug;
    }

    /** Returns the status in this library. */
    public Status status() {
        return status;
    }

    /** Returns the origin. */
    public Origin origin() {
        return origin;
    }

    /** Returns the current revision. For an approved resource, this is the public revision. */
    public Revision revision() {
        return revisions.current();
    }

    /** Returns the current content. For an approved resource, this is the public content. */
    public ResourceContent content() {
        return revision().content();
    }

    /** Returns the current revision and the one that waits for review, if any. */
    public Revisions revisions() {
        return revisions;
    }

    /** Returns the revision that a reviewer decides on: the waiting revision, otherwise the current one. */
    public Revision toReview() {
        return revisions.toReview();
    }

    /** Returns when the resource was added to this library. */
    public Instant created() {
        return created;
    }

    /** Returns when data that is served with this resource last changed in this library. */
    public Instant updated() {
        return updated;
    }

    /** Returns the state of the review. */
    public ReviewState review() {
        return review;
    }

    /** Returns how often this resource was saved; 0 if never. */
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
