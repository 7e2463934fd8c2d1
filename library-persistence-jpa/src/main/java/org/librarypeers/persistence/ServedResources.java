package org.librarypeers.persistence;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The existing resources that one transaction started or stopped to serve, by their ids. */
final class ServedResources {

    /** The ids of resources; true if they are served after the transaction and were not before it, false if it is the other way round. */
    private final Map<Long, Boolean> changed = new HashMap<>();

    private final Set<Long> added = new HashSet<>();

    /** Records a resource that this transaction adds, which nobody can have read yet. */
    void added(long resource) {
        added.add(resource);
    }

    /** Records that a resource is saved. */
    void saved(long resource, boolean before, boolean after) {
        if (before == after || added.contains(resource)) {
            return;
        }
        // The second change takes back the first.
        if (changed.remove(resource) == null) {
            changed.put(resource, after);
        }
    }

    /** Returns the resources that were served before this transaction and are not served after it. */
    Set<Long> ended() {
        Set<Long> ended = new TreeSet<>();
        changed.forEach((resource, isServed) -> {
            if (!isServed) {
                ended.add(resource);
            }
        });
        return ended;
    }

    /** Returns whether an existing resource is served that was not served before this transaction. */
    boolean hasReturned() {
        return changed.containsValue(true);
    }
}
