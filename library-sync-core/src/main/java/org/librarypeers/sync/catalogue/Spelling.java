package org.librarypeers.sync.catalogue;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The rules by which the spelling of search words is corrected, see {@link Catalogue#corrected}. */
public final class Spelling {

    /** The minimum number of letters of a word that may differ in two letters. */
    private static final int LONG = 6;

    private Spelling() {}

    /**
     * A word of the catalogue.
     *
     * @param word the word, {@linkplain SearchWord#folded() folded}
     * @param written the word with its accents, for readers
     * @param count the number of entries that contain it
     */
    public record KnownWord(String word, String written, long count) {}

    /** Returns whether a word is long enough to be corrected, and has letters only. */
    public static boolean isCorrectable(String word) {
        return word.codePointCount(0, word.length()) >= Catalogue.MIN_CORRECTED
                && word.codePoints().noneMatch(Character::isDigit);
    }

    /**
     * Returns the word that is most similar to a misspelled one. If several words are equally similar, returns the one
     * with the highest count, or else the first one in alphabetical order. Empty if no word is similar enough.
     *
     * @param misspelled a folded word
     */
    public static Optional<KnownWord> nearest(String misspelled, Collection<KnownWord> words) {
        int most = misspelled.codePointCount(0, misspelled.length()) < LONG ? 1 : 2;
        return words.stream()
                .filter(known -> distance(misspelled, known.word()) <= most)
                .min(Comparator.comparingInt((KnownWord known) -> distance(misspelled, known.word()))
                        .thenComparing(
                                Comparator.comparingLong(KnownWord::count).reversed())
                        .thenComparing(KnownWord::word));
    }

    /**
     * Returns the number of letters that are missing, added, different or exchanged with their neighbour (the optimal string
     * alignment distance).
     */
    static int distance(String one, String other) {
        int[] a = one.codePoints().toArray();
        int[] b = other.codePoints().toArray();
        int[][] distances = new int[a.length + 1][b.length + 1];
        for (int i = 0; i <= a.length; i++) {
            distances[i][0] = i;
        }
        for (int j = 0; j <= b.length; j++) {
            distances[0][j] = j;
        }
        for (int i = 1; i <= a.length; i++) {
            for (int j = 1; j <= b.length; j++) {
                int different = a[i - 1] == b[j - 1] ? 0 : 1;
                int least = Math.min(
                        Math.min(distances[i - 1][j], distances[i][j - 1]) + 1, distances[i - 1][j - 1] + different);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                    least = Math.min(least, distances[i - 2][j - 2] + 1);
                }
                distances[i][j] = least;
            }
        }
        return distances[a.length][b.length];
    }
}
