package org.librarypeers.sync;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Revision;
import org.librarypeers.sync.storage.SyncStorage;

/**
 * The resources that a peer sent and that already exist in this library.
 *
 * @param resources the existing resources by GUID
 * @param pasts the earlier revisions of those resources that are orphaned
 */
record ExistingResources(Map<Guid, Resource> resources, Map<Guid, List<Revision>> pasts) {

    static ExistingResources of(SyncStorage storage, Map<Guid, Resource> resources, Peer sender) {
        List<Guid> mayBeOrphaned = resources.values().stream()
                .filter(resource -> resource.origin() instanceof Origin.FromPeer source
                        && (!source.peer().equals(sender.id()) || source.isCircularAt(storage.id())))
                .map(Resource::guid)
                .toList();
        if (mayBeOrphaned.isEmpty()) {
            return new ExistingResources(resources, Map.of());
        }
        Set<Guid> orphaned = storage.harvest().orphaned(mayBeOrphaned);
        Map<Guid, List<Revision>> histories = storage.resources().histories(orphaned);
        Map<Guid, List<Revision>> pasts = new HashMap<>();
        orphaned.forEach(guid -> pasts.put(guid, histories.getOrDefault(guid, List.of())));
        return new ExistingResources(resources, pasts);
    }
}
