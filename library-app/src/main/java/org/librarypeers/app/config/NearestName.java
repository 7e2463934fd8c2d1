package org.librarypeers.app.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A suggestion for a misspelt name. */
final class NearestName {

    /** The number of changed letters that a shared word makes up for, so that {@code port} suggests {@code listen.port}. */
    private static final int WEIGHT_OF_A_WORD = 4;

    private NearestName() {}

    /**
     * Returns the known name that is most similar to the given one: few letters must change, and many words are the same. Case,
     * dots, hyphens, underscores and the prefix {@code LIBRARY_} do not count. If the known names with all words of the given one
     * are several, returns the first of them.
     */
    static String of(String name, Collection<String> known) {
        List<String> words = words(name);
        return known.stream()
                .min(Comparator.comparingInt(each -> unlikeness(words, words(each))))
                .orElseThrow();
    }

    private static int unlikeness(List<String> wanted, List<String> known) {
        if (known.containsAll(wanted)) {
            return Integer.MIN_VALUE;
        }
        long shared = wanted.stream().filter(known::contains).count();
        return distance(String.join("", wanted), String.join("", known)) - WEIGHT_OF_A_WORD * (int) shared;
    }

    private static List<String> words(String name) {
        return List.of(
                name.toLowerCase(Locale.ROOT).replaceFirst("^library[_.-]", "").split("[_.-]"));
    }

    /** Returns the Levenshtein distance of two texts. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j - 1], row[j]) + 1);
            }
        }
        return row[other.length()];
    }
}
