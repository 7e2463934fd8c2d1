package org.librarypeers.sync;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.port.CatalogueEntry;
import org.librarypeers.sync.port.InboxFilter;
import org.librarypeers.sync.port.Storage;
import org.librarypeers.sync.port.Withdrawal;

/** What reviewers do: see what waits, and say yes or no to a resource as it is then. Safe for use by many threads. */
public final class ReviewService {

    private static final int BATCH = 500;

    private final Storage storage;
    private final Clock clock;

    /** A service on these parts, which stay the caller's to close. */
    public ReviewService(Storage storage, Clock clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /**
     * What waits for a reviewer, in the order of the GUIDs.
     *
     * @param after the last GUID of the page before, or null for the first page
     * @param limit at most so many, from 1
     */
    public List<Resource> pending(@Nullable Guid after, int limit) {
        return storage.resources().withStatus(Status.PENDING, after, limit);
    }

    /**
     * What a peer changed after it was approved or rejected, in the order of the GUIDs. What is approved is public as it is
     * now; a reviewer who approves or rejects it again has read it.
     *
     * @param after the last GUID of the page before, or null for the first page
     * @param limit at most so many, from 1
     */
    public List<Resource> changedUpstream(@Nullable Guid after, int limit) {
        return storage.resources().changedUpstream(after, limit);
    }

    /**
     * What its source offers no longer, in the order of the GUIDs. It is still here as it was; a reviewer who approves or
     * rejects it has decided on that.
     *
     * @param after the last GUID of the page before, or null for the first page
     * @param limit at most so many, from 1
     */
    public List<Withdrawal> withdrawn(@Nullable Guid after, int limit) {
        return storage.harvest().withdrawals(after, limit);
    }

    /**
     * What waits of one kind, as it is served, in the order of the GUIDs.
     *
     * @param after the last GUID of the page before, or null for the first page
     * @param limit at most so many, from 1
     */
    public List<CatalogueEntry> inbox(InboxFilter.Kind kind, InboxFilter filter, @Nullable Guid after, int limit) {
        return storage.catalogue().inbox(kind, filter, after, limit);
    }

    /** How many wait of each kind. */
    public Map<InboxFilter.Kind, Long> inboxCounts(InboxFilter filter) {
        return storage.catalogue().inboxCounts(filter);
    }

    /** Since when the sources of these resources offer them no longer; of those that do not wait for that, nothing. */
    public Map<Guid, Withdrawal> withdrawn(Collection<Guid> guids) {
        return storage.harvest().withdrawals(guids);
    }

    /** How many there are to read: pending, changed upstream, and withdrawn ones. */
    public long waitingCount() {
        return pendingCount()
                + storage.resources().changedUpstreamCount()
                + storage.harvest().withdrawalCount();
    }

    /** How many wait for a first decision. */
    public long pendingCount() {
        return storage.resources().counts().getOrDefault(Status.PENDING, 0L);
    }

    /** Publishes these. */
    public ReviewResult approve(Collection<Guid> guids) {
        return change(guids, Resource::approve);
    }

    /** Says no to these. */
    public ReviewResult reject(Collection<Guid> guids) {
        return change(guids, Resource::reject);
    }

    /** Publishes all that wait now. */
    public ReviewResult approveAll() {
        return changeAll(Resource::approve);
    }

    /** Says no to all that wait now. */
    public ReviewResult rejectAll() {
        return changeAll(Resource::reject);
    }

    private ReviewResult changeAll(BiFunction<Resource, Instant, Resource> verb) {
        // What another reviewer decided since we looked stays decided.
        BiFunction<Resource, Instant, Resource> ifItWaits =
                (resource, now) -> resource.status() == Status.PENDING ? verb.apply(resource, now) : resource;
        ReviewResult result = ReviewResult.NOTHING;
        Guid after = null;
        List<Resource> page;
        do {
            page = pending(after, BATCH);
            result = result.plus(change(page.stream().map(Resource::guid).toList(), ifItWaits));
            after = page.isEmpty() ? null : page.get(page.size() - 1).guid();
        } while (page.size() == BATCH);
        return result;
    }

    private ReviewResult change(Collection<Guid> guids, BiFunction<Resource, Instant, Resource> verb) {
        Set<Guid> distinct = new LinkedHashSet<>(guids);
        if (distinct.isEmpty()) {
            return ReviewResult.NOTHING;
        }
        return storage.inTransaction(() -> {
            Map<Guid, Resource> known = storage.resources().findForUpdate(distinct);
            List<Resource> changed = new ArrayList<>();
            known.values().forEach(resource -> {
                Resource decided = verb.apply(resource, clock.instant());
                if (decided != resource) {
                    changed.add(decided);
                }
            });
            storage.resources().save(changed);
            storage.harvest().reviewed(known.keySet());
            List<Guid> unknown =
                    distinct.stream().filter(guid -> !known.containsKey(guid)).toList();
            return new ReviewResult(changed.size(), known.size() - changed.size(), unknown);
        });
    }
}
