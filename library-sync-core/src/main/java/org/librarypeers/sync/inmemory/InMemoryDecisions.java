package org.librarypeers.sync.inmemory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.storage.DecisionRepository;

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
}
