package org.librarypeers.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long working through a resource takes. Existing sites hold numbers without a unit and units without a number, and
 * both are kept as they are.
 *
 * @param number 0 if not known
 * @param unit null if not known
 */
public record StudyTime(int number, @Nullable Unit unit) {

    /** Not known. */
    public static final StudyTime UNKNOWN = new StudyTime(0, null);

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public StudyTime {
        Checks.atLeast("study time", 0, number);
    }

    /** What the number counts. */
    public enum Unit {
        /** Minutes. */
        MINS,
        /** Hours. */
        HOURS,
        /** Days. */
        DAYS,
        /** Weeks. */
        WEEKS;

        /** The word that travels: {@code mins}, {@code hours}, {@code days}, {@code weeks}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The unit of that word, if it is one. */
        public static Optional<Unit> ofWord(String word) {
            return Arrays.stream(values())
                    .filter(unit -> unit.word().equals(word))
                    .findFirst();
        }
    }
}
