package org.librarypeers.sync.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.DecisionEffect;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.ReviewSnapshot;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.ReviewResult;
import org.librarypeers.sync.ReviewService;
import org.librarypeers.sync.ReviewedRevision;
import org.librarypeers.sync.UndoResult;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.contract.SettableClock;
import org.librarypeers.sync.inmemory.InMemoryStorage;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.storage.PeerLease;

/** A simulated library, the people who work in it, and what they remember of it. */
final class SimLibrary {

    static final UserName EDITOR = new UserName("amina");

    final String name;
    final PeerHost host;
    final InMemoryStorage storage;
    final SettableClock clock;
    final ReviewService review;

    /** The content of resources made here, as people left it. */
    final Map<Guid, ResourceContent> made = new HashMap<>();

    /** The status that people decided. Only people may change it. */
    final Map<Guid, Status> decided = new HashMap<>();

    /** The number of the revision on which people last decided. */
    final Map<Guid, Integer> decidedOn = new HashMap<>();

    /** The revisions that somebody last looked at. */
    private final Map<Guid, ReviewedRevision> shown = new HashMap<>();

    /** The state that each decision replaced, by the action of the decision. */
    private final Map<UUID, Before> before = new HashMap<>();

    private record Before(
            @Nullable Status decided, @Nullable Integer decidedOn, int declined) {}

    /** All revisions of each resource at the last check, oldest first. */
    final Map<Guid, List<Revision>> said = new HashMap<>();

    /** The numbers of the revisions that were seen as current, not only as waiting. */
    final Map<Guid, Set<Integer>> stood = new HashMap<>();

    /** The waiting contents that reviewers rejected while another revision stayed. */
    private final Map<Guid, List<ResourceContent>> declined = new HashMap<>();

    /** The number of runs in which each resource was absent when it was fetched. */
    private final Map<PeerId, Map<Guid, Integer>> notThere = new HashMap<>();

    /** The newest content of each resource at the last check, current or waiting. */
    final Map<Guid, ResourceContent> newest = new HashMap<>();

    /** The log of each ended run. */
    final Map<SyncLogId, SyncLog> ended = new HashMap<>();

    /** The source of each resource at the last check. */
    final Map<Guid, PeerId> sources = new HashMap<>();

    /** The numbers of rows that the lists of each peer lacked. */
    final Map<PeerId, Set<Integer>> missing = new HashMap<>();

    /** The deletions of each peer that a run did not follow because they might be an outage. */
    final Map<PeerId, Set<Guid>> refused = new HashMap<>();

    /** The row that was accepted first of each GUID that a site has twice, by peer and GUID. */
    final Map<String, First> first = new HashMap<>();

    /** A row, and how often it had been absent at the last check, or -1 if it was absent then. */
    record First(SimSite.Row row, int timesGone) {}

    /** True if anything may have changed since the last check. */
    boolean touched = true;

    /** The resources that arrive unreadable at other libraries, because the connection garbles them. */
    final Set<Guid> garbled = new HashSet<>();

    private final Map<PeerId, PeerLease> held = new HashMap<>();

    SimLibrary(String name, LibraryId id, SettableClock clock) {
        this.name = name;
        this.host = PeerHost.of("https://" + name + ".example.org");
        this.storage = new InMemoryStorage(id);
        this.clock = clock;
        this.review = new ReviewService(storage, clock);
    }

    /** Records that the peer did not have the resource when a run fetched it. */
    void notThere(PeerId peer, Guid guid) {
        notThere.computeIfAbsent(peer, each -> new HashMap<>()).merge(guid, 1, Integer::sum);
    }

    /** Returns the number of runs in which the peer did not have the resource when it was fetched. */
    int timesNotThere(PeerId peer, Guid guid) {
        return notThere.getOrDefault(peer, Map.of()).getOrDefault(guid, 0);
    }

    List<Resource> resources() {
        return storage.catalogue().all(0, Integer.MAX_VALUE).stream()
                .map(CatalogueEntry::resource)
                .toList();
    }

    List<Resource> resources(Status status) {
        return resources().stream()
                .filter(resource -> resource.status() == status)
                .toList();
    }

    List<Peer> peers() {
        return storage.peers().all();
    }

    void create(Guid guid, ResourceContent content, boolean approved) {
        touched = true;
        Resource resource = Resource.create(guid, content, EDITOR, clock.instant());
        storage.resources().save(approved ? resource.approve(clock.instant()) : resource);
        made.put(guid, content);
        decided.put(guid, approved ? Status.APPROVED : Status.PENDING);
        decidedOn.put(guid, approved ? 1 : 0);
    }

    /** Edits a resource as a person of this library. */
    void edit(Resource resource, ResourceContent content) {
        change(resource, now -> resource.edit(content, EDITOR, now));
        if (resource.origin() instanceof Origin.Local) {
            made.put(resource.guid(), content);
        }
    }

    void decide(Resource resource, Status status) {
        touched = true;
        switch (status) {
            case APPROVED -> review.approve(List.of(resource.guid()));
            case REJECTED -> review.reject(List.of(resource.guid()));
            default -> change(resource, resource::archive);
        }
        decidedOn(resource, status);
    }

