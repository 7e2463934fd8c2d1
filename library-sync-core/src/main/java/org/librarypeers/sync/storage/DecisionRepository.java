package org.librarypeers.sync.storage;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Guid;

/** The decisions of reviewers. Entries are only added, never changed. */
public interface DecisionRepository {

    /** Adds decisions, the earliest first. Decisions about resources that do not exist are ignored. */
    void add(Collection<Decision> decisions);

    /** Returns the decisions about a resource, the most recently added first. Empty if the resource does not exist. */
    List<Decision> about(Guid resource);

    /** Returns the decisions {@linkplain #about(Guid) about} each resource. Resources without decisions are left out. */
    default Map<Guid, List<Decision>> about(Collection<Guid> resources) {
        Map<Guid, List<Decision>> all = new LinkedHashMap<>();
        for (Guid guid : resources) {
            List<Decision> decisions = about(guid);
            if (!decisions.isEmpty()) {
                all.put(guid, decisions);
            }
        }
        return all;
    }

    /**
     * Returns a page of the resources on which a decision was made in an action, ordered by GUID. Includes resources
     * whose decision was undone. Empty if this storage does not save the effects of decisions, so that none can be
     * undone.
     *
     * @param action the {@linkplain org.librarypeers.domain.DecisionEffect#action action}
     * @param after the last GUID of the previous page; null for the first page
     * @param limit the maximum number of GUIDs, from 1
     */
    default List<Guid> decidedIn(UUID action, @Nullable Guid after, int limit) {
        return List.of();
    }

    /** Returns the stored facts about an action. Empty if no decision of it exists. */
    default Optional<ReviewAction> action(UUID action) {
        return Optional.empty();
    }
}
