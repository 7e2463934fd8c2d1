package org.librarypeers.sync.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.ReviewResult;
import org.librarypeers.sync.ReviewService;
import org.librarypeers.sync.ReviewedRevision;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.inmemory.InMemoryStorage;
import org.librarypeers.sync.storage.PeerLease;

/** One of our libraries, the people who work in it, and what they remember of it. */
final class SimLibrary {

    static final UserName EDITOR = new UserName("amina");

    final String name;
    final PeerHost host;
    final InMemoryStorage storage;
    final Clock clock = new SkewedClock();
    final ReviewService review;

    /** What people made here, as they left it. */
    final Map<Guid, ResourceContent> made = new HashMap<>();

    /** What people decided, and nobody else may. */
    final Map<Guid, Status> decided = new HashMap<>();

    /** The number of the revision on which people last decided. */
    final Map<Guid, Integer> decidedOn = new HashMap<>();

    /** How resources were when somebody last looked at them. */
    private final Map<Guid, ReviewedRevision> shown = new HashMap<>();

    /** All that each resource has said, as far as it was looked at: the oldest first. */
    final Map<Guid, List<Revision>> said = new HashMap<>();

    /** The numbers of the revisions that each resource has been seen to say, rather than only to have waiting. */
    final Map<Guid, Set<Integer>> stood = new HashMap<>();

    /** What reviewers declined while the resource said something else. */
    private final Map<Guid, List<ResourceContent>> declined = new HashMap<>();

    /** In how many runs each resource was not there when a peer was asked for it. */
    private final Map<PeerId, Map<Guid, Integer>> notThere = new HashMap<>();

    /** What each resource said or had waiting, when it was looked at last. */
    final Map<Guid, ResourceContent> newest = new HashMap<>();

    /** How each run ended. */
    final Map<SyncLogId, SyncLog> ended = new HashMap<>();

    /** Which peer each resource was followed at when it was looked at last. */
    final Map<Guid, PeerId> sources = new HashMap<>();

    /** By how many rows the lists of each peer fell short. */
    final Map<PeerId, Set<Integer>> missing = new HashMap<>();

    /** Under which row of a site, by peer and GUID, each resource was taken that the site has twice. */
    final Map<String, First> first = new HashMap<>();

    /** A row, and how often it had gone away when it was looked at; -1 if it was away then. */
    record First(SimSite.Row row, int timesGone) {}

    /** Whether anything may have changed since it was looked at. */
    boolean touched = true;

    /** What readers cannot read, since something between garbles it. */
    final Set<Guid> garbled = new HashSet<>();

    Duration skew;
    private final Supplier<Instant> now;
    private final Map<PeerId, PeerLease> held = new HashMap<>();

    SimLibrary(String name, LibraryId id, Duration skew, Supplier<Instant> now) {
        this.name = name;
        this.host = PeerHost.of("https://" + name + ".example.org");
        this.storage = new InMemoryStorage(id);
        this.review = new ReviewService(storage, clock);
        this.skew = skew;
        this.now = now;
    }

    /** Notes that a peer did not have that resource when a run asked for it. */
    void notThere(PeerId peer, Guid guid) {
        notThere.computeIfAbsent(peer, each -> new HashMap<>()).merge(guid, 1, Integer::sum);
    }

    /** Returns in how many runs a peer did not have that resource when it was asked for it. */
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

    /** Somebody here changes what it says. */
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

    /** Remembers a decision. Who rejects what waits beside a public revision leaves that one as it is. */
    private void decidedOn(Resource resource, Status status) {
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

    /** Returns whether a reviewer here declined that content for a resource that went on saying what it said. */
    boolean hasDeclined(Guid guid, ResourceContent content) {
        return declined.getOrDefault(guid, List.of()).stream().anyMatch(content::saysTheSameAs);
    }

    /** Somebody decides on it as it was when it was last looked at, and looks at it now. */
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

    /** Remembers a lease that a process took. */
    void took(PeerLease lease) {
        PeerLease other = held.put(lease.peer(), lease);
        Violation.unless(other == null, "one run per peer", "%s: two runs have peer %s", this, lease.peer());
    }

    /** A process gives a lease back that is still its own. */
    void gaveBack(PeerLease lease) {
        held.remove(lease.peer(), lease);
    }

    /** A lease whose process does not prolong it lapses. */
    void lapse(PeerId peer) {
        PeerLease lease = held.remove(peer);
        if (lease != null) {
            lease.close();
        }
    }

    /** The peers that processes have leases on. */
    List<PeerId> held() {
        return held.keySet().stream().sorted().toList();
    }

    /** A lease is taken away; its holder does not know yet. */
    void revoked(PeerId peer) {
        held.remove(peer);
    }

    void lapseAll() {
        new ArrayList<>(held.keySet()).forEach(this::lapse);
    }

    @Nullable
    Resource find(Guid guid) {
        return storage.resources().find(guid).orElse(null);
    }

    @Override
    public String toString() {
        return name;
    }

    private final class SkewedClock extends Clock {
        @Override
        public Instant instant() {
            return now.get().plus(skew);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("nobody needs the zone");
        }
    }
}
