package org.librarypeers.sync.inmemory;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.ListedResource;
import org.librarypeers.sync.catalogue.SearchWord;
import org.librarypeers.sync.catalogue.Spelling;
import org.librarypeers.sync.catalogue.Spelling.KnownWord;

/** The words of the approved entries, and what is found with them. Scans all entries. */
record InMemoryWords(Collection<CatalogueEntry> entries) {

    private static final int SHORTEST_BEGINNING = 2;

    static InMemoryWords of(InMemoryTables tables) {
        return new InMemoryWords(tables.resources.values().stream()
                .filter(entry -> entry.resource().status() == Status.APPROVED)
                .toList());
    }

    private List<KnownWord> words() {
        Map<String, KnownWord> words = new HashMap<>();
        for (CatalogueEntry entry : entries) {
            InMemorySearch.wordsOf(entry.resource().content())
                    .forEach((folded, word) -> words.merge(
                            folded,
                            new KnownWord(folded, word.written(), 1),
                            (known, one) -> new KnownWord(folded, known.written(), known.count() + 1)));
        }
        return List.copyOf(words.values());
    }

    Optional<String> corrected(String text) {
        List<KnownWord> known = words();
        List<SearchWord> wanted = SearchWord.of(text);
        List<String> corrected =
                wanted.stream().map(word -> corrected(word, known)).toList();
        return corrected.equals(wanted.stream().map(SearchWord::written).toList())
                ? Optional.empty()
                : Optional.of(String.join(" ", corrected));
    }

    private static String corrected(SearchWord word, List<KnownWord> known) {
        boolean isKnown = known.stream().anyMatch(each -> each.word().startsWith(word.folded()));
        return isKnown || !Spelling.isCorrectable(word.folded())
                ? word.written()
                : Spelling.nearest(word.folded(), known).map(KnownWord::written).orElse(word.written());
    }

    List<String> completions(String beginning, int limit) {
        List<SearchWord> words = SearchWord.of(beginning);
        if (words.size() != 1 || words.get(0).folded().length() < SHORTEST_BEGINNING) {
            return List.of();
        }
        String start = words.get(0).folded();
        return words().stream()
                .filter(known ->
                        known.word().startsWith(start) && known.word().chars().noneMatch(Character::isDigit))
                .sorted(Comparator.comparingLong(KnownWord::count).reversed().thenComparing(KnownWord::word))
                .limit(limit)
                .map(KnownWord::written)
                .toList();
    }

    List<ListedResource> titled(String text, int limit) {
        InMemorySearch search = InMemorySearch.of(text);
        return entries.stream()
                .filter(entry -> search.finds(entry.resource().content())
                        && search.rank(entry.resource().content()) == 0)
                .sorted(Comparator.comparing(CatalogueEntry::id).reversed())
                .limit(limit)
                .map(ListedResource::of)
                .toList();
    }

    List<ListedResource> related(CatalogueEntry to, int limit) {
        Map<Long, Long> counts = entries.stream()
                .flatMap(entry -> entry.taggings().stream().map(CatalogueEntry.Tagging::tag))
                .collect(Collectors.groupingBy(tag -> tag, Collectors.counting()));
        Map<CatalogueEntry, Double> closeness = new HashMap<>();
        for (CatalogueEntry entry : entries) {
            double tags = to.taggings().stream()
                    .filter(tagging -> InMemoryBrowsing.hasTag(entry, tagging.tag()))
                    .mapToDouble(tagging -> 1.0 / (1 + counts.getOrDefault(tagging.tag(), 0L)))
                    .sum();
            Set<String> shared = titleWords(entry.resource().content());
            shared.retainAll(titleWords(to.resource().content()));
            // Words count only between entries without a common tag.
            double total = tags > 0 ? 1_000 + tags : shared.size();
            if (total > 0 && entry.id() != to.id()) {
                closeness.put(entry, total);
            }
        }
        return closeness.entrySet().stream()
                .sorted(Map.Entry.<CatalogueEntry, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey(
                                Comparator.comparing(CatalogueEntry::id).reversed())))
                .limit(limit)
                .map(entry -> ListedResource.of(entry.getKey()))
                .toList();
    }

    private static Set<String> titleWords(ResourceContent content) {
        Set<String> words = new HashSet<>();
        content.title().texts().values().forEach(text -> SearchWord.of(text).forEach(word -> words.add(word.folded())));
        words.removeIf(word -> !Spelling.isCorrectable(word));
        return words;
    }
}
