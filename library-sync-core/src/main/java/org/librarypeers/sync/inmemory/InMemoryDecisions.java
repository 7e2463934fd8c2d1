package org.librarypeers.sync.inmemory;

import java.util.ArrayList;
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

record InMemoryDecisions(InMemoryStorage storage) implements DecisionRepository {

    @Override
    public void add(Collection<Decision> decisions) {
        storage.change(tables -> decisions.stream()
                .filter(decision -> tables.resources.containsKey(decision.resource()))
                .forEach(decision -> {
                    List<Decision> longer = new ArrayList<>(List.of(decision));
                    longer.addAll(tables.decisions.getOrDefault(decision.resource(), List.of()));
                    tables.decisions.put(decision.resource(), List.copyOf(longer));
                }));
    }

    @Override
    public List<Decision> about(Guid resource) {
        return storage.with(tables -> tables.decisions.getOrDefault(resource, List.of()));
    }

    @Override
    public List<Guid> decidedIn(UUID action, @Nullable Guid after, int limit) {
        return made(action).stream()
                .map(Decision::resource)
                .distinct()
                .sorted()
                .filter(guid -> after == null || guid.compareTo(after) > 0)
                .limit(limit)
                .toList();
    }

    private List<Decision> made(UUID action) {
        return storage.with(tables -> tables.decisions.values().stream()
                .flatMap(List::stream)
                .filter(decision ->
                        decision.effect() != null && decision.effect().action().equals(action))
                .toList());
    }

    @Override
    public Optional<ReviewAction> action(UUID action) {
        List<Decision> all = made(action);
        List<Decision> decided = all.stream()
                .filter(decision -> !decision.isUndo())
                .sorted(Comparator.comparing(Decision::resource))
                .toList();
        return decided.stream()
                .findFirst()
                .map(first -> new ReviewAction(
                        action,
                        first.status(),
                        first.by(),
                        decided.stream()
                                .map(Decision::at)
                                .min(Comparator.naturalOrder())
                                .orElseThrow(),
                        first.resource(),
                        decided.size(),
                        all.size() - decided.size()));
    }
}
