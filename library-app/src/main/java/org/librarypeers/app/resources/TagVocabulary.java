package org.librarypeers.app.resources;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.librarypeers.domain.Tag;

/** The tags of this library, named as in forms: {@code Category: Name}. */
final class TagVocabulary {

    private final List<Tag> tags;
    private final Function<String, Optional<Tag>> unused;

    /**
     * Creates the vocabulary.
     *
     * @param tags the tags that resources have
     * @param unused a lookup by name for tags that no resource has
     */
    TagVocabulary(List<Tag> tags, Function<String, Optional<Tag>> unused) {
        this.tags = List.copyOf(tags);
        this.unused = unused;
    }

    /** The meaning of a tag name that a user typed. */
    sealed interface Meaning {

        /** One tag, either known or new. */
        record One(Tag tag) implements Meaning {}

        /** A name without a category. Several known tags have this name. */
        record Several(List<String> labels) implements Meaning {}

        /** A name without a category. No tag has this name. */
        record Unknown() implements Meaning {}

        /** Text that is not a valid tag: the category or the name is missing or too long. */
        record Unusable() implements Meaning {}
    }

    /** Returns the label of a tag in forms. */
    static String label(Tag tag) {
        return tag.category() + ": " + tag.name();
    }

    /**
     * Returns the meaning of a typed text: {@code Category: Name}, or a name alone if exactly one tag has it. Case is ignored.
     */
    Meaning meaning(String typed) {
        List<Tag> whole = tags.stream()
                .filter(tag -> folded(label(tag)).equals(folded(typed.replaceFirst("\\s*:\\s*", ": "))))
                .toList();
        Optional<Tag> exact =
                whole.stream().filter(tag -> label(tag).equals(typed)).findFirst();
        if (!whole.isEmpty()) {
            return new Meaning.One(exact.orElse(whole.get(0)));
        }
        List<Tag> named = tags.stream()
                .filter(tag -> names(tag).anyMatch(folded(typed)::equals))
                .toList();
        if (named.size() == 1) {
            return new Meaning.One(named.get(0));
        }
        if (named.size() > 1) {
            return new Meaning.Several(named.stream().map(TagVocabulary::label).toList());
        }
        int colon = typed.indexOf(':');
        return colon >= 0
                ? created(typed.substring(0, colon), typed.substring(colon + 1))
                : unused.apply(typed).<Meaning>map(Meaning.One::new).orElseGet(Meaning.Unknown::new);
    }

    private static Meaning created(String category, String name) {
        try {
            return new Meaning.One(Tag.of(category, name));
        } catch (IllegalArgumentException e) {
            return new Meaning.Unusable();
        }
    }

    private static Stream<String> names(Tag tag) {
        return Stream.concat(Stream.of(tag.name()), tag.names().texts().values().stream())
                .map(TagVocabulary::folded);
    }

    private static String folded(String text) {
        return Normalizer.normalize(text.strip(), Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    /** Returns up to {@code most} categories, those with the most tags first. */
    List<String> categories(int most) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        tags.forEach(tag -> counts.merge(tag.category(), 1, Integer::sum));
        List<String> all = new ArrayList<>(counts.keySet());
        all.sort(Comparator.comparing((String category) -> -counts.getOrDefault(category, 0)));
        return List.copyOf(all.subList(0, Math.min(most, all.size())));
    }

    /** Returns up to {@code most} tag labels in alphabetical order. */
    List<String> suggestions(int most) {
        return tags.stream()
                .map(TagVocabulary::label)
                .distinct()
                .sorted()
                .limit(most)
                .toList();
    }
}
