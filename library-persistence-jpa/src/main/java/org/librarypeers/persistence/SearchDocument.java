package org.librarypeers.persistence;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.MaterialType;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.SearchWord;
import org.librarypeers.sync.catalogue.StudyTimeRange;

/**
 * The words of a resource as the text of a PostgreSQL {@code tsvector}: lexemes with their positions and weights.
 *
 * <p>A lexeme is the number of the resource's {@linkplain #bucket bucket}, a character that says what follows, and a word
 * or stem: {@code 12/water} for a word anywhere, and also {@code 12!water} if it is in the title. The resource's tags
 * ({@code 12#345}, with the id), the languages of its title ({@code 12@pt-br}), the types of its attachments ({@code 12$pdf})
 * and the range of its study time ({@code 12=short}) are lexemes too. Apart from that
 * character, lexemes consist of letters, marks, digits, slashes and hyphens, so PostgreSQL interprets nothing inside their
 * quotes.
 *
 * <p>The weights are A for the title, B for tags, C for the attribution and the titles of attachments, D for the
 * description.
 */
final class SearchDocument {

    /** The maximum size of the lexemes and positions, in bytes, which keeps the tsvector below its limit of 1 MB. */
    private static final int MAX_BYTES = 512 * 1024;

    /**
     * The maximum total length of the parsed descriptions, in characters: that of five descriptions of the maximum
     * length.
     */
    private static final int MAX_HTML = 1_000_000;

    /** PostgreSQL keeps at most this many positions of a lexeme. */
    private static final int MAX_POSITIONS = 255;

    /** PostgreSQL has no higher position. */
    private static final int MAX_POSITION = 16_383;

    /**
     * The number of consecutive ids in a bucket. A search reads the index bucket by bucket, the newest first, and stops when it
     * has enough. Larger buckets make a search for common words slower, smaller ones a search for rare words.
     */
    static final int BUCKET = 16_384;

    /** The characters after the bucket. */
    static final char WORD = '/';

    static final char TITLE_WORD = '!';
    static final char TAG = '#';
    static final char LANGUAGE = '@';
    static final char TYPE = '$';
    static final char STUDY_TIME = '=';

    /** The maximum number of words of a resource in the {@linkplain WordList word list}. The first ones are those of the title. */
    private static final int MOST_LISTED = 500;

    private final long bucket;
    private final Map<String, Positions> lexemes = new LinkedHashMap<>();
    private final Set<String> stemmed = new HashSet<>();
    private final Map<String, String> listed = new LinkedHashMap<>();
    private final Set<MaterialType> types = EnumSet.noneOf(MaterialType.class);
    private int position;
    private int bytes;
    private int html;

    private SearchDocument(long bucket) {
        this.bucket = bucket;
    }

    private static final class Positions {
        private final StringBuilder text = new StringBuilder();
        private int count;
    }

    /** Returns the number of the bucket of a resource. */
    static long bucket(long resource) {
        return resource / BUCKET;
    }

    /** Creates the document of a resource with its current content. */
    static SearchDocument of(ResourceEntity resource) {
        return of(
                resource.id(),
                resource.taggings().map(tagging -> tagging.tag().id()).toList(),
                resource.content());
    }

    /**
     * Creates the document of a resource. The most important texts are added first, so that the size limit does not cut them
     * off.
     */
    static SearchDocument of(long resource, Collection<Long> tags, ResourceContent content) {
        SearchDocument document = new SearchDocument(bucket(resource));
        tags.forEach(tag -> document.add(TAG, tag.toString()));
        content.title().languages().forEach(language -> document.add(LANGUAGE, language));
        document.types.addAll(MaterialType.allOf(content));
        document.types.forEach(type -> document.add(TYPE, type.word()));
        StudyTimeRange.of(content.studyTime()).ifPresent(range -> document.add(STUDY_TIME, range.word()));
        document.add('A', content.title(), Function.identity());
        for (Tag tag : content.tags()) {
            // Tag names are in the library's first language, which only the app knows. The languages of the title are a
            // good guess.
            Set<String> languages = content.title().languages();
            document.add('B', languages, tag.name());
            document.add('B', languages, tag.category());
            document.add('B', tag.names(), Function.identity());
            document.add('B', tag.categories(), Function.identity());
        }
        document.add('C', content.attribution(), Function.identity());
        content.attachments().forEach(attachment -> document.add('C', attachment.title(), Function.identity()));
        document.add('D', content.description(), document::text);
        return document;
    }

    private void add(char weight, LocalizedText texts, Function<String, String> reading) {
        texts.texts().forEach((language, text) -> add(weight, Set.of(language), reading.apply(text)));
    }

    private void add(char weight, Collection<String> languages, String text) {
        if (isFull()) {
            return;
        }
        List<Stemming> stemmings = languages.stream()
                .flatMap(language -> Stemming.of(language).stream())
                .distinct()
                .toList();
        stemmings.forEach(stemming -> stemmed.add(stemming.code()));
        for (SearchWord word : SearchWord.of(text)) {
            position = Math.min(position + 1, MAX_POSITION);
            addWord(weight, word.folded());
            if (listed.size() < MOST_LISTED && WordList.takes(word.folded())) {
                listed.putIfAbsent(word.folded(), word.written());
            }
            for (Stemming stemming : stemmings) {
                // Stemmers recognize endings by their accents, which people omit in queries.
                stemming.lexeme(word.written()).ifPresent(lexeme -> addWord(weight, lexeme));
                if (!word.folded().equals(word.written())) {
                    stemming.lexeme(word.folded()).ifPresent(lexeme -> addWord(weight, lexeme));
                }
            }
        }
    }

    private void addWord(char weight, String word) {
        if (isFull()) {
            return;
        }
        if (weight == 'A') {
            add(TITLE_WORD, word);
        }
        Positions positions = add(WORD, word);
        if (positions.count < MAX_POSITIONS) {
            positions.text.append(positions.count == 0 ? ':' : ',').append(position);
            positions.text.append(weight);
            positions.count++;
            bytes += 2;
        }
    }

    /** Adds a lexeme without a position. */
    private Positions add(char kind, String text) {
        String lexeme = bucket + String.valueOf(kind) + text;
        Positions positions = lexemes.get(lexeme);
        if (positions == null) {
            positions = new Positions();
            lexemes.put(lexeme, positions);
            // Includes the number of positions and the padding.
            bytes += lexeme.getBytes(StandardCharsets.UTF_8).length + 4;
        }
        return positions;
    }

    private boolean isFull() {
        return bytes >= MAX_BYTES;
    }

    private String text(String description) {
        html += description.length();
        return isFull() || html > MAX_HTML
                ? ""
                : Jsoup.parseBodyFragment(description).body().text();
    }

    /** Returns the approximate size of the tsvector in bytes. */
    int size() {
        return bytes;
    }

    /** Returns the languages of the stems. */
    Set<String> languages() {
        return stemmed;
    }

    /** Returns the first words for the word list, folded, each with its written form. */
    Map<String, String> listed() {
        return listed;
    }

    /** Returns the types of the attachments as an array of PostgreSQL. */
    String types() {
        return types.stream().map(MaterialType::word).collect(Collectors.joining(",", "{", "}"));
    }

    /** Returns the tsvector. */
    String vector() {
        StringBuilder vector = new StringBuilder();
        lexemes.forEach((lexeme, positions) -> vector.append('\'')
                .append(lexeme)
                .append('\'')
                .append(positions.text)
                .append(' '));
        return vector.toString();
    }
}
