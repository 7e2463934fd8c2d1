package org.librarypeers.app.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * The texts of the interface in one language. They are kept by area in {@code messages/<area>.<language>.properties}, in UTF-8,
 * as {@link MessageFormat} patterns; apostrophes in them are typographic ones, since the straight one means something there.
 */
public final class Messages {

    /** The languages of the interface, by code; the first is for those who want none of them. */
    public static final List<String> LANGUAGES = List.of("en", "es", "pt", "fr");

    /** The parts of the interface, each with texts of its own. */
    static final List<String> AREAS =
            List.of("common", "reader", "account", "peers", "review", "resources", "users", "map", "diff");

    private static final Map<String, Messages> ALL = load();

    private final Locale locale;
    private final Map<String, String> patterns;

    private Messages(Locale locale, Map<String, String> patterns) {
        this.locale = locale;
        this.patterns = patterns;
    }

    private static Map<String, Messages> load() {
        Map<String, Messages> all = new LinkedHashMap<>();
        for (String language : LANGUAGES) {
            Map<String, String> patterns = new HashMap<>();
            for (String area : AREAS) {
                read(area, language).forEach((key, text) -> patterns.put((String) key, (String) text));
            }
            all.put(language, new Messages(Locale.forLanguageTag(language), patterns));
        }
        return all;
    }

    /** The texts of one area in one language, as they are written. */
    static Properties read(String area, String language) {
        String name = "/messages/" + area + "." + language + ".properties";
        Properties texts = new Properties();
        try (InputStream stream = Messages.class.getResourceAsStream(name)) {
            texts.load(new InputStreamReader(Objects.requireNonNull(stream, name), StandardCharsets.UTF_8));
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The texts in one of {@link #LANGUAGES}.
     *
     * @throws NullPointerException if it is none of them
     */
    public static Messages in(String language) {
        return Objects.requireNonNull(ALL.get(language), language);
    }

    /** The language. */
    public Locale locale() {
        return locale;
    }

    /** Whether there is a text of that key. */
    public boolean has(String key) {
        return patterns.containsKey(key);
    }

    /**
     * The text of that key with these values in its places.
     *
     * @throws IllegalArgumentException if there is none
     */
    public String say(String key, Object... values) {
        String pattern = patterns.get(key);
        if (pattern == null) {
            throw new IllegalArgumentException("no text " + key + " in " + locale);
        }
        return new MessageFormat(pattern, locale).format(values);
    }
}
