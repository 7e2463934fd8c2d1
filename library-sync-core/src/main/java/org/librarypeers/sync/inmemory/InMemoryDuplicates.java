package org.librarypeers.sync.inmemory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.curation.DuplicateKeys;
import org.librarypeers.sync.curation.DuplicateRepository;

/** Finds duplicates by comparing all resources. */
record InMemoryDuplicates(InMemoryStorage storage) implements DuplicateRepository {

    private record Found(Reason reason, List<CatalogueEntry> members) {}

    @Override
    public List<Group> groups(@Nullable String after, int limit) {
        return storage.with(tables ->
                groups(tables, group -> after == null || group.key().compareTo(after) > 0).stream()
                        .limit(limit)
                        .toList());
    }

    @Override
    public List<Group> groupsOf(Guid resource) {
        return storage.with(tables -> groups(tables, group -> group.resources().contains(resource)));
    }

    private static List<Group> groups(InMemoryTables tables, Predicate<Group> wanted) {
        return all(tables).entrySet().stream()
                .filter(found -> found.getValue().members().size() > tables.dismissed.getOrDefault(found.getKey(), 1))
                .map(found -> new Group(
                        found.getKey(),
                        found.getValue().reason(),
                        found.getValue().members().stream()
                                .filter(InMemoryDuplicates::isLive)
                                .limit(MAX_MEMBERS)
                                .map(entry -> entry.resource().guid())
                                .toList()))
                .filter(group -> group.resources().size() > 1)
                .filter(wanted)
                .toList();
    }

    private static boolean isLive(CatalogueEntry entry) {
        Status status = entry.resource().status();
        return status == Status.APPROVED || status == Status.PENDING;
    }

    private static Map<String, Found> all(InMemoryTables tables) {
        Map<String, Found> found = new TreeMap<>();
        tables.resources.values().stream()
                .sorted(Comparator.comparingLong(CatalogueEntry::id))
                .forEach(entry -> DuplicateKeys.of(entry.resource().content())
                        .forEach(key -> found.computeIfAbsent(
                                        key.value(), any -> new Found(key.reason(), new ArrayList<>()))
                                .members()
                                .add(entry)));
        return found;
    }

    @Override
    public void dismiss(String key) {
        storage.change(tables -> {
            Found found = all(tables).get(key);
            if (found != null) {
                tables.dismissed.put(key, found.members().size());
            }
        });
    }

    @Override
    public Optional<Redirect> redirect(Guid from) {
        return storage.with(tables -> Optional.ofNullable(tables.redirects.get(from)));
    }

    @Override
    public void redirect(Redirect redirect) {
        storage.change(tables -> tables.redirects.put(redirect.from(), redirect));
    }

    @Override
    public void removeRedirect(Guid from) {
        storage.change(tables -> tables.redirects.remove(from));
    }
}
