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
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.InboxOrder;
import org.librarypeers.sync.storage.Neighbours;
import org.librarypeers.sync.storage.ReviewAction;
import org.librarypeers.sync.storage.ReviewQueue;
import org.librarypeers.sync.storage.StorageException;
import org.librarypeers.sync.storage.SyncStorage;
import org.librarypeers.sync.storage.Withdrawal;

/** The use cases of reviewers: list the waiting resources, and approve or reject them. Thread-safe. */
public final class ReviewService {

    private static final int BATCH = 500;

    private final SyncStorage storage;
    private final Clock clock;

    /** Creates a service. The caller remains responsible for closing the storage. */
    public ReviewService(SyncStorage storage, Clock clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /**
     * Returns a page of the pending resources, ordered by GUID.
     *
     * @param after the last GUID of the previous page, or null for the first page
     * @param limit the maximum number of resources, from 1
     */
    public List<Resource> pending(@Nullable Guid after, int limit) {
        return storage.resources().withStatus(Status.PENDING, after, limit);
    }

    /**
     * Returns a page of the resources that a peer changed after they were approved or rejected, ordered by GUID. If
     * everything from the peer is reviewed, the change of a public resource waits beside the public revision: approving
     * publishes the change, rejecting discards it. Otherwise the change is already public, and a decision records that
     * it was read.
     *
     * @param after the last GUID of the previous page, or null for the first page
     * @param limit the maximum number of resources, from 1
     */
    public List<Resource> changedUpstream(@Nullable Guid after, int limit) {
        return storage.resources().changedUpstream(after, limit);
    }

    /**
     * Returns a page of the resources that were withdrawn by their source, ordered by GUID. A withdrawn resource stays
     * in this library. It leaves this list when a reviewer approves or rejects it.
     *
     * @param after the last GUID of the previous page, or null for the first page
     * @param limit the maximum number of withdrawals, from 1
     */
    public List<Withdrawal> withdrawn(@Nullable Guid after, int limit) {
        return storage.harvest().withdrawals(after, limit);
    }

    /**
     * Returns a page of the GUIDs of resources that wait for one kind of decision, ordered by GUID.
     *
     * @param after the last GUID of the previous page, or null for the first page
     * @param limit the maximum number of GUIDs, from 1
     */
    public List<Guid> inbox(InboxFilter.Kind kind, InboxFilter filter, @Nullable Guid after, int limit) {
        return storage.reviewQueue().page(kind, filter, after, limit);
    }

    /** Returns the number of waiting resources of each kind. */
    public Map<InboxFilter.Kind, Long> inboxCounts(InboxFilter filter) {
        return storage.reviewQueue().counts(filter);
    }

    /** Returns the withdrawals of these resources that wait for a decision. Other resources are absent from the map. */
    public Map<Guid, Withdrawal> withdrawn(Collection<Guid> guids) {
        return storage.harvest().withdrawals(guids);
    }

    /**
     * Returns the number of waiting decisions: pending, changed upstream, and withdrawn. A resource may count more than
     * once.
     */
    public long waitingCount() {
        return inboxCounts(InboxFilter.ALL).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Returns the number of pending resources. */
    public long pendingCount() {
        return storage.resources().counts().getOrDefault(Status.PENDING, 0L);
    }

    /** Returns the decisions about a resource, the latest first. */
    public List<Decision> decisions(Guid guid) {
        return storage.decisions().about(guid);
    }

    /**
     * Returns the GUIDs of the waiting resources that come directly before another, the nearest last.
     *
     * @param before the first GUID of the next page
     * @param limit the maximum number of GUIDs, from 1
     */
    public List<Guid> inboxBefore(InboxFilter.Kind kind, InboxFilter filter, Guid before, int limit) {
        return storage.reviewQueue().pageBefore(kind, filter, before, limit);
    }

    /**
     * Returns the GUID of the next waiting resource after this one, ordered by GUID. If it is null, returns the first.
     * Empty if it is missing.
     */
    public Optional<Guid> inboxNext(InboxFilter.Kind kind, InboxFilter filter, @Nullable Guid after) {
        return storage.reviewQueue().next(kind, filter, after);
    }

    /** Returns the waiting resources directly before and after this one, which need not be waiting itself. */
    public Neighbours inboxAround(InboxFilter.Kind kind, InboxFilter filter, Guid guid) {
        return storage.reviewQueue().around(kind, filter, guid);
    }

    /** Returns a page of waiting resources in some order, see {@link ReviewQueue#page}. */
    public List<Guid> inbox(
            InboxFilter.Kind kind, InboxFilter filter, InboxOrder order, @Nullable Guid after, int limit) {
        return storage.reviewQueue().page(kind, filter, order, after, limit);
    }

    /** Returns the waiting resources before another one in some order, see {@link ReviewQueue#pageBefore}. */
    public List<Guid> inboxBefore(InboxFilter.Kind kind, InboxFilter filter, InboxOrder order, Guid before, int limit) {
        return storage.reviewQueue().pageBefore(kind, filter, order, before, limit);
    }

    /** Returns the waiting resources around this one in some order, see {@link ReviewQueue#around}. */
    public Neighbours inboxAround(InboxFilter.Kind kind, InboxFilter filter, InboxOrder order, Guid guid) {
        return storage.reviewQueue().around(kind, filter, order, guid);
    }

    /** Returns a mark of what waits now, for {@link #decideAll}. Empty if the storage has no marks. */
    public Optional<String> inboxMark() {
        return storage.reviewQueue().mark();
    }

    /**
     * Returns the number of resources on which {@link #decideAll} would decide now.
     *
     * @throws IllegalArgumentException if the mark is invalid
     */
    public long inboxCountSince(InboxFilter.Kind kind, InboxFilter filter, String mark) {
        return storage.reviewQueue().countUnchangedSince(kind, filter, mark);
    }

    /** Returns the stored facts about the decisions that were made together. Empty if there are none. */
    public Optional<ReviewAction> action(UUID action) {
        return storage.decisions().action(action);
    }

    /**
     * Undoes all decisions of an action, in several transactions. A resource stays unchanged if something has changed
     * it since: another decision, an edit, or a newer version from its source. An undone approval makes the resource
     * wait again; what its source sent is kept.
     *
     * @param action the action
     * @param by the reviewer who undoes it
     * @throws StorageException if a transaction fails; earlier ones stay, and the call can be repeated
     */
    public UndoResult undo(UUID action, UserName by) {
        return undo(action, by, soFar -> {});
    }

    /**
     * Undoes all decisions of an action, like {@link #undo(UUID, UserName)}.
     *
     * @param progress receives the result so far after each transaction, on this thread. If it throws an exception, no further
     *     transaction begins, and this method throws it.
     */
    public UndoResult undo(UUID action, UserName by, Consumer<UndoResult> progress) {
        return new DecisionUndo(storage, clock, action, by).all(BATCH, progress);
    }

    /** Undoes the decision on one resource, like {@link #undo(UUID, UserName)}. */
    public UndoResult undo(UUID action, Guid resource, UserName by) {
        return new DecisionUndo(storage, clock, action, by).some(List.of(resource));
    }

    /**
     * Approves or rejects everything that waits in a list and has not changed since a reviewer opened it. Later changes
     * keep waiting. Makes several transactions, each of which is saved, so it may be stopped and repeated.
     *
     * @param action the id of the decisions, by which they can be undone together
     * @param status {@link Status#APPROVED} or {@link Status#REJECTED}
     * @param kind the kind of the list
     * @param filter the filter of the list
     * @param mark the {@linkplain #inboxMark mark} that was taken before the list was read
     * @param by the reviewer
     * @param note the reviewer's comment on each of the resources, or null
     * @throws IllegalArgumentException if the status is another one, or the mark or the note is invalid
     * @throws StorageException if a transaction fails; earlier ones stay
     */
    public ReviewResult decideAll(
            UUID action,
            Status status,
            InboxFilter.Kind kind,
            InboxFilter filter,
            String mark,
            UserName by,
            @Nullable String note) {
        return decideAll(action, status, kind, filter, mark, by, note, soFar -> {});
    }

    /**
     * Approves or rejects everything that waits in a list, like {@link #decideAll(UUID, Status, InboxFilter.Kind, InboxFilter,
     * String, UserName, String)}.
     *
     * @param progress receives the result so far after each transaction, on this thread. If it throws an exception, no further
     *     transaction begins, and this method throws it.
     */
    public ReviewResult decideAll(
            UUID action,
            Status status,
            InboxFilter.Kind kind,
            InboxFilter filter,
            String mark,
            UserName by,
            @Nullable String note,
            Consumer<ReviewResult> progress) {
        ReviewDecision decision = new ReviewDecision(action, status, by, note);
        ReviewResult result = ReviewResult.NOTHING;
        Guid after = null;
        List<Guid> page;
        do {
            Guid last = after;
            page = storage.reviewQueue().unchangedSince(kind, filter, mark, last, BATCH);
            List<Guid> guids = page;
            result = result.plus(storage.inTransaction(() -> {
                storage.resources().findForUpdate(guids);
                // Now that they are locked: none of them was decided on or changed meanwhile.
                Set<Guid> still = Set.copyOf(storage.reviewQueue().unchangedSince(kind, filter, mark, last, BATCH));
                return change(
                        guids,
                        decision,
                        (resource, withdrawn) -> still.contains(resource.guid()),
                        resource -> Optional.empty());
            }));
            progress.accept(result);
            after = page.isEmpty() ? null : page.get(page.size() - 1);
        } while (page.size() == BATCH);
        return result;
    }

    /**
     * Approves or rejects resources as a reviewer saw them, see {@link #decide(UUID, Status, Map, UserName, String)}.
     *
     * @throws IllegalArgumentException if {@code status} is another status, or the note is too long or cannot be stored
     */
    public ReviewResult decide(Status status, Map<Guid, ReviewedRevision> seen, UserName by, @Nullable String note) {
        return decide(UUID.randomUUID(), status, seen, by, note);
    }

    /**
     * Approves or rejects resources as a reviewer saw them. A resource that changed, was decided on or was withdrawn
     * since then is not changed.
     *
     * @param action the id of the decisions, by which they can be undone together
     * @param status {@link Status#APPROVED} or {@link Status#REJECTED}
     * @param seen the resources, and the state in which the reviewer saw them
     * @param by the reviewer
     * @param note the reviewer's comment on each of the resources, or null
     * @throws IllegalArgumentException if {@code status} is another status, or the note is too long or cannot be stored
     */
    public ReviewResult decide(
            UUID action, Status status, Map<Guid, ReviewedRevision> seen, UserName by, @Nullable String note) {
        return change(
                seen.keySet(),
                new ReviewDecision(action, status, by, note),
                (resource, withdrawn) ->
                        ReviewedRevision.of(resource, withdrawn).equals(seen.get(resource.guid())),
                resource -> Optional.ofNullable(seen.get(resource.guid()))
                        .flatMap(revision -> revision.decidedSince(resource)));
    }

    /** Approves these resources regardless of their state, on behalf of the library. */
    public ReviewResult approve(Collection<Guid> guids) {
        return change(
                guids,
                ReviewDecision.ofTheLibrary(Status.APPROVED),
                (resource, withdrawn) -> true,
                resource -> Optional.empty());
    }

    /** Rejects these resources regardless of their state, on behalf of the library. */
    public ReviewResult reject(Collection<Guid> guids) {
        return change(
                guids,
                ReviewDecision.ofTheLibrary(Status.REJECTED),
                (resource, withdrawn) -> true,
                resource -> Optional.empty());
    }

    /** Approves all pending resources on behalf of the library. */
    public ReviewResult approveAll() {
        return changeAll(ReviewDecision.ofTheLibrary(Status.APPROVED));
    }

    /** Rejects all pending resources on behalf of the library. */
    public ReviewResult rejectAll() {
        return changeAll(ReviewDecision.ofTheLibrary(Status.REJECTED));
    }

    private ReviewResult changeAll(ReviewDecision decision) {
        ReviewResult result = ReviewResult.NOTHING;
        Guid after = null;
        List<Resource> page;
        do {
            page = pending(after, BATCH);
            List<Guid> guids = page.stream().map(Resource::guid).toList();
            // Skips resources that another reviewer decided on since the page was read.
            ReviewResult some = change(
                    guids,
                    decision,
                    (resource, withdrawn) -> resource.status() == Status.PENDING,
                    resource -> Optional.empty());
            result = result.plus(new ReviewResult(
                    some.changed(), some.unchanged() + some.unread().size(), some.unknown()));
            after = page.isEmpty() ? null : page.get(page.size() - 1).guid();
        } while (page.size() == BATCH);
        return result;
    }

    /**
     * Applies the decision to those resources that are still as they were seen.
     *
     * @param decidedSince returns another reviewer's decision on a resource that is not as it was seen
     */
    private ReviewResult change(
            Collection<Guid> guids,
            ReviewDecision decision,
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
                    Resource decided = decision.decide(resource, now);
                    if (decided != resource) {
                        changed.add(decided);
                    }
                    if (decided != resource || withdrawn.contains(guid)) {
                        decisions.add(decision.about(resource, decided, withdrawn.contains(guid), now));
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
