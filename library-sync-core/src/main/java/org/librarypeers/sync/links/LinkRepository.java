package org.librarypeers.sync.links;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The links of public resources, and whether they work. A link is the web address of an attachment; files of this library are none.
 * Nothing here is part of a sync. Thread-safe; any number of processes may use it at the same time.
 */
public interface LinkRepository {

    /**
     * Records the links of public resources that changed since the last scan. A link that is new is due immediately.
     *
     * @param limit the maximum number of resources, from 1
     * @return the number of resources; 0 if none has changed
     */
    int scan(int limit, Instant now);

    /**
     * Claims a link that is due, of a host to which no request is sent at the moment. The link is due again after the claim. Forgets
     * links that no public resource has. Must not be called within a transaction.
     *
     * @param claim the time that a check may take
     * @param pause the shortest time between two claims of links of one host
     */
    Optional<LinkTask> claim(Instant now, Duration claim, Duration pause);

    /** Saves the result of a check. Does nothing if there is no such link. */
    void checked(long link, LinkState state, Instant due);

    /** Returns the states of links, by their addresses. Links that were never checked are left out. */
    Map<String, LinkState> find(Collection<String> addresses);

    /**
     * Returns a page of the dead links that public resources have, the highest number first.
     *
     * @param before the last number of the previous page; {@link Long#MAX_VALUE} for the first page
     * @param limit the maximum number of links, from 1
     */
    List<DeadLink> dead(long before, int limit);

    /**
     * Returns the nearest living copy of each of these links that is dead, by its address. Links that are not dead are left out, and so are
     * those of which no copy is known.
     */
    Map<String, DeadLink.Copy> copies(Collection<String> addresses);

    /** Returns the number of links by state. */
    LinkCounts counts();

    /** Returns the number of dead links that public resources have, at most {@link LinkCounts#MAX}. By default, it is read from {@link #counts}. */
    default long deadCount() {
        return counts().dead();
    }

    /**
     * Makes a dead link due.
     *
     * @return its address; empty if it is not dead or does not exist
     */
    Optional<String> checkAgain(long link, Instant now);
}
