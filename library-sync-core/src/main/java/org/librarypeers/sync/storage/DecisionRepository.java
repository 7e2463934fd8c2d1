package org.librarypeers.sync.storage;

import java.util.Collection;
import java.util.List;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Guid;

/** What reviewers decided. What is in it stays as it is. */
public interface DecisionRepository {

    /** Adds decisions, the earliest first. Those about resources that do not exist are left out. */
    void add(Collection<Decision> decisions);

    /** What was decided about a resource, the last that was added first; empty for one that does not exist. */
    List<Decision> about(Guid resource);
}
