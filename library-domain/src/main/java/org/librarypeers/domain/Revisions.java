package org.librarypeers.domain;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The revisions of a resource that count now. Others are in its history.
 *
 * <p>Numbers say in which order revisions came to be. Each is given once, so a waiting revision may have a lower number than
 * the current one if somebody here edited the resource in the meantime.
 *
 * @param current what the resource says; of an approved resource, what is public
 * @param waiting what a peer brought since, and no reviewer has decided on; null if nothing waits
 * @param latest the highest number that was given so far, from 1
 */
public record Revisions(Revision current, @Nullable Revision waiting, int latest) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if both revisions have one number, or one has a number above the latest
     */
    public Revisions {
        if (waiting != null && waiting.number() == current.number()) {
            throw new IllegalArgumentException("revision " + current.number() + " is both current and waiting");
        }
        if (latest < current.number() || (waiting != null && latest < waiting.number())) {
            throw new IllegalArgumentException("latest revision is " + latest + ", but current and waiting are "
                    + current.number() + " and " + (waiting == null ? "none" : waiting.number()));
        }
    }

    /** Returns a revision beside which none waits, and which is the latest. */
    public static Revisions of(Revision current) {
        return new Revisions(current, null, current.number());
    }

    /** Returns the revision that a reviewer decides on: the waiting one, else the current one. */
    public Revision toReview() {
        return waiting == null ? current : waiting;
    }

    /** Returns those of these revisions that no longer count once the others do, in the order of their numbers. */
    public List<Revision> supersededBy(Revisions others) {
        return Stream.of(current, waiting)
                .filter(Objects::nonNull)
                .filter(revision -> !others.counts(revision.number()))
                .sorted(Comparator.comparingInt(Revision::number))
                .toList();
    }

    private boolean counts(int number) {
        return current.number() == number || (waiting != null && waiting.number() == number);
    }

    /** Makes a new revision current. One that waits is superseded. */
    Revisions replaced(ResourceContent content, Author by, Instant at) {
        Revision next = next(content, by, at);
        return new Revisions(next, null, next.number());
    }

    /** Lets a new revision wait beside the current one. One that waits already is superseded. */
    Revisions waitingBeside(ResourceContent content, Author by, Instant at) {
        Revision next = next(content, by, at);
        return new Revisions(current, next, next.number());
    }

    /** Makes a new revision current. One that waits goes on waiting, unless it says the same. */
    Revisions edited(ResourceContent content, Author by, Instant at) {
        Revision next = next(content, by, at);
        boolean settled = waiting == null || content.saysTheSameAs(waiting.content());
        return new Revisions(next, settled ? null : waiting, next.number());
    }

    /** Makes the waiting revision current; changes nothing if none waits. */
    Revisions published() {
        return waiting == null ? this : new Revisions(waiting, null, latest);
    }

    /** Lets nothing wait any more; the current revision stays. */
    Revisions declined() {
        return waiting == null ? this : new Revisions(current, null, latest);
    }

    /** Makes the newer of both current, for a resource that is not public any more. */
    Revisions merged() {
        return waiting != null && waiting.number() > current.number() ? published() : declined();
    }

    private Revision next(ResourceContent content, Author by, Instant at) {
        return new Revision(latest + 1, content, by, at);
    }
}
