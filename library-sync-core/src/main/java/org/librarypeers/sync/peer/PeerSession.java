package org.librarypeers.sync.peer;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.PeerTrouble;

/**
 * One conversation with one peer, for the length of a run; for one thread.
 *
 * <p>Failures that may pass are tried again here, within limits. What then is thrown ends the run; what was handed on
 * before is kept, and a later run goes on from there.
 */
public interface PeerSession extends AutoCloseable {

    /**
     * The next page of what the peer has approved and changed.
     *
     * <p>All changes since the cursor are among the pages from there to the last, in an order in which none can be
     * missed; <b>some may be listed that are older, and some more than once</b>. The first call of a session may look
     * back a little behind the cursor.
     *
     * @param after where to go on: what the page before gave as its cursor, or what an earlier session of this client
     *     was given; null to begin at the beginning
     * @throws PeerException if the peer cannot be read
     */
    ChangePage changes(@Nullable Cursor after);

    /**
     * The bodies of these items, as far as the peer did not send them along.
     *
     * @param answers is given each item and its answer, in the order of the items, on the thread that calls this and before this
     *     returns; if it throws, some of them, which are as good as any
     * @throws PeerException if the peer cannot be read; one bad item is no reason, it is answered by
     *     {@link Fetched.Unreadable}
     */
    void fetch(List<ChangePage.Item> items, BiConsumer<ChangePage.Item, Fetched> answers);

    /** How many requests were made so far, those tried again counted each time. */
    int requests();

    /**
     * How long so many requests more will take, as far as the peer's pace is known; nothing if nothing is known to hold
     * them up. May be called from other threads.
     */
    Optional<Duration> timeFor(int requests);

    /**
     * To be called from another thread: the question that is being asked, and each later one, fails soon with a
     * {@link PeerException} of reason {@link PeerTrouble#STOPPED}. Never throws.
     */
    void stop();

    /** Ends the conversation; never throws. */
    @Override
    void close();
}
