package org.librarypeers.sync.catalogue;

import java.util.Optional;
import org.librarypeers.domain.EnumWord;
import org.librarypeers.domain.StudyTime;

/** A range of study times by which readers filter. A day has eight hours of study, and a week has five such days. */
public enum StudyTimeRange {
    /** From 1 to 30 minutes. */
    SHORT(30),
    /** More than 30 minutes, and up to 2 hours. */
    MEDIUM(120),
    /** More than 2 hours, and up to a day. */
    DAY(480),
    /** More than a day. */
    LONGER(Long.MAX_VALUE);

    private static final long MINUTES_PER_HOUR = 60;
    private static final long MINUTES_PER_DAY = 480;
    private static final long MINUTES_PER_WEEK = 2_400;

    private final long mostMinutes;

    StudyTimeRange(long mostMinutes) {
        this.mostMinutes = mostMinutes;
    }

    /** Returns the range of a study time. Empty if its number or its unit is unknown. */
    public static Optional<StudyTimeRange> of(StudyTime time) {
        StudyTime.Unit unit = time.unit();
        if (unit == null || time.number() == 0) {
            return Optional.empty();
        }
        long minutes = time.number()
                * switch (unit) {
                    case MINS -> 1;
                    case HOURS -> MINUTES_PER_HOUR;
                    case DAYS -> MINUTES_PER_DAY;
                    case WEEKS -> MINUTES_PER_WEEK;
                };
        for (StudyTimeRange range : values()) {
            if (minutes <= range.mostMinutes) {
                return Optional.of(range);
            }
        }
        return Optional.of(LONGER);
    }

    /** Returns the range with this {@link #word}. Empty if there is no such range. */
    public static Optional<StudyTimeRange> ofWord(String word) {
        return EnumWord.find(StudyTimeRange.class, word);
    }

    /** Returns the lower-case name, for example {@code short}. */
    public String word() {
        return EnumWord.of(this);
    }
}
