package org.librarypeers.sync.storage;

import java.util.Collection;
import java.util.List;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Guid;

/** The decisions of reviewers. Entries are only added, never changed. */
public interface DecisionRepository {

    /** Adds decisions, the earliest first. Decisions about resources that do not exist are ignored. */
    void add(Collection<Decision> decisions);

    /** Returns the decisions about a resource, the most recently added first. Empty if the resource does not exist. */
    List<Decision> about(Guid resource);
}
