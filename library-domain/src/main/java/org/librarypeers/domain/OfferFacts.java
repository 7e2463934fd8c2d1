package org.librarypeers.domain;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a peer's offer on which a {@link SelectionRule} decides. Categories and tags are the words of the peer, before
 * any {@linkplain TagMapping mapping}, so that a rule does not change when a tag is merged in this library.
 *
 * @param title the title
 * @param categories the categories of the tags, in all languages
 * @param tags the names of the tags, in all languages
 * @param languages the languages in which the offer can be read, see {@link ResourceContent#readableIn}
 * @param types the {@linkplain MaterialType#word types} of its links and files
 * @param updated the day on which the peer changed it last, in the peer's time; null if unknown
 */
public record OfferFacts(
        LocalizedText title,
        Set<String> categories,
        Set<String> tags,
        Set<String> languages,
        Set<String> types,
        @Nullable LocalDate updated) {

    /** Copies the sets. */
    public OfferFacts {
        categories = Set.copyOf(categories);
        tags = Set.copyOf(tags);
        languages = Set.copyOf(languages);
        types = Set.copyOf(types);
    }

    /** Returns the facts of a resource as a peer sent it. */
    public static OfferFacts of(IncomingResource sent) {
        return of(sent.content(), sent.updated());
    }

    /**
     * Returns the facts of a resource that this library has. The words are those of its own tags.
     *
     * @param updated the day on which it was changed last; null if unknown
     */
    public static OfferFacts of(ResourceContent content, @Nullable LocalDate updated) {
        Set<String> types =
                MaterialType.allOf(content).stream().map(MaterialType::word).collect(Collectors.toSet());
        Set<String> categories = new LinkedHashSet<>();
        Set<String> tags = new LinkedHashSet<>();
        for (Tag tag : content.tags()) {
            categories.add(tag.category());
            categories.addAll(tag.categories().texts().values());
            tags.add(tag.name());
            tags.addAll(tag.names().texts().values());
        }
        return new OfferFacts(content.title(), categories, tags, content.readableIn(), types, updated);
    }
}
