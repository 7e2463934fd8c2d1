package org.librarypeers.sync.notifications;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The frequency with which a person receives notifications of a kind. */
public enum NotificationFrequency {
    /** Never. */
    OFF,
    /** One message for each event, as soon as it happens. */
    AT_ONCE,
    /** One digest a day, if something has happened. */
    DAILY,
    /** One digest a week, if something has happened. */
    WEEKLY;

    /** Returns whether the messages are digests. */
    public boolean isDigest() {
        return this == DAILY || this == WEEKLY;
    }

    /** Returns the word for this frequency, for example {@code at-once}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the frequency with this word. Empty if there is no such frequency. */
    public static Optional<NotificationFrequency> find(String word) {
        return Arrays.stream(values())
                .filter(frequency -> frequency.word().equals(word))
                .findFirst();
    }
}
