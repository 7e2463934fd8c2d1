package org.librarypeers.app.api;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Allowed differences between an answer of this library and the recorded one, each with its reason. The rest must
 * match.
 */
enum Difference {
    /** This library assigns its own ids. Each recorded id stands for one of them, the same in every answer. */
    IDS,

    /** A new entry has the current time and a new GUID, which stays the same in later answers. */
    NEW,

    /** This library removes white space around texts. */
    STRIPPED,

    /** The languages of a resource have no defined order. */
    LANGUAGES,

    /**
     * {@code file_extension}, {@code is_embeddable} and {@code sha1} end the sync of v1 peers, so details leave them
     * out.
     */
    FILE_KEYS,

    /** Search results have no defined order, and this library also searches descriptions. */
    SEARCH_ORDER,

    /** A site generates the default GUID of its schema each time that it starts. */
    DEFAULT_GUID,

    /** A v1 site gives a tag without an image the image of its category. */
    TAG_IMAGE,

    /** A v1 site transliterates names that are not Latin in its own way. */
    TAG_SLUG,

    /** The staff of a v1 site number and order categories by hand. */
    CATEGORY,

    /** The order of keys in the JSON inside the string has no meaning. */
    ERROR_ORDER,

    /** The client accepts compressed answers, and a v1 site does not compress. */
    PACKED,

    /** The wait depends on the time of the oldest request that still counts. */
    RETRY_AFTER,

    /** The API does not define whether the connection stays open. */
    CONNECTION;

    /** All samples in the order in which they were recorded, each with its allowed differences. */
    static final Map<String, Set<Difference>> OF_SAMPLES = read("""
            01-list-first-page                      | IDS STRIPPED
            02-list-middle-page-credentials-in-query | IDS STRIPPED LANGUAGES
            03-list-as-the-python-client-asks       | IDS STRIPPED LANGUAGES PACKED
            04-list-filtered                        | IDS
            05-list-past-the-end                    |
            06-list-accept-language-es              | IDS STRIPPED
            07-list-all                             | IDS STRIPPED LANGUAGES
            08-detail                               | IDS FILE_KEYS TAG_IMAGE TAG_SLUG
            09-search                               | IDS LANGUAGES FILE_KEYS TAG_IMAGE TAG_SLUG SEARCH_ORDER
            10-search-nothing-found                 |
            11-search-no-query                      | ERROR_ORDER
            12-search-page-out-of-range             |
            13-set                                  | IDS
            14-resource-schema                      | DEFAULT_GUID
            15-top-level                            |
            16-tag-list                             | IDS
            17-tag                                  | IDS TAG_IMAGE
            18-tag-by-category                      | IDS TAG_IMAGE
            19-tags                                 | IDS TAG_IMAGE
            20-category-list                        | CATEGORY
            21-resourcetag                          | IDS TAG_IMAGE
            22-resourceurl                          | IDS
            23-resourcefile                         | IDS
            24-slash-missing                        |
            25-401-no-credentials                   |
            26-401-wrong-key                        |
            27-404-unknown-id                       |
            28-404-id-no-number                     |
            29-405-delete                           |
            30-405-head                             |
            31-400-limit                            |
            32-400-no-filter                        |
            33-400-comparison                       |
            34-400-time                             |
            35-400-order                            |
            36-post-resource                        | IDS NEW
            37-post-resource-again                  | IDS ERROR_ORDER
            38-post-resource-no-title               | ERROR_ORDER
            39-post-resource-too-long               | ERROR_ORDER
            40-put-resource                         | IDS NEW
            41-post-tag                             | IDS TAG_IMAGE
            42-post-tag-again                       | ERROR_ORDER
            43-post-tag-empty                       | ERROR_ORDER
            44-post-resourcetag                     | IDS NEW TAG_IMAGE
            45-post-resourcetag-again               | ERROR_ORDER
            46-delete-resourcetag                   | CONNECTION
            47-delete-resourcetag-again             |
            48-post-resourceurl                     | IDS NEW
            49-401-no-right-to-write                |
            50-429-throttled                        | RETRY_AFTER
            """);

    private static Map<String, Set<Difference>> read(String table) {
        Map<String, Set<Difference>> read = new LinkedHashMap<>();
        table.lines().forEach(line -> {
            String[] cells = line.split("\\|", 2);
            read.put(
                    cells[0].strip(),
                    Arrays.stream(cells[1].strip().split(" "))
                            .filter(word -> !word.isEmpty())
                            .map(Difference::valueOf)
                            .collect(Collectors.toUnmodifiableSet()));
        });
        return read;
    }
}
