package org.librarypeers.sync.inmemory;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Spelling;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.CatalogueCategory;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.catalogue.TagRepository;

record InMemoryTags(InMemoryStorage storage) implements TagRepository {

    private static final Comparator<CatalogueTag> BY_NAME =
            Comparator.comparing((CatalogueTag tag) -> tag.tag().name()).thenComparing(CatalogueTag::id);

    @Override
    public List<CatalogueTag> inUse() {
        return storage.with(tables -> {
            Set<Long> used = tables.resources.values().stream()
                    .flatMap(entry -> entry.taggings().stream())
                    .map(tagging -> tagging.tag())
                    .collect(Collectors.toSet());
            return tables.tags.values().stream()
                    .filter(tag -> used.contains(tag.id()))
                    .sorted(BY_NAME)
                    .toList();
        });
    }

    @Override
    public Optional<CatalogueTag> find(long id) {
        return storage.with(tables ->
                tables.tags.values().stream().filter(tag -> tag.id() == id).findFirst());
    }

    @Override
    public Optional<CatalogueTag> find(Slug slug) {
        return storage.with(tables -> tables.tags.values().stream()
                .filter(tag -> tag.slug().equals(slug))
                .findFirst());
    }

    @Override
    public Optional<CatalogueTag> named(String name) {
        return storage.with(tables -> tables.tags.values().stream()
                .filter(tag -> tag.tag().key().name().equals(Spelling.folded(name)))
                .min(Comparator.comparingLong(CatalogueTag::id)));
    }

    @Override
    public CatalogueTag findOrAdd(Tag tag) {
        return storage.inTransaction(() -> storage.with(tables -> findOrAdd(tables, tag)));
    }

    /** Returns the tag of the vocabulary with the same key, and adds it if it does not exist. */
    static CatalogueTag findOrAdd(InMemoryTables tables, Tag sent) {
        CatalogueTag known = tables.tags.get(sent.key());
        if (known != null) {
            return known;
        }
        Guid guid = sent.guid();
        if (isTaken(tables, guid)) {
            guid = Guid.ofTag(sent.category(), sent.name());
        }
        if (isTaken(tables, guid)) {
            guid = Guid.random();
        }
        Slug slug = Slug.of(sent.name(), guid);
        while (isTaken(tables, slug)) {
            slug = slug.with(slug.equals(Slug.of(sent.name(), guid)) ? guid : Guid.random());
        }
        CatalogueCategory category = tables.categories.computeIfAbsent(
                sent.key().category(),
                spelling -> new CatalogueCategory(
                        tables.nextId(), sent.category(), sent.categories(), LocalizedText.empty()));
        Tag tag = new Tag(
                guid,
                category.name(),
                sent.name(),
                category.names(),
                sent.names(),
                sent.description(),
                sent.summary(),
                sent.image());
        CatalogueTag added = new CatalogueTag(tables.nextId(), slug, tag);
        tables.tags.put(sent.key(), added);
        return added;
    }

    private static boolean isTaken(InMemoryTables tables, Guid guid) {
        return tables.tags.values().stream().anyMatch(tag -> tag.tag().guid().equals(guid));
    }

    private static boolean isTaken(InMemoryTables tables, Slug slug) {
        return tables.tags.values().stream().anyMatch(tag -> tag.slug().equals(slug));
    }

    @Override
    public List<CatalogueCategory> topics() {
        return new InMemoryCuration(storage).topics();
    }

    @Override
    public List<CatalogueCategory> categories() {
        return storage.with(tables -> tables.categories.values().stream()
                .sorted(Comparator.comparing(CatalogueCategory::name))
                .toList());
    }
}
