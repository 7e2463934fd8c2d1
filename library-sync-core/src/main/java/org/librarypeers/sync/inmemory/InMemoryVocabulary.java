package org.librarypeers.sync.inmemory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.MappedTag;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Revisions;
import org.librarypeers.domain.Spelling;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.CatalogueCategory;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CatalogueTag;

/** Changes of stored tags. Each resource holds its tags, so all resources are rewritten. */
final class InMemoryVocabulary {

    private InMemoryVocabulary() {}

    static void changeCategory(InMemoryTables tables, CatalogueCategory changed) {
        tables.categories.values().removeIf(category -> category.id() == changed.id());
        Map<Tag.Key, CatalogueTag> tags = new HashMap<>();
        for (CatalogueTag tag : tables.tags.values()) {
            Tag old = tag.tag();
            if (tables.categories.get(old.key().category()) == null) {
                tags.put(
                        old.key(),
                        new CatalogueTag(
                                tag.id(),
                                tag.slug(),
                                new Tag(
                                        old.guid(),
                                        changed.name(),
                                        old.name(),
                                        changed.names(),
                                        old.names(),
                                        old.description(),
                                        old.summary(),
                                        old.image())));
            }
        }
        tables.categories.put(Spelling.folded(changed.name()), changed);
        replace(tables, tags);
    }

    static void changeTag(
            InMemoryTables tables,
            long id,
            String name,
            LocalizedText names,
            LocalizedText description,
            LocalizedText summary) {
        Map<Tag.Key, CatalogueTag> tags = new HashMap<>();
        tables.tags.values().stream().filter(tag -> tag.id() == id).forEach(tag -> {
            Tag old = tag.tag();
            tags.put(
                    old.key(),
                    new CatalogueTag(
                            id,
                            tag.slug(),
                            new Tag(
                                    old.guid(),
                                    old.category(),
                                    name,
                                    old.categories(),
                                    names,
                                    description,
                                    summary,
                                    old.image())));
        });
        replace(tables, tags);
    }

    private static void replace(InMemoryTables tables, Map<Tag.Key, CatalogueTag> tags) {
        tags.forEach((key, tag) -> tables.tags.remove(key));
        tags.forEach((key, tag) -> tables.tags.put(tag.tag().key(), tag));
        tables.resources.replaceAll((guid, entry) -> replaced(entry, tags));
    }

    private static CatalogueEntry replaced(CatalogueEntry entry, Map<Tag.Key, CatalogueTag> tags) {
        Resource resource = entry.resource();
        ResourceContent content = resource.content();
        if (content.tags().stream().noneMatch(tag -> tags.containsKey(tag.key()))) {
            return entry;
        }
        List<MappedTag> mapped = content.mappedTags().stream()
                .map(one -> {
                    CatalogueTag changed = tags.get(one.as());
                    return changed == null
                            ? one
                            : new MappedTag(one.sent(), changed.tag().key());
                })
                .toList();
        Revision revision = new Revision(
                resource.revision().number(),
                content.toBuilder()
                        .tags(content.tags().stream()
                                .map(tag -> changed(tag, tags.get(tag.key())))
                                .toList())
                        .mappedTags(mapped)
                        .build(),
                resource.revision().author(),
                resource.revision().at());
        return new CatalogueEntry(
                entry.id(),
                entry.position(),
                entry.creator(),
                Resource.restore(
                        resource.guid(),
                        resource.slug(),
                        resource.status(),
                        resource.origin(),
                        new Revisions(
                                revision,
                                resource.revisions().waiting(),
                                resource.revisions().latest()),
                        resource.created(),
                        resource.updated(),
                        resource.review(),
                        resource.version()),
                entry.attachments(),
                entry.taggings());
    }

    private static Tag changed(Tag tag, @Nullable CatalogueTag changed) {
        return changed == null ? tag : Objects.requireNonNull(changed.tag());
    }
}
