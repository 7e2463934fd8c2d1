package org.librarypeers.sync;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.librarypeers.domain.Author;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.storage.PastWithdrawal;
import org.librarypeers.sync.storage.StaleResourceException;
import org.librarypeers.sync.storage.SyncStorage;

/** A service that shows the history of resources and restores earlier revisions. Thread-safe. */
public final class Provenance {

    private final SyncStorage storage;
    private final Clock clock;

    /** Creates a service. The caller remains responsible for closing the storage. */
    public Provenance(SyncStorage storage, Clock clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /**
     * The history of a resource.
     *
     * @param resource the current state
     * @param revisions all revisions, including the one that waits for a reviewer, the highest number first
     * @param peers all peers that sent a revision, are or were the source, or offer the resource; includes removed
     *     peers, without credentials
     * @param offering the peers that are known to offer the resource now, including its source
     * @param withdrawals the runs that found the resource withdrawn by its source, the newest first
     * @param decisions the decisions of reviewers and policies about the resource, the latest first
     */
    public record History(
            Resource resource,
            List<Revision> revisions,
            Map<PeerId, Peer> peers,
            List<Peer> offering,
            List<PastWithdrawal> withdrawals,
            List<Decision> decisions) {

        /** Copies the collections. */
        public History {
            revisions = List.copyOf(revisions);
            peers = Map.copyOf(peers);
            offering = List.copyOf(offering);
            withdrawals = List.copyOf(withdrawals);
            decisions = List.copyOf(decisions);
        }
    }

    /** Returns the history of the resource with this GUID. Empty if there is no such resource. */
    public Optional<History> history(Guid guid) {
        return storage.inTransaction(() -> storage.resources().find(guid).map(this::read));
    }

    /** Returns the history of a resource that was just read. */
    public History history(Resource resource) {
        return storage.inTransaction(() -> read(resource));
    }

    private History read(Resource resource) {
        List<Revision> revisions = new ArrayList<>(storage.resources().history(resource.guid()));
        revisions.add(resource.revision());
        if (resource.revisions().waiting() != null) {
            revisions.add(resource.revisions().waiting());
        }
        revisions.sort(Comparator.comparingInt(Revision::number).reversed());
        Set<PeerId> involved = revisions.stream()
                .map(Revision::author)
                .filter(Author.Sync.class::isInstance)
                .map(author -> ((Author.Sync) author).peer())
                .collect(Collectors.toSet());
        if (resource.origin() instanceof Origin.FromPeer source) {
            involved.add(source.peer());
        }
        // A removed peer offers nothing.
        List<PeerId> offering = storage.harvest().offering(resource.guid());
        involved.addAll(offering);
        List<PastWithdrawal> withdrawals = storage.syncLogs().withdrawals(resource.guid());
        withdrawals.forEach(withdrawal -> involved.add(withdrawal.source()));
        Map<PeerId, Peer> peers = storage.peers().findIncludingRemoved(involved);
        return new History(
                resource,
                revisions,
                peers,
                offering.stream().map(peers::get).filter(Objects::nonNull).toList(),
                withdrawals,
                storage.decisions().about(resource.guid()));
    }

    /** Returns the content with the tags that the library has today. */
    private ResourceContent ours(Resource resource, ResourceContent content) {
        return storage.tagRules().mapping().from(resource.origin()).map(content);
    }

    /**
     * Restores an earlier revision as a new local edit. It stays until the source next changes the resource.
     *
     * @param guid the resource
     * @param revision the number of the revision to restore
     * @param by the user who restores it
     * @return the changed resource; the same resource if it has this content already
     * @throws IllegalArgumentException if there is no such resource or revision
     * @throws StaleResourceException if the resource is changed concurrently
     */
    public Resource restore(Guid guid, int revision, UserName by) {
        return storage.inTransaction(() -> {
            Resource resource = storage.resources().findForUpdate(Set.of(guid)).get(guid);
            if (resource == null) {
                throw new IllegalArgumentException("there is no resource " + guid);
            }
            Revision wanted = read(resource).revisions().stream()
                    .filter(each -> each.number() == revision)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("resource " + guid + " has no revision " + revision
                            + "; its revisions are 1 to " + resource.revisions().latest()));
            Resource restored = resource.edit(ours(resource, wanted.content()), by, clock.instant());
            if (restored != resource) {
                storage.resources().save(restored);
            }
            return restored;
        });
    }
}
