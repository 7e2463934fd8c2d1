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
        List<Guid> mayBeLost = resources.values().stream()
                .filter(resource -> resource.origin() instanceof Origin.FromPeer source
                        && (!source.peer().equals(sender.id()) || source.isCircularAt(storage.id())))
                .map(Resource::guid)
                .toList();
        if (mayBeLost.isEmpty()) {
            return new ExistingResources(resources, Map.of());
        }
        Set<Guid> lost = storage.harvest().orphaned(mayBeLost);
        Map<Guid, List<Revision>> histories = storage.resources().histories(lost);
        Map<Guid, List<Revision>> pasts = new HashMap<>();
        lost.forEach(guid -> pasts.put(guid, histories.getOrDefault(guid, List.of())));
        return new ExistingResources(resources, pasts);
    }
}
