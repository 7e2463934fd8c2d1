package org.librarypeers.app.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;

/** How a page speaks to one visitor: texts, numbers and dates in the visitor's language. */
public final class Words {

    private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "fa", "he", "ur", "ps", "sd", "dv", "yi");
    private static final double STEP = 1024;
    private static final List<String> UNITS = List.of("B", "KB", "MB", "GB");
    private static final double ROUND_FROM = 10;

    private final Messages messages;
    private final List<String> contentLanguages;

    /**
     * Words in one language.
     *
     * @param language one of {@link Messages#LANGUAGES}
     * @param library the languages of the library's content, the first its default
     */
    Words(String language, List<String> library) {
        this.messages = Messages.in(language);
        List<String> languages = new ArrayList<>(List.of(language));
        library.stream().filter(each -> each.startsWith(language + "-")).forEach(languages::add);
        if (language.equals("pt")) {
            languages.add("pt-br");
        }
        languages.addAll(library);
        this.contentLanguages = languages.stream().distinct().toList();
    }

    /** A text in the language that it is in. */
    public record Text(String language, String value) {

        /** Where it begins: {@code ltr} or {@code rtl}. */
        public String direction() {
            return Words.direction(language);
        }
    }

    /** The interface's language. */
    public String language() {
        return messages.locale().getLanguage();
    }

    /** Where the texts of the interface begin: {@code ltr} or {@code rtl}. */
    public String direction() {
        return direction(language());
    }

    /** Where texts of that language begin: {@code ltr} or {@code rtl}. */
    public static String direction(String language) {
        return RIGHT_TO_LEFT.contains(language.replaceAll("-.*", "")) ? "rtl" : "ltr";
    }

    /** A text of the interface; see {@link Messages#say}. */
    public String say(String key, Object... values) {
        return messages.say(key, values);
    }

    /** Whether the interface has that text. */
    public boolean has(String key) {
        return messages.has(key);
    }

    /** Returns what there is of a text, in the visitor's language if possible; empty if there is none at all. */
    public Text text(LocalizedText text) {
        return text(text, contentLanguages);
    }

    /** Returns what there is of a text, in the first of these languages if possible; empty if there is none at all. */
    public Text text(LocalizedText text, List<String> order) {
        String language = text.bestLanguage(order).orElse(language());
        return new Text(language, text.in(language).orElse(""));
    }

    /** Returns the title in the language in which the visitor reads the whole content. */
    public Text title(ResourceContent content) {
        return text(content.title(), order(content));
    }

    /** Returns the languages in which the visitor reads the texts of a content, the best first. */
    public List<String> order(ResourceContent content) {
        return content.readingOrder(contentLanguages);
    }

    /** Returns the languages in which the visitor reads, the best first. */
    public List<String> contentLanguages() {
        return contentLanguages;
    }

    /** A text as part of an address's path. */
    public static String pathPart(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What a language is called in the visitor's. */
    public String languageName(String code) {
        Locale locale = Locale.forLanguageTag(code);
        String name = locale.getDisplayName(messages.locale());
        return name.isEmpty() ? code : capitalized(name, messages.locale());
    }

    /** What a language of the interface calls itself. */
    public static String ownName(String code) {
        Locale locale = Locale.forLanguageTag(code);
        return capitalized(locale.getDisplayLanguage(locale), locale);
    }

    private static String capitalized(String name, Locale locale) {
        return name.substring(0, name.offsetByCodePoints(0, 1)).toUpperCase(locale)
                + name.substring(name.offsetByCodePoints(0, 1));
    }

    /** A whole number, grouped as is usual. */
    public String number(long number) {
        return String.format(messages.locale(), "%,d", number);
    }

    /** How long something takes; empty if that is not known. */
    public String studyTime(StudyTime time) {
        if (time.number() == 0) {
            return "";
        }
        StudyTime.Unit unit = time.unit();
        return unit == null ? number(time.number()) : say("common.time." + unit.word(), time.number());
    }

    /** A day. */
    public String day(Instant time) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(messages.locale())
                .format(time.atZone(ZoneOffset.UTC));
    }

    /** Returns the date of a resource, as precisely as it is known: a day, a month or a year. */
    public String date(BornOn date) {
        DateTimeFormatter format = switch (date.precision()) {
            case YEAR -> DateTimeFormatter.ofPattern("uuuu");
            case MONTH -> DateTimeFormatter.ofPattern(monthAndYear());
            case TIME -> DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM);
        };
        return format.withLocale(messages.locale()).format(date.time());
    }

    private String monthAndYear() {
        return switch (messages.locale().getLanguage()) {
            case "es", "pt" -> "LLLL 'de' uuuu";
            default -> "LLLL uuuu";
        };
    }

    /** Returns a day and the time in UTC, and says so: the library and its readers may be in any zone. */
    public String time(Instant time) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                        .withLocale(messages.locale())
                        .format(time.atZone(ZoneOffset.UTC))
                + " UTC";
    }

    /** The size of a file. */
    public String size(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= STEP && unit < UNITS.size() - 1) {
            size /= STEP;
            unit++;
        }
        String format = unit > 0 && size < ROUND_FROM ? "%.1f %s" : "%.0f %s";
        return String.format(messages.locale(), format, size, UNITS.get(unit));
    }
}
