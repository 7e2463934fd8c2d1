package org.librarypeers.sync.curation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.UserName;

/** The resources that are likely the same, and the redirects from archived resources to those that took their place. */
public interface DuplicateRepository {

    /** The reason why resources are likely the same. */
    enum Reason {
        /** They have the same link, see {@link DuplicateKeys#link}. */
        LINK,
        /** They have nearly the same title, see {@link DuplicateKeys#title}. */
        TITLE
    }

    /**
     * Resources that are likely the same.
     *
     * @param key the key by which groups are ordered and found
     * @param reason what they have in common
     * @param resources the resources, at most {@value #MAX_MEMBERS} of them, ordered by the time at which they were added
     */
    record Group(String key, Reason reason, List<Guid> resources) {

        /** Copies the list. */
        public Group {
            resources = List.copyOf(resources);
        }
    }

    /** The maximum number of resources of a group that are returned. */
    int MAX_MEMBERS = 20;

    /**
     * Returns groups of at least two resources that are pending or approved and that were not dismissed, ordered by key. A storage may find
     * the groups of a saved resource later, when its words are added to the search index.
     *
     * @param after the key of the last group of the previous page; null for the first page
     * @param limit the maximum number of groups, from 1
     */
    List<Group> groups(@Nullable String after, int limit);

    /** Returns the groups of a resource, without the dismissed ones, ordered by key. */
    List<Group> groupsOf(Guid resource);

    /** Hides a group until it gets another resource. Does nothing if there is no such group. */
    void dismiss(String key);

    /**
     * A redirect.
     *
     * @param from the archived resource
     * @param to the resource that took its place
     * @param by who made the redirect
     * @param at when it was made
     */
    record Redirect(Guid from, Guid to, UserName by, Instant at) {}

    /** Returns the redirect from a resource. */
    Optional<Redirect> redirect(Guid from);

    /** Saves a redirect. It replaces the redirect from the same resource. */
    void redirect(Redirect redirect);

    /** Removes the redirect from a resource, if there is one. */
    void removeRedirect(Guid from);
}
