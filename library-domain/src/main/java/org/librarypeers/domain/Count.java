package org.librarypeers.domain;

import java.util.Locale;

/** Counts in English messages: "1 resource", "2 resources", "1,284 resources". */
public final class Count {

    private Count() {}

    /** Returns the number with the noun, whose plural ends in "s". */
    public static String of(long number, String noun) {
        return of(number, noun, noun + "s");
    }

    /** Returns the number with the noun in the right form. */
    public static String of(long number, String singular, String plural) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? singular : plural);
    }
}
