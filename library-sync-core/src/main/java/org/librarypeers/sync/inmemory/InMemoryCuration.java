package org.librarypeers.sync.inmemory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Spelling;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.catalogue.CatalogueCategory;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.curation.CuratedCategory;
import org.librarypeers.sync.curation.CuratedTag;
import org.librarypeers.sync.curation.Curation;
import org.librarypeers.sync.curation.Retagging;
import org.librarypeers.sync.storage.Slice;

record InMemoryCuration(InMemoryStorage storage) implements Curation {

    /**
     * A change with its state.
     *
     * @param leases the leases that were held when it was first claimed; null before
     * @param after the number of the resource that was examined last in this pass
     * @param settled whether the runs that did not know the change had ended when this pass began
     * @param ended whether the pass has ended, so that the next one begins when the runs have ended
     */
    record Kept(Retagging retagging, @Nullable Set<UUID> leases, long after, boolean settled, boolean ended) {}

    @Override
    public Slice<CuratedCategory> categories(int offset, int limit) {
        return storage.with(tables -> {
            List<CuratedCategory> all = tables.categories.values().stream()
                    .map(category -> curated(tables, category))
                    .filter(category -> category.tags() > 0)
                    .sorted(Comparator.comparing((CuratedCategory category) -> place(tables, category.id()))
                            .thenComparing(CuratedCategory::name))
                    .toList();
            return Slice.of(all.stream().skip(offset).limit(limit + 1L).toList(), limit, all.size());
        });
    }

    private static int place(InMemoryTables tables, long category) {
        int place = tables.topics.indexOf(category);
        return place < 0 ? Integer.MAX_VALUE : place;
    }

    @Override
    public Optional<CuratedCategory> category(long id) {
        return storage.with(tables -> tables.categories.values().stream()
                .filter(category -> category.id() == id)
                .map(category -> curated(tables, category))
                .findFirst());
    }

    @Override
    public Optional<CuratedCategory> category(String name) {
        return storage.with(tables -> Optional.ofNullable(tables.categories.get(Spelling.folded(name)))
                .map(category -> curated(tables, category)));
    }

    private static CuratedCategory curated(InMemoryTables tables, CatalogueCategory category) {
        List<CatalogueTag> used = tables.tags.values().stream()
                .filter(tag -> isIn(tag, category))
                .filter(tag -> with(tables, Set.of(tag.id()), null).findAny().isPresent())
                .toList();
        Set<Long> ids = new HashSet<>(used.stream().map(CatalogueTag::id).toList());
        return new CuratedCategory(
                category.id(),
                category.name(),
                category.names(),
                category.description(),
                tables.hidden.contains(category.id()),
                tables.topics.contains(category.id()),
                with(tables, ids, null).anyMatch(entry -> entry.resource().origin() instanceof Origin.Local),
                used.size(),
                used.stream().mapToLong(tag -> approved(tables, tag)).sum());
    }

    private static boolean isIn(CatalogueTag tag, CatalogueCategory category) {
        return tag.tag().key().category().equals(Spelling.folded(category.name()));
    }

    private static long approved(InMemoryTables tables, CatalogueTag tag) {
        return with(tables, Set.of(tag.id()), null)
                .filter(entry -> entry.resource().status() == Status.APPROVED)
                .count();
    }

    private static Stream<CatalogueEntry> with(InMemoryTables tables, Collection<Long> tags, @Nullable PeerId peer) {
        return tables.resources.values().stream()
                .filter(entry -> peer == null || isFrom(entry, peer))
                .filter(entry -> entry.taggings().stream().anyMatch(tagging -> tags.contains(tagging.tag())));
    }

    private static boolean isFrom(CatalogueEntry entry, PeerId peer) {
        return entry.resource()
                .origin()
                .match(local -> false, source -> source.peer().equals(peer));
    }