    /** Records a decision. The rejection of a waiting revision does not change the status of the public one. */
    private void decidedOn(Resource resource, Status status) {
        Guid guid = resource.guid();
        // A decision that changed nothing was not saved. Then the standing one is an earlier one, which is known.
        Decision.standing(storage.decisions().about(guid))
                .map(Decision::effect)
                .ifPresent(effect -> before.putIfAbsent(
                        effect.action(),
                        new Before(
                                decided.get(guid),
                                decidedOn.get(guid),
                                declined.getOrDefault(guid, List.of()).size())));
        Revision waiting = resource.revisions().waiting();
        if (status == Status.REJECTED && waiting != null) {
            declined.computeIfAbsent(resource.guid(), each -> new ArrayList<>()).add(waiting.content());
        } else {
            decided.put(resource.guid(), status);
            if (status != Status.ARCHIVED) {
                decidedOn.put(resource.guid(), resource.toReview().number());
            }
        }
    }

    /** Undoes the last decision on a resource, if it is as that decision left it. */
    void undo(Resource resource) {
        Guid guid = resource.guid();
        DecisionEffect effect = Decision.standing(storage.decisions().about(guid))
                .map(Decision::effect)
                .orElse(null);
        Before was = effect == null ? null : before.get(effect.action());
        if (effect == null || was == null) {
            return;
        }
        touched = true;
        UndoResult result = review.undo(effect.action(), EDITOR);
        boolean isAsLeft = ReviewSnapshot.of(resource).equals(effect.after());
        Resource now = Objects.requireNonNull(find(guid));
        Violation.unless(
                isAsLeft == (result.undone() == 1)
                        && ReviewSnapshot.of(now).equals(isAsLeft ? effect.before() : ReviewSnapshot.of(resource)),
                "2 a decision is undone exactly or not at all",
                "%s: %s was %s, its decision changed %s to %s, and undoing it made it %s",
                this,
                guid,
                resource,
                effect.before(),
                effect.after(),
                now);
        if (isAsLeft) {
            restore(guid, was, now);
        }
    }

    private void restore(Guid guid, Before was, Resource now) {
        restore(decided, guid, was.decided());
        restore(decidedOn, guid, was.decidedOn());
        List<ResourceContent> contents = declined.getOrDefault(guid, new ArrayList<>());
        contents.subList(Math.min(was.declined(), contents.size()), contents.size())
                .clear();
        if (now.revisions().waiting() != null) {
            stood.getOrDefault(guid, new HashSet<>()).remove(now.toReview().number());
        }
    }

    private static <T> void restore(Map<Guid, T> map, Guid guid, @Nullable T value) {
        if (value == null) {
            map.remove(guid);
        } else {
            map.put(guid, value);
        }
    }

    /** Returns whether a reviewer here rejected this content while another revision stayed. */
    boolean hasDeclined(Guid guid, ResourceContent content) {
        return declined.getOrDefault(guid, List.of()).stream().anyMatch(content::saysTheSameAs);
    }

    /** Decides on the revision that was last looked at, and looks at the current one. */
    void decideAsShown(Resource resource, Status status) {
        touched = true;
        boolean withdrawn =
                !storage.harvest().withdrawals(List.of(resource.guid())).isEmpty();
        ReviewedRevision now = ReviewedRevision.of(resource, withdrawn);
        ReviewedRevision before = shown.put(resource.guid(), now);
        if (before == null) {
            return;
        }
        ReviewResult result = review.decide(status, Map.of(resource.guid(), before), EDITOR, null);
        Violation.unless(
                result.unread().isEmpty() == before.equals(now),
                "3 nothing is decided on unread",
                "%s: somebody who saw %s decided on %s",
                this,
                before,
                resource);
        if (before.equals(now)) {
            decidedOn(resource, status);
        }
    }

    private void change(Resource resource, Function<Instant, Resource> change) {
        touched = true;
        Resource changed = change.apply(clock.instant());
        if (changed != resource) {
            storage.resources().save(changed);
        }
    }

    void changePeer(Peer peer, UnaryOperator<Peer> change) {
        storage.peers().save(change.apply(peer));
    }

    /** Records a lease that a process claimed. */
    void took(PeerLease lease) {
        PeerLease other = held.put(lease.peer(), lease);
        Violation.unless(other == null, "one run per peer", "%s: two runs have peer %s", this, lease.peer());
    }

    /** Records that a process released its lease, if the lease was still its own. */
    void gaveBack(PeerLease lease) {
        held.remove(lease.peer(), lease);
    }

    /** Ends the lease of a process that no longer renews it. */
    void lapse(PeerId peer) {
        PeerLease lease = held.remove(peer);
        if (lease != null) {
            lease.close();
        }
    }

    /** Returns the peers that processes have leases on. */
    List<PeerId> held() {
        return held.keySet().stream().sorted().toList();
    }

    /** Records that a lease was revoked. Its holder does not know that yet. */
    void revoked(PeerId peer) {
        held.remove(peer);
    }

    void lapseAll() {
        new ArrayList<>(held.keySet()).forEach(this::lapse);
    }

    /** Returns an entry of the catalogue as this library sends it in the full feed. */
    ChangePage.Item sent(CatalogueEntry entry) {
        Resource resource = entry.resource();
        return new ChangePage.Item(
                Long.toString(entry.id()), resource.guid(), resource.updated().toString(), body(resource));
    }

    /** Returns a resource as it arrives at other libraries. */
    Fetched body(Resource resource) {
        return garbled.contains(resource.guid())
                ? new Fetched.Unreadable("no JSON")
                : new Fetched.Body(IncomingResource.from(resource, storage.id()));
    }

    @Nullable
    Resource find(Guid guid) {
        return storage.resources().find(guid).orElse(null);
    }

    @Override
    public String toString() {
        return name;
    }
}
