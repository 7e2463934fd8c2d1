package org.librarypeers.sync;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.Neighbours;
import org.librarypeers.sync.storage.SyncStorage;
import org.librarypeers.sync.storage.Withdrawal;

/** What reviewers do: see what waits, and say yes or no to a resource as it is then. Safe for use by many threads. */
public final class ReviewService {

    private static final int BATCH = 500;

    private final SyncStorage storage;
    private final Clock clock;

    /** A service on these parts, which stay the caller's to close. */
    public ReviewService(SyncStorage storage, Clock clock) {
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
     * Returns what a peer changed after it was approved or rejected, in the order of the GUIDs. Of a peer whose updates are to be
     * reviewed, the change of a public resource waits beside what is public: approving publishes it, rejecting leaves what is
     * public as it is. Of other peers, the change is public already: approving or rejecting the resource says that it was read.
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
     * Returns a page of the GUIDs of resources that wait for one kind of decision, in the order of the GUIDs.
     *
     * @param after the last GUID of the page before, or null for the first page
     * @param limit at most so many, from 1
     */
    public List<Guid> inbox(InboxFilter.Kind kind, InboxFilter filter, @Nullable Guid after, int limit) {
        return storage.reviewQueue().page(kind, filter, after, limit);
    }

    /** How many wait of each kind. */
    public Map<InboxFilter.Kind, Long> inboxCounts(InboxFilter filter) {
        return storage.reviewQueue().counts(filter);
    }

    /** Since when the sources of these resources offer them no longer; of those that do not wait for that, nothing. */
    public Map<Guid, Withdrawal> withdrawn(Collection<Guid> guids) {
        return storage.harvest().withdrawals(guids);
    }

    /** How many there are to read: pending, changed upstream, and withdrawn ones. */
    public long waitingCount() {
        return inboxCounts(InboxFilter.ALL).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** How many wait for a first decision. */
    public long pendingCount() {
        return storage.resources().counts().getOrDefault(Status.PENDING, 0L);
    }

    /** What reviewers decided about a resource, the last first. */
    public List<Decision> decisions(Guid guid) {
        return storage.decisions().about(guid);
    }

    /**
     * What waits before that, the nearest of it, in the order of the GUIDs.
     *
     * @param before the first GUID of the page after
     * @param limit at most so many, from 1
     */
    public List<Guid> inboxBefore(InboxFilter.Kind kind, InboxFilter filter, Guid before, int limit) {
        return storage.reviewQueue().pageBefore(kind, filter, before, limit);
    }

    /** Which waits next behind that, in the order of the GUIDs; the first if it is null. */
    public Optional<Guid> inboxNext(InboxFilter.Kind kind, InboxFilter filter, @Nullable Guid after) {
        return storage.reviewQueue().next(kind, filter, after);
    }

    /** What waits next to that, which need not wait itself. */
    public Neighbours inboxAround(InboxFilter.Kind kind, InboxFilter filter, Guid guid) {
        return storage.reviewQueue().around(kind, filter, guid);
    }

    /**
     * Decides on resources as somebody saw them. What has changed since, was decided on by somebody else, or was withdrawn,
     * stays as it is: it has not been read.
     *
     * @param verdict {@link Status#APPROVED} or {@link Status#REJECTED}
     * @param seen the resources, and how they were seen
     * @param note what the reviewer has to say about each of them; or null
     * @throws IllegalArgumentException if the verdict is another, or the note cannot be kept
     */
    public ReviewResult decide(Status verdict, Map<Guid, ReviewedRevision> seen, UserName by, @Nullable String note) {
        return change(
                seen.keySet(),
                new ReviewDecision(verdict, by, note),
                (resource, withdrawn) -> ReviewedRevision.of(resource, withdrawn).equals(seen.get(resource.guid())),
                resource -> decidedSince(resource, seen.get(resource.guid())));
    }

    /**
     * Returns what somebody else decided on what was seen; nothing if that is not what happened to the resource since, or if
     * something else waits by now.
     */
    private static Optional<Status> decidedSince(Resource now, @Nullable ReviewedRevision seen) {
        if (seen == null || now.revisions().waiting() != null) {
            return Optional.empty();
        }
        boolean isDecided = now.status() != seen.status() || now.review().decided() != seen.decided();
        if (isDecided && now.revision().number() == seen.revision()) {
            return Optional.of(now.status());
        }
        // A change that waited is gone, and what is public stayed.
        return isDecided && now.revision().number() == seen.beside() ? Optional.of(Status.REJECTED) : Optional.empty();
    }

    /** Publishes these, in the name of the library. */
    public ReviewResult approve(Collection<Guid> guids) {
        return change(
                guids, ReviewDecision.ofTheLibrary(Status.APPROVED), (resource, withdrawn) -> true, resource -> Optional.empty());
    }

    /** Says no to these, in the name of the library. */
    public ReviewResult reject(Collection<Guid> guids) {
        return change(
                guids, ReviewDecision.ofTheLibrary(Status.REJECTED), (resource, withdrawn) -> true, resource -> Optional.empty());
    }

    /** Publishes all that wait now, in the name of the library. */
    public ReviewResult approveAll() {
        return changeAll(ReviewDecision.ofTheLibrary(Status.APPROVED));
    }

    /** Says no to all that wait now, in the name of the library. */
    public ReviewResult rejectAll() {
        return changeAll(ReviewDecision.ofTheLibrary(Status.REJECTED));
    }

    /** What a reviewer says. */
    private record ReviewDecision(
            Status verdict, UserName by, @Nullable String note) {

        static ReviewDecision ofTheLibrary(Status verdict) {
            return new ReviewDecision(verdict, UserName.SYSTEM, null);
        }

        Decision about(Resource resource, Instant at) {
            return new Decision(resource.guid(), resource.toReview().number(), verdict, by, at, note);
        }

        Resource decide(Resource resource, Instant at) {
            return verdict == Status.APPROVED ? resource.approve(at) : resource.reject(at);
        }
    }

    private ReviewResult changeAll(ReviewDecision word) {
        ReviewResult result = ReviewResult.NOTHING;
        Guid after = null;
        List<Resource> page;
        do {
            page = pending(after, BATCH);
            List<Guid> guids = page.stream().map(Resource::guid).toList();
            // What another reviewer decided since we looked stays decided.
            ReviewResult some = change(
                    guids,
                    word,
                    (resource, withdrawn) -> resource.status() == Status.PENDING,
                    resource -> Optional.empty());
            result = result.plus(new ReviewResult(
                    some.changed(), some.alreadySo() + some.unread().size(), some.unknown()));
            after = page.isEmpty() ? null : page.get(page.size() - 1).guid();
        } while (page.size() == BATCH);
        return result;
    }

    /**
     * Changes those that are as they were seen.
     *
     * @param decidedSince what somebody else decided on a resource that is not as it was seen
     */
    private ReviewResult change(
            Collection<Guid> guids,
            ReviewDecision word,
            BiPredicate<Resource, Boolean> isAsSeen,
            Function<Resource, Optional<Status>> decidedSince) {
        Set<Guid> distinct = new LinkedHashSet<>(guids);
        if (distinct.isEmpty()) {
            return ReviewResult.NOTHING;
        }
        return storage.inTransaction(() -> {
            Map<Guid, Resource> known = storage.resources().findForUpdate(distinct);
            Set<Guid> withdrawn = storage.harvest().withdrawals(known.keySet()).keySet();
            Set<Guid> read = new LinkedHashSet<>();
            List<Resource> changed = new ArrayList<>();
            List<Decision> decisions = new ArrayList<>();
            known.forEach((guid, resource) -> {
                if (isAsSeen.test(resource, withdrawn.contains(guid))) {
                    read.add(guid);
                    Instant now = clock.instant();
                    Decision decision = word.about(resource, now);
                    Resource decided = word.decide(resource, now);
                    if (decided != resource) {
                        changed.add(decided);
                    }
                    if (decided != resource || withdrawn.contains(guid)) {
                        decisions.add(decision);
                    }
                }
            });
            Map<Guid, Status> decided = new HashMap<>();
            known.values().stream()
                    .filter(resource -> !read.contains(resource.guid()))
                    .forEach(resource ->
                            decidedSince.apply(resource).ifPresent(status -> decided.put(resource.guid(), status)));
            storage.resources().save(changed);
            storage.harvest().reviewed(read);
            storage.decisions().add(decisions);
            return new ReviewResult(
                    changed.size(),
                    read.size() - changed.size(),
                    distinct.stream().filter(guid -> !known.containsKey(guid)).toList(),
                    known.keySet().stream().filter(guid -> !read.contains(guid)).toList(),
                    decided);
        });
    }
}
