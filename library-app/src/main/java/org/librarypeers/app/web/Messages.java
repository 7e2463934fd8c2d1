package org.librarypeers.app.web;

import com.ibm.icu.text.MessageFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The texts of the interface in one language. They are stored in {@code messages/<area>.<language>.properties}, in UTF-8, as
 * {@link MessageFormat} patterns, whose plurals follow the rules of the language. Apostrophes in them are typographic, because the
 * straight one is a special character there. Thread-safe.
 */
public final class Messages {

    /** The codes of the interface languages. The first is the default. */
    public static final List<String> LANGUAGES = List.of("en", "es", "pt", "fr", "ar");

    /** The areas of the interface. Each has its own files of texts. */
    static final List<String> AREAS = List.of(
            "common",
            "reader",
            "account",
            "peers",
            "report",
            "pictures",
            "review",
            "links",
            "resources",
            "users",
            "settings",
            "curation",
            "audit",
            "map",
            "overview",
            "diff",
            "notifications");

    /** The digits of all languages, also of Arabic. */
    private static final String WESTERN_DIGITS = "-u-nu-latn";

    private static final Map<String, Messages> ALL = load();

    private final Locale locale;
    private final Map<String, String> patterns;
    private final Map<String, MessageFormat> formats = new ConcurrentHashMap<>();

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
            all.put(language, new Messages(Locale.forLanguageTag(language + WESTERN_DIGITS), patterns));
        }
        return all;
    }

    /** Returns the texts of one area in one language, as patterns. */
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
     * Returns the texts in one of the {@link #LANGUAGES}.
     *
     * @throws NullPointerException if there is no such language
     */
    public static Messages in(String language) {
        return Objects.requireNonNull(ALL.get(language), language);
    }

    /** Returns the locale of the language, with Western digits. */
    public Locale locale() {
        return locale;
    }

    /** Returns whether there is a text with the key. */
    public boolean has(String key) {
        return patterns.containsKey(key);
    }

    /**
     * Returns the text with the key, formatted with the values.
     *
     * @throws IllegalArgumentException if there is no such text
     */
    public String say(String key, Object... values) {
        String pattern = patterns.get(key);
        if (pattern == null) {
            throw new IllegalArgumentException("no text " + key + " in " + locale);
        }
        if (values.length == 0) {
            return pattern;
        }
        MessageFormat format = formats.computeIfAbsent(key, unused -> new MessageFormat(pattern, locale));
        // Parsing a pattern and preparing its numbers takes longer than waiting for another thread.
        synchronized (format) {
            return format.format((Object) values);
        }
    }
}
