package org.librarypeers.sync.inmemory;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Spelling;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.CatalogueCategory;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.catalogue.DatedEntry;
import org.librarypeers.sync.catalogue.DatedFeed;
import org.librarypeers.sync.catalogue.DatedQuery;
import org.librarypeers.sync.catalogue.DatedSet;

/** The dated feed of a storage in memory. A transaction holds the lock of the storage, so nothing is committed while this reads. */
record InMemoryDatedFeed(InMemoryStorage storage) implements DatedFeed {

    @Override
    public Instant now() {
        return storage.with(InMemoryTables::second);
    }

    @Override
    public Instant earliest() {
        return storage.with(tables -> tables.feedTimes.firstEntry().getValue());
    }

    @Override
    public Optional<DatedEntry> find(Guid guid) {
        return storage.with(
                tables -> all(tables).filter(entry -> entry.guid().equals(guid)).findFirst());
    }

    @Override
    public List<DatedEntry> entries(DatedQuery query, int limit) {
        return storage.with(tables -> all(tables)
                .filter(entry -> entry.position() > query.after())
                .filter(entry -> query.includes(entry.datestamp()))
                .filter(entry -> isIn(query.set(), entry.entry()))
                .sorted(Comparator.comparingLong(DatedEntry::position))
                .limit(limit)
                .toList());
    }

    private static Stream<DatedEntry> all(InMemoryTables tables) {
        return Stream.concat(
                approved(tables).map(entry -> dated(tables, entry.position(), false, entry)),
                tables.deletions.entrySet().stream()
                        .map(deletion -> dated(
                                tables,
                                deletion.getValue().position(),
                                true,
                                Objects.requireNonNull(tables.resources.get(deletion.getKey())))));
    }

    private static Stream<CatalogueEntry> approved(InMemoryTables tables) {
        return tables.resources.values().stream()
                .filter(entry -> entry.resource().status() == Status.APPROVED);
    }

    private static DatedEntry dated(InMemoryTables tables, long position, boolean deleted, CatalogueEntry entry) {
        Map.Entry<Long, Instant> time = Objects.requireNonNull(tables.feedTimes.floorEntry(position));
        return new DatedEntry(time.getValue(), position, deleted, entry);
    }

    private static boolean isIn(DatedSet set, CatalogueEntry entry) {
        List<Tag> tags = entry.resource().content().tags();
        return switch (set.kind()) {
            case ALL -> true;
            case ANY_TAG -> !tags.isEmpty();
            case CATEGORY ->
                tags.stream().anyMatch(tag -> Spelling.folded(tag.category()).equals(set.value()));
            case TAG ->
                entry.taggings().stream()
                        .anyMatch(tagging -> tagging.slug().value().equals(set.value()));
            case LANGUAGE -> entry.resource().content().title().languages().contains(set.value());
        };
    }

    @Override
    public List<CatalogueTag> tags(long after, int limit) {
        return storage.with(tables -> tags(tables)
                .filter(tag -> tag.id() > after)
                .sorted(Comparator.comparingLong(CatalogueTag::id))
                .limit(limit)
                .toList());
    }

    private static Stream<CatalogueTag> tags(InMemoryTables tables) {
        List<Long> used = approved(tables)
                .flatMap(entry -> entry.taggings().stream().map(CatalogueEntry.Tagging::tag))
                .distinct()
                .toList();
        return tables.tags.values().stream().filter(tag -> used.contains(tag.id()));
    }

    @Override
    public List<CatalogueCategory> categories() {
        return storage.with(tables -> {
            List<String> used = tags(tables)
                    .map(tag -> Spelling.folded(tag.tag().category()))
                    .distinct()
                    .toList();
            return tables.categories.values().stream()
                    .filter(category -> used.contains(Spelling.folded(category.name())))
                    .sorted(Comparator.comparingLong(CatalogueCategory::id))
                    .toList();
        });
    }

    @Override
    public List<String> languages() {
        return storage.with(tables -> approved(tables)
                .flatMap(entry -> entry.resource().content().title().languages().stream())
                .distinct()
                .sorted()
                .toList());
    }
}
