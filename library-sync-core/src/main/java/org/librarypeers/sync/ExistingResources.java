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
 * What this library knows of what a peer sends.
 *
 * @param resources the resources that are here already
 * @param pasts of those of them whose source is lost, what they said before
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
        Set<Guid> lost = storage.harvest().lost(mayBeLost);
        Map<Guid, List<Revision>> histories = storage.resources().histories(lost);
        Map<Guid, List<Revision>> pasts = new HashMap<>();
        lost.forEach(guid -> pasts.put(guid, histories.getOrDefault(guid, List.of())));
        return new ExistingResources(resources, pasts);
    }
}
