package org.librarypeers.oai;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.LocalizedText;

/** The codes of languages. Repositories also use three letters, as librarians do, and names. */
final class LanguageCodes {

    private static final Map<String, String> TWO_LETTERS = twoLetters();

    private LanguageCodes() {}

    private static Map<String, String> twoLetters() {
        Map<String, String> codes = new HashMap<>();
        for (String code : Locale.getISOLanguages()) {
            Locale language = Locale.forLanguageTag(code);
            codes.putIfAbsent(language.getDisplayLanguage(Locale.ENGLISH).toLowerCase(Locale.ROOT), code);
            try {
                codes.putIfAbsent(language.getISO3Language(), code);
            } catch (MissingResourceException e) {
                // The language has no code of three letters.
            }
        }
        // The bibliographic codes of ISO 639-2 that differ from the others.
        codes.putAll(Map.ofEntries(
                Map.entry("alb", "sq"),
                Map.entry("arm", "hy"),
                Map.entry("baq", "eu"),
                Map.entry("bur", "my"),
                Map.entry("chi", "zh"),
                Map.entry("cze", "cs"),
                Map.entry("dut", "nl"),
                Map.entry("fre", "fr"),
                Map.entry("geo", "ka"),
                Map.entry("ger", "de"),
                Map.entry("gre", "el"),
                Map.entry("ice", "is"),
                Map.entry("mac", "mk"),
                Map.entry("mao", "mi"),
                Map.entry("may", "ms"),
                Map.entry("per", "fa"),
                Map.entry("rum", "ro"),
                Map.entry("slo", "sk"),
                Map.entry("tib", "bo"),
                Map.entry("wel", "cy")));
        return codes;
    }

    /** Returns the code of a language in the form of the domain. Empty if the text is neither a code nor a name in English. */
    static Optional<String> find(String text) {
        String written = text.strip().toLowerCase(Locale.ROOT).replace('_', '-');
        String primary = written.replaceFirst("-.*", "");
        String known = TWO_LETTERS.get(primary);
        String code = known == null ? written : known + written.substring(primary.length());
        return LocalizedText.isLanguage(code) && isKnown(code, known) ? Optional.of(code) : Optional.empty();
    }

    private static boolean isKnown(String code, @Nullable String known) {
        return known != null || TWO_LETTERS.containsValue(code.replaceFirst("-.*", ""));
    }

    /** Returns the name of a language in English; the text itself if it is unknown. */
    static String name(String text) {
        return find(text)
                .map(code -> Locale.forLanguageTag(code).getDisplayLanguage(Locale.ENGLISH))
                .filter(name -> !name.isEmpty())
                .orElse(text);
    }
}
