package org.librarypeers.app.http;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The languages that a client prefers. */
public final class AcceptedLanguages {

    private AcceptedLanguages() {}

    /**
     * Returns the language ranges in lower case, the preferred one first, without those of weight 0. The list is empty
     * if there are none or the header is invalid.
     *
     * @param acceptLanguage the header {@code Accept-Language}; null if it is missing
     */
    public static List<String> of(@Nullable String acceptLanguage) {
        if (acceptLanguage == null) {
            return List.of();
        }
        try {
            return Locale.LanguageRange.parse(acceptLanguage).stream()
                    .filter(range -> range.getWeight() > 0)
                    .map(Locale.LanguageRange::getRange)
                    .toList();
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    /** Returns the language of a range without its region or script. */
    public static String primary(String range) {
        return range.replaceAll("-.*", "");
    }
}
