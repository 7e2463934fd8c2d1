package org.librarypeers.sync.inmemory;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;

/** Looks for words by plain means. */
record InMemorySearch(List<String> words) {

    private static final int MAX_WORDS = 20;

    static InMemorySearch of(String text) {
        return new InMemorySearch(words(text).stream().limit(MAX_WORDS).toList());
    }

    private static List<String> words(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("[\\u0300-\\u036F\\u064B-\\u065F\\u0670\\u0640]", "")
                .toLowerCase(Locale.ROOT);
        return Arrays.stream(folded.split("[^\\p{L}\\p{M}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    boolean finds(ResourceContent content) {
        return !words.isEmpty() && areAmong(Stream.concat(titleAndTags(content), rest(content)));
    }

    /** 0 if all the words are in the title, 1 if some are in a tag only, 2 if some are elsewhere. */
    int rank(ResourceContent content) {
        return areAmong(texts(content.title())) ? 0 : areAmong(titleAndTags(content)) ? 1 : 2;
    }

    private boolean areAmong(Stream<String> texts) {
        List<String> all = words(texts.collect(Collectors.joining(" ")));
        return words.stream().allMatch(word -> all.stream().anyMatch(each -> each.startsWith(word)));
    }

    private static Stream<String> titleAndTags(ResourceContent content) {
        return Stream.concat(texts(content.title()), content.tags().stream().flatMap(InMemorySearch::texts));
    }

    private static Stream<String> texts(Tag tag) {
        return Stream.of(Stream.of(tag.name(), tag.category()), texts(tag.names()), texts(tag.categories()))
                .flatMap(each -> each);
    }

    private static Stream<String> rest(ResourceContent content) {
        return Stream.of(
                        texts(content.description()).map(InMemorySearch::withoutMarkup),
                        texts(content.attribution()),
                        content.links().stream().flatMap(link -> texts(link.title())),
                        content.files().stream().flatMap(file -> texts(file.title())))
                .flatMap(each -> each);
    }

    /** Good enough for trials: what stands between angle brackets is no text, and the commonest accents have names. */
    private static String withoutMarkup(String html) {
        return html.replaceAll("<[^>]*>", " ")
                .replaceAll("&([a-zA-Z])(acute|grave|circ|tilde|uml|cedil);", "$1")
                .replaceAll("&#?\\w+;", " ");
    }

    private static Stream<String> texts(LocalizedText text) {
        return text.texts().values().stream();
    }
}
