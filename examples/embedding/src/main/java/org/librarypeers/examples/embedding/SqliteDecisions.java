package org.librarypeers.examples.embedding;

import java.util.Collection;
import java.util.List;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.storage.DecisionRepository;

/** The decisions of reviewers in a SQLite database. */
record SqliteDecisions(Database database) implements DecisionRepository {

    @Override
    public void add(Collection<Decision> decisions) {
        database.change(() -> {
            decisions.forEach(decision -> database.update(
                    "insert into decision (resource, body) select guid, ? from resource where guid = ?",
                    Json.write(decision),
                    decision.resource()));
        });
    }

    @Override
    public List<Decision> about(Guid resource) {
        return database.query(
                Json.body(Decision.class), "select body from decision where resource = ? order by id desc", resource);
    }
}