    @Override
    public Slice<CuratedTag> tags(long category, int offset, int limit) {
        return storage.with(tables -> {
            List<CuratedTag> all = curatedTags(tables, tag -> true)
                    .filter(tag -> tag.category() == category)
                    .filter(tag ->
                            with(tables, Set.of(tag.tag().id()), null).findAny().isPresent())
                    .sorted(Comparator.comparing(CuratedTag::place, Comparator.nullsLast(Comparator.naturalOrder()))
                            .thenComparing(tag -> tag.tag().tag().name()))
                    .toList();
            return Slice.of(all.stream().skip(offset).limit(limit + 1L).toList(), limit, all.size());
        });
    }

    @Override
    public Optional<CuratedTag> tag(long id) {
        return storage.with(tables -> curatedTags(tables, tag -> tag.id() == id).findFirst());
    }

    private static Stream<CuratedTag> curatedTags(InMemoryTables tables, Predicate<CatalogueTag> wanted) {
        return tables.tags.values().stream()
                .filter(wanted)
                .map(tag -> new CuratedTag(
                        tag,
                        Objects.requireNonNull(
                                        tables.categories.get(tag.tag().key().category()))
                                .id(),
                        tables.hidden.contains(tag.id()),
                        tables.places.get(tag.id()),
                        approved(tables, tag)));
    }

    List<CatalogueCategory> topics() {
        return storage.with(tables -> {
            List<CuratedCategory> all = tables.categories.values().stream()
                    .map(category -> curated(tables, category))
                    .filter(category -> !category.hidden())
                    .toList();
            return all.stream()
                    .filter(category -> tables.topics.isEmpty() ? category.own() : category.topic())
                    .sorted(Comparator.comparing((CuratedCategory category) -> place(tables, category.id()))
                            .thenComparing(CuratedCategory::name))
                    .map(category -> new CatalogueCategory(
                            category.id(), category.name(), category.names(), category.description()))
                    .toList();
        });
    }

    @Override
    public void chooseTopics(List<Long> categories) {
        storage.change(tables -> {
            tables.topics.clear();
            tables.topics.addAll(categories);
        });
    }

    @Override
    public void changeCategory(long id, String name, LocalizedText names, LocalizedText description, boolean hidden) {
        storage.change(tables -> {
            hide(tables, id, hidden);
            InMemoryVocabulary.changeCategory(tables, new CatalogueCategory(id, name, names, description));
        });
    }

    @Override
    public void changeTag(
            long id,
            String name,
            LocalizedText names,
            LocalizedText description,
            LocalizedText summary,
            boolean hidden,
            @Nullable Integer place) {
        storage.change(tables -> {
            hide(tables, id, hidden);
            tables.places.remove(id);
            if (place != null) {
                tables.places.put(id, place);
            }
            InMemoryVocabulary.changeTag(tables, id, name, names, description, summary);
        });
    }

    private static void hide(InMemoryTables tables, long id, boolean hidden) {
        if (hidden) {
            tables.hidden.add(id);
        } else {
            tables.hidden.remove(id);
        }
    }

    @Override
    public List<Long> named(String category, @Nullable String name) {
        return storage.with(tables -> tables.tags.values().stream()
                .filter(tag -> tag.tag().key().category().equals(Spelling.folded(category)))
                .filter(tag -> name == null || tag.tag().key().name().equals(Spelling.folded(name)))
                .map(CatalogueTag::id)
                .sorted()
                .toList());
    }

    @Override
    public long resources(Collection<Long> tags, @Nullable PeerId peer) {
        return storage.with(tables -> with(tables, tags, peer).count());
    }

    @Override
    public List<PeerTag> tagsOf(PeerId peer, int resources, int limit) {
        return storage.with(tables -> {
            Map<Long, Long> counts = new HashMap<>();
            tables.resources.values().stream()
                    .filter(entry -> isFrom(entry, peer))
                    .sorted(Comparator.comparingLong(CatalogueEntry::id).reversed())
                    .limit(resources)
                    .flatMap(entry -> entry.taggings().stream())
                    .forEach(tagging -> counts.merge(tagging.tag(), 1L, Long::sum));
            return curatedTags(tables, tag -> counts.containsKey(tag.id()))
                    .map(tag -> new PeerTag(
                            tag, Objects.requireNonNull(counts.get(tag.tag().id()))))
                    .sorted(Comparator.comparingLong(PeerTag::count)
                            .reversed()
                            .thenComparing(counted -> counted.tag().tag().id()))
                    .limit(limit)
                    .toList();
        });
    }

