package org.librarypeers.sync.simulation;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.peer.ChangePage;

/** The resources that a peer listed, and those that it said to be deleted, in one run. */
final class Heard {

    private final Set<Guid> listed = new HashSet<>();
    private final Set<Guid> deleted = new HashSet<>();
    private final Set<Guid> deletedAtLast = new HashSet<>();

    /** Adds a page, as the run receives it. */
    void hear(ChangePage page) {
        page.items().stream()
                .map(ChangePage.Item::guid)
                .filter(Objects::nonNull)
                .forEach(guid -> {
                    listed.add(guid);
                    deletedAtLast.remove(guid);
                });
        deleted.addAll(page.deleted());
        deletedAtLast.addAll(page.deleted());
    }

    /** Returns the resources that the list showed. */
    Set<Guid> listed() {
        return listed;
    }

    /** Returns the resources that the feed said to be deleted. */
    Set<Guid> deleted() {
        return deleted;
    }

    /** Returns the resources that the feed said to be deleted and did not list later. */
    Set<Guid> deletedAtLast() {
        return deletedAtLast;
    }
}
