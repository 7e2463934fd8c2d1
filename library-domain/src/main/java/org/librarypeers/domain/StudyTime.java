package org.librarypeers.domain;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The time that it takes to study a resource. Existing sites have numbers without a unit and units without a number;
 * both are kept.
 *
 * @param number the number of units; 0 if unknown
 * @param unit the unit; null if unknown
 */
public record StudyTime(int number, @Nullable Unit unit) {

    /** An unknown study time. */
    public static final StudyTime UNKNOWN = new StudyTime(0, null);

    /**
     * Validates the number.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public StudyTime {
        Checks.atLeast("study time", 0, number);
    }

    /** The unit of a study time. */
    public enum Unit {
        /** Minutes. */
        MINS,
        /** Hours. */
        HOURS,
        /** Days. */
        DAYS,
        /** Weeks. */
        WEEKS;

        /** Returns the lower-case name: {@code mins}, {@code hours}, {@code days} or {@code weeks}. */
        public String word() {
            return EnumWord.of(this);
        }

        /** Returns the unit with this {@link #word}. Empty if there is no such unit. */
        public static Optional<Unit> ofWord(String word) {
            return EnumWord.find(Unit.class, word);
        }
    }
}