    @Override
    public void begin(Retagging retagging) {
        storage.change(tables -> {
            long id = tables.nextId();
            tables.retaggings.put(id, new Kept(copy(retagging, id, 0, 0), null, 0, false, false));
        });
    }

    private static Retagging copy(Retagging of, long id, long changed, int pass) {
        return new Retagging(id, of.tags(), of.from(), of.peer(), of.touches(), of.by(), of.total(), changed, pass);
    }

    @Override
    public List<Retagging> unfinished() {
        return storage.with(tables ->
                tables.retaggings.values().stream().map(Kept::retagging).toList());
    }

    @Override
    public Optional<Retagging> claim() {
        return storage.inTransaction(() -> storage.with(tables -> {
            for (Kept kept : List.copyOf(tables.retaggings.values())) {
                Set<UUID> leases = kept.leases() == null ? Set.copyOf(tables.leases.values()) : kept.leases();
                boolean isUnderWay = tables.leases.values().stream().anyMatch(leases::contains);
                if (!kept.ended() || !isUnderWay) {
                    Retagging before = kept.retagging();
                    Kept claimed = kept.ended()
                            ? new Kept(
                                    copy(before, before.id(), before.changed(), before.pass() + 1),
                                    leases,
                                    0,
                                    true,
                                    false)
                            : new Kept(before, leases, kept.after(), kept.settled() || leases.isEmpty(), false);
                    tables.retaggings.put(before.id(), claimed);
                    return Optional.of(claimed.retagging());
                }
            }
            return Optional.empty();
        }));
    }

    @Override
    public List<Guid> next(Retagging claimed, int limit) {
        return storage.inTransaction(() -> storage.with(tables -> {
            Kept kept = Objects.requireNonNull(tables.retaggings.get(claimed.id()));
            Set<Long> tags = new HashSet<>(claimed.tags());
            if (claimed.from() != null) {
                String name = claimed.from().name();
                tags.addAll(named(claimed.from().category(), name.isEmpty() ? null : name));
            }
            List<CatalogueEntry> next = tables.resources.values().stream()
                    .filter(entry -> entry.id() > kept.after())
                    .filter(entry -> claimed.peer() == null || isFrom(entry, claimed.peer()))
                    .filter(entry -> entry.resource().revisions().waiting() != null
                            || entry.taggings().stream().anyMatch(tagging -> tags.contains(tagging.tag())))
                    .sorted(Comparator.comparingLong(CatalogueEntry::id))
                    .limit(limit)
                    .toList();
            if (next.size() == limit) {
                long last = next.get(limit - 1).id();
                tables.retaggings.put(
                        claimed.id(), new Kept(kept.retagging(), kept.leases(), last, kept.settled(), false));
            } else if (kept.settled()) {
                tables.retaggings.remove(claimed.id());
            } else {
                tables.retaggings.put(claimed.id(), new Kept(kept.retagging(), kept.leases(), 0, false, true));
            }
            List<Guid> guids = new ArrayList<>();
            next.forEach(entry -> guids.add(entry.resource().guid()));
            return guids;
        }));
    }

    @Override
    public void changed(Retagging claimed, Collection<Guid> resources) {
        storage.change(tables -> tables.retaggings.computeIfPresent(
                claimed.id(),
                (id, kept) -> new Kept(
                        copy(
                                kept.retagging(),
                                id,
                                kept.retagging().changed() + resources.size(),
                                kept.retagging().pass()),
                        kept.leases(),
                        kept.after(),
                        kept.settled(),
                        kept.ended())));
    }
}
