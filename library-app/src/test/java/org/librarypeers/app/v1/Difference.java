package org.librarypeers.app.v1;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** In what an answer of this library may differ from the recorded one, and why. What is not named here is the same. */
enum Difference {
    /** Ids are handed out anew; what was recorded under one is known here by another, the same in every answer. */
    IDS,

    /** What was just added has the time of now and a GUID of its own, which it keeps. */
    NEW,

    /** Texts are kept without the white space around them. */
    STRIPPED,

    /** The languages of a resource are in no set order. */
    LANGUAGES,

    /**
     * {@code file_extension}, {@code is_embeddable} and {@code sha1} end the sync of v1 peers, so they are left out of details.
     */
    FILE_KEYS,

    /** What a search finds is in no set order, and this library also finds the words of descriptions. */
    SEARCH_ORDER,

    /** The GUID that a schema shows as the default is made up each time a site starts. */
    DEFAULT_GUID,

    /** A v1 site gives tags without a picture that of their category. */
    TAG_IMAGE,

    /** A v1 site spells names that are not Latin in Latin letters, in a way of its own. */
    TAG_SLUG,

    /** A v1 site numbers and orders categories by hand. */
    CATEGORY,

    /** The order of keys in the JSON that is inside the string has no meaning. */
    ERROR_ORDER,

    /** The client says that it can unpack; a v1 site does not pack. */
    PACKED,

    /** How long the oldest request still counts depends on when it was. */
    RETRY_AFTER,

    /** Whether the connection stays open is none of the API's business. */
    CONNECTION;

    /** Every sample, in the order in which they were recorded, with what may differ. */
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
