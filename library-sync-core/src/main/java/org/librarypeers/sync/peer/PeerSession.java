package org.librarypeers.sync.peer;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.PeerTrouble;

/**
 * A session with one peer for the length of a run. Not thread-safe, except where a method says so.
 *
 * <p>A session retries temporary failures within limits. An exception ends the run. Results that were returned before
 * are saved, and a later run continues from there.
 */
public interface PeerSession extends AutoCloseable {

    /**
     * Returns the next page of the resources that the peer approved and changed.
     *
     * <p>The pages from the cursor to the last one contain all changes since the cursor, in an order in which none is
     * missed.
     * <b>They may also contain older items, and the same item more than once</b>. If the peer keeps a log of its deletions, the pages
     * also contain each resource that it stopped to offer since the cursor and does not offer again. The first call of a session may start
     * a little before the cursor.
     *
     * @param after the cursor of the previous page or of an earlier session of this client; null to start at the
     *     beginning
     * @throws PeerException if the peer cannot be read
     */
    ChangePage changes(@Nullable Cursor after);

    /**
     * Fetches the bodies of these items, unless the list already contained them.
     *
     * @param items the items
     * @param answers receives each item and its answer, in the order of the items, on the calling thread and before
     *     this method returns; if this method throws, it has received valid answers for some of the items
     * @throws PeerException if the peer cannot be read; a single item that cannot be used is answered by
     *     {@link Fetched.Unreadable} instead
     */
    void fetch(List<ChangePage.Item> items, BiConsumer<ChangePage.Item, Fetched> answers);

    /**
     * Returns whether {@link #fetch} has an answer for this item. A peer that takes requests has one for every item, which is the
     * default. A peer that brings only a part of its resources, such as a bundle, has none for the others, and their absence means
     * nothing.
     */
    default boolean canFetch(ChangePage.Item item) {
        return true;
    }

    /**
     * Returns summaries of the resources that the peer serves in some ranges of GUIDs, with one request. The versions
     * are those that {@link #changes} would list, so equal digests show that nothing was missed. By default, no peer
     * answers.
     *
     * @param ranges the ranges, from 1 to {@value #MOST_RANGES}, none of which overlap
     * @param parts the number of parts into which a range is divided, from 2 to {@link RangeSummarizer#MOST_PARTS}
     * @return a summary for each range, in the same order, whose parts or rows lie within it; empty if the peer cannot answer such
     *     requests
     * @throws PeerException if the peer cannot be read; its reason is {@link PeerTrouble#UNREADABLE} if the answer makes no sense
     */
    default Optional<List<RangeSummary>> summaries(List<GuidRange> ranges, int parts) {
        return Optional.empty();
    }

    /** The maximum number of ranges in one request for {@link #summaries}: {@value}. The address of the request stays short. */
    int MOST_RANGES = 64;

    /** Returns the number of requests so far, including retries. */
    int requests();

    /**
     * Returns how long a number of further requests will take at the peer's pace. Empty if no delay is known. May be
     * called from any thread.
     */
    Optional<Duration> timeFor(int requests);

    /**
     * Stops the session. The current and each later request fails soon with a {@link PeerException} of reason
     * {@link PeerTrouble#STOPPED}. May be called from any thread; never throws.
     */
    void stop();

    /** Ends the session. Never throws. */
    @Override
    void close();
}
