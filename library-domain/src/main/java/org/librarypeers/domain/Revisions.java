package org.librarypeers.domain;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The current and the waiting revision of a resource. All other revisions are in its history.
 *
 * <p>Revisions are numbered in the order of their creation, and no number is reused. A waiting revision may have a
 * lower number than the current one if somebody edited the resource in the meantime.
 *
 * @param current the current revision; for an approved resource, this is the public one
 * @param waiting the revision from a peer that waits for a decision; null if there is none
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

    /** Adds a new current revision with other tags. A waiting revision keeps waiting. */
    Revisions retagged(ResourceContent content, Author by, Instant at) {
        Revision next = next(content, by, at);
        return new Revisions(next, waiting, next.number());
    }

    /** Replaces the waiting revision by a new one with other tags, of the same author and time. */
    Revisions waitingRetagged(ResourceContent content) {
        Revision before = Objects.requireNonNull(waiting);
        Revision next = next(content, before.author(), before.at());
        return new Revisions(current, next, next.number());
    }

    /** Makes the waiting revision current. Changes nothing if there is none. */
    Revisions published() {
        return waiting == null ? this : new Revisions(waiting, null, latest);
    }

    /** Discards the waiting revision. The current revision stays. */
    Revisions declined() {
        return waiting == null ? this : new Revisions(current, null, latest);
    }

    /** Makes the newer of both revisions current, for a resource that is no longer public. */
    Revisions merged() {
        return waiting != null && waiting.number() > current.number() ? published() : declined();
    }

    private Revision next(ResourceContent content, Author by, Instant at) {
        return new Revision(latest + 1, content, by, at);
    }
}
