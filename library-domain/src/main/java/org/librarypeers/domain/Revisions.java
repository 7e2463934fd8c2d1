package org.librarypeers.domain;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The current and the waiting revision of a resource. All other revisions are in its history.
 *
 * <p>Revisions are numbered in the order of their creation, and no number is reused. A waiting revision may have a
 * lower number than the current one if somebody edited the resource in the meantime.
 *
 * @param current the current revision; for an approved resource, this is the public one
 * @param waiting the revision from a peer that waits for a decision; null if it is missing
 * @param latest the highest number that was assigned so far, from 1
 */
public record Revisions(Revision current, @Nullable Revision waiting, int latest) {

    /**
     * Validates the numbers.
     *
     * @throws IllegalArgumentException if both revisions have the same number, or if one has a number above the latest
     */
    public Revisions {
        if (waiting != null && waiting.number() == current.number()) {
            throw new IllegalArgumentException("revision " + current.number() + " is both current and waiting");
        }
        if (latest < current.number() || (waiting != null && latest < waiting.number())) {
            throw new IllegalArgumentException("latest revision is " + latest
                    + "; it must not be lower than the current revision, " + current.number()
                    + (waiting == null ? "" : ", or the waiting revision, " + waiting.number()));
        }
    }

    /** Creates an instance with this revision as the current and latest one, and without a waiting revision. */
    public static Revisions of(Revision current) {
        return new Revisions(current, null, current.number());
    }

    /** Returns the revision that a reviewer decides on: the waiting one, otherwise the current one. */
    public Revision toReview() {
        return waiting == null ? current : waiting;
    }

    /** Returns the revisions of this instance that are not in {@code others}, in the order of their numbers. */
    public List<Revision> supersededBy(Revisions others) {
        return Stream.of(current, waiting)
                .filter(Objects::nonNull)
                .filter(revision -> !others.counts(revision.number()))
                .sorted(Comparator.comparingInt(Revision::number))
                .toList();
    }

    /** Returns the revision with this number, from this instance or the past ones; null if none of them has it. */
    @Nullable
    Revision find(int number, List<Revision> past) {
        return Stream.concat(Stream.of(toReview(), current), past.stream())
                .filter(revision -> revision.number() == number)
                .findFirst()
                .orElse(null);
    }

    /**
     * Returns the numbers of revisions that are in use here and were superseded in {@code before}: they return from the
     * history. Empty unless a decision was undone.
     */
    public List<Integer> restoredSince(Revisions before) {
        return Stream.of(toReview(), current)
                .map(Revision::number)
                .distinct()
                .filter(number -> number <= before.latest && !before.counts(number))
                .toList();
    }

    private boolean counts(int number) {
        return current.number() == number || (waiting != null && waiting.number() == number);
    }

    /** Adds a new current revision. A waiting revision is superseded. */
    Revisions replaced(ResourceContent content, Author by, Instant at) {
        Revision next = next(content, by, at);
        return new Revisions(next, null, next.number());
    }

    /** Adds a new waiting revision. A revision that waits already is superseded. */
    Revisions waitingBeside(ResourceContent content, Author by, Instant at) {
        Revision next = next(content, by, at);
        return new Revisions(current, next, next.number());
    }

    /** Adds a new current revision. A waiting revision keeps waiting, unless the new one says the same. */
    Revisions edited(ResourceContent content, Author by, Instant at) {
        Revision next = next(content, by, at);
        boolean settled = waiting == null || content.saysTheSameAs(waiting.content());
        return new Revisions(next, settled ? null : waiting, next.number());
    }

    /**
     * Replaces the tags of both revisions. Each one that changes becomes a new revision. If the older one changes, the
     * newer one gets a new number too, so that it stays the newer one. Returns this instance if nothing changes.
     *
     * @param mapping the mapping for the resource
     * @param by the author of the new current revision; a waiting revision keeps its author and time
     */
    Revisions retagged(TagMapping mapping, Author by, Instant at) {
        ResourceContent mapped = mapping.map(current.content());
        Revision shown = mapped.equals(current.content()) ? null : new Revision(current.number(), mapped, by, at);
        Revision kept = null;
        if (waiting != null) {
            ResourceContent waitingMapped = mapping.map(waiting.content());
            kept = waitingMapped.equals(waiting.content())
                    ? null
                    : new Revision(waiting.number(), waitingMapped, waiting.author(), waiting.at());
        }
        return inOrder(shown, kept);
    }

    /**
     * Replaces the records of {@linkplain MappedTag replaced tags} in the revision {@link #toReview()}, which becomes a new revision.
     * Returns this instance if they are the same in any order.
     */
    Revisions recorded(List<MappedTag> mappedTags, Author by, Instant at) {
        ResourceContent before = toReview().content();
        if (Set.copyOf(before.mappedTags()).equals(Set.copyOf(mappedTags))) {
            return this;
        }
        ResourceContent content = before.toBuilder().mappedTags(mappedTags).build();
        Revision next = new Revision(toReview().number(), content, by, at);
        return waiting == null ? inOrder(next, null) : inOrder(null, next);
    }

    /**
     * Replaces one or both revisions. If the older one is replaced, the newer one gets a new number too, so that it stays the newer one.
     *
     * @param shown the new current revision, still with the old number; null if it stays
     * @param kept the new waiting revision, still with the old number; null if it stays, or if no revision waits
     */
    private Revisions inOrder(@Nullable Revision shown, @Nullable Revision kept) {
        if (shown == null && kept == null) {
            return this;
        }
        if (waiting == null) {
            return of(numbered(shown == null ? current : shown, latest + 1));
        }
        boolean isOlderReplaced = isWaitingNewer() ? shown != null : kept != null;
        int older = isOlderReplaced ? latest + 1 : latest;
        Revision nextCurrent = shown == null ? current : shown;
        Revision nextWaiting = kept == null ? waiting : kept;
        return isWaitingNewer()
                ? new Revisions(
                        isOlderReplaced ? numbered(nextCurrent, older) : current,
                        numbered(nextWaiting, older + 1),
                        older + 1)
                : new Revisions(
                        numbered(nextCurrent, older + 1),
                        isOlderReplaced ? numbered(nextWaiting, older) : waiting,
                        older + 1);
    }

    private static Revision numbered(Revision revision, int number) {
        return new Revision(number, revision.content(), revision.author(), revision.at());
    }

    private boolean isWaitingNewer() {
        return waiting != null && waiting.number() > current.number();
    }

    /** Makes the waiting revision current. Changes nothing if it does not exist. */
    Revisions published() {
        return waiting == null ? this : new Revisions(waiting, null, latest);
    }

    /** Discards the waiting revision. The current revision stays. */
    Revisions declined() {
        return waiting == null ? this : new Revisions(current, null, latest);
    }

    /** Makes the newer of both revisions current, for a resource that is no longer public. */
    Revisions merged() {
        return isWaitingNewer() ? published() : declined();
    }

    private Revision next(ResourceContent content, Author by, Instant at) {
        return new Revision(latest + 1, content, by, at);
    }
}
