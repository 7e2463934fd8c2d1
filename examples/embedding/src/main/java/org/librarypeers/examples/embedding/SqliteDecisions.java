package org.librarypeers.examples.embedding;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.storage.DecisionRepository;
import org.librarypeers.sync.storage.ReviewAction;

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

    @Override
    public List<Guid> decidedIn(UUID action, @Nullable Guid after, int limit) {
        return database.query(
                row -> Guid.of(row.getString("resource")),
                "select distinct resource from decision where body ->> '$.effect.action' = ?"
                        + " and (? is null or resource > ?) order by resource limit ?",
                action.toString(),
                after,
                after,
                limit);
    }

    @Override
    public Optional<ReviewAction> action(UUID action) {
        List<Decision> all = database.query(
                Json.body(Decision.class),
                "select body from decision where body ->> '$.effect.action' = ? order by resource, id",
                action.toString());
        List<Decision> made = all.stream().filter(each -> !each.isUndo()).toList();
        return made.stream()
                .findFirst()
                .map(first -> new ReviewAction(
                        action,
                        first.status(),
                        first.by(),
                        made.stream().map(Decision::at).min(Comparator.naturalOrder()).orElseThrow(),
                        first.resource(),
                        made.size(),
                        all.size() - made.size()));
    }
}
