package org.librarypeers.persistence;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A language for which PostgreSQL has a stemmer.
 *
 * @param code the language code of two letters
 * @param configuration the text search configuration, which PostgreSQL 14 must already have
 */
record Stemming(String code, String configuration) {

    private static final Map<String, Stemming> ALL = all(
            "ar arabic",
            "ca catalan",
            "da danish",
            "de german",
            "el greek",
            "en english",
            "es spanish",
            "eu basque",
            "fi finnish",
            "fr french",
            "ga irish",
            "hi hindi",
            "hu hungarian",
            "hy armenian",
            "id indonesian",
            "it italian",
            "lt lithuanian",
            "ne nepali",
            "nl dutch",
            "no norwegian",
            "pt portuguese",
            "ro romanian",
            "ru russian",
            "sr serbian",
            "sv swedish",
            "ta tamil",
            "tr turkish",
            "yi yiddish");

    private static Map<String, Stemming> all(String... languages) {
        Map<String, Stemming> all = new TreeMap<>();
        for (String language : languages) {
            String code = language.substring(0, 2);
            all.put(code, new Stemming(code, language.substring(3)));
        }
        return Map.copyOf(all);
    }

    static Collection<Stemming> all() {
        return ALL.values();
    }

    /** Returns the stemming of a language code such as {@code pt-br}, or an empty {@code Optional} if there is none. */
    static Optional<Stemming> of(String language) {
        int end = language.indexOf('-');
        String primary = end < 0 ? language : language.substring(0, end);
        return Optional.ofNullable(ALL.get(
                switch (primary) {
                    case "nb", "nn" -> "no";
                    default -> primary;
                }));
    }
}
