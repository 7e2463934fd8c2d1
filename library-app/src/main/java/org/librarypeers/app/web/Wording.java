package org.librarypeers.app.web;

import com.ibm.icu.text.RelativeDateTimeFormatter;
import com.ibm.icu.text.RelativeDateTimeFormatter.AbsoluteUnit;
import com.ibm.icu.text.RelativeDateTimeFormatter.Direction;
import com.ibm.icu.text.RelativeDateTimeFormatter.RelativeUnit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.librarypeers.app.http.UrlEncoding;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;

/** The texts, numbers and dates of a page in the visitor's language. Immutable. */
public final class Wording {

    private static final String ARABIC = "ar";
    private static final Set<String> RIGHT_TO_LEFT = Set.of(ARABIC, "fa", "he", "ur", "ps", "sd", "dv", "yi");
    private static final double STEP = 1024;
    private static final List<String> UNITS = List.of("B", "KB", "MB", "GB");
    private static final double ROUND_FROM = 10;

    private static final Duration MOMENT = Duration.ofMinutes(1);
    private static final Duration RELATIVE_DAYS = Duration.ofDays(7);

    private final Messages messages;
    private final List<String> contentLanguages;

    /**
     * Creates the words of one language.
     *
     * @param language one of {@link Messages#LANGUAGES}
     * @param library the content languages of the library, the default first
     */
    public Wording(String language, List<String> library) {
        this.messages = Messages.in(language);
        List<String> languages = new ArrayList<>(List.of(language));
        library.stream().filter(each -> each.startsWith(language + "-")).forEach(languages::add);
        if (language.equals("pt")) {
            languages.add("pt-br");
        }
        languages.addAll(library);
        this.contentLanguages = languages.stream().distinct().toList();
    }

    /** A text with the code of its language. */
    public record Text(String language, String value) {

        /** Returns the writing direction: {@code ltr} or {@code rtl}. */
        public String direction() {
            return Wording.direction(language);
        }
    }

    /** Returns the code of the interface language. */
    public String language() {
        return messages.locale().getLanguage();
    }

    /** Returns the writing direction of the interface: {@code ltr} or {@code rtl}. */
    public String direction() {
        return direction(language());
    }

    /** Returns the writing direction of a language: {@code ltr} or {@code rtl}. */
    public static String direction(String language) {
        return RIGHT_TO_LEFT.contains(language.replaceAll("-.*", "")) ? "rtl" : "ltr";
    }

    /** Returns a text of the interface; see {@link Messages#say}. */
    public String say(String key, Object... values) {
        return messages.say(key, values);
    }

    /** Returns whether the interface has a text with the key. */
    public boolean has(String key) {
        return messages.has(key);
    }

    /** Returns the text in the visitor's language, or in the best other language; the value is empty if there is no text. */
    public Text text(LocalizedText text) {
        return text(text, contentLanguages);
    }

    /** Returns the text in the first of these languages that it has, or in any other; the value is empty if there is no text. */
    public Text text(LocalizedText text, List<String> order) {
        String language = text.bestLanguage(order).orElse(language());
        return new Text(language, text.in(language).orElse(""));
    }

    /** Returns the title in the language in which the visitor reads the whole content. */
    public Text title(ResourceContent content) {
        return text(content.title(), order(content));
    }

    /** Returns the languages in which the visitor reads this content, the best first. */
    public List<String> order(ResourceContent content) {
        return content.readingOrder(contentLanguages);
    }

    /** Returns the languages in which the visitor reads content, the best first. */
    public List<String> contentLanguages() {
        return contentLanguages;
    }

    /** Returns the text encoded for the path of an address. */
    public static String pathPart(String text) {
        return UrlEncoding.path(text);
    }

    /** Returns the name of a language in the visitor's language. */
    public String languageName(String code) {
        Locale locale = Locale.forLanguageTag(code);
        String name = locale.getDisplayName(messages.locale());
        return name.isEmpty() ? code : capitalized(name, messages.locale());
    }

    /** Returns the name of an interface language in that language itself. */
    public static String ownName(String code) {
        Locale locale = Locale.forLanguageTag(code);
        return capitalized(locale.getDisplayLanguage(locale), locale);
    }

    private static String capitalized(String name, Locale locale) {
        return name.substring(0, name.offsetByCodePoints(0, 1)).toUpperCase(locale)
                + name.substring(name.offsetByCodePoints(0, 1));
    }

    /** Returns a whole number with the digit grouping of the visitor's language. */
    public String number(long number) {
        return String.format(messages.locale(), "%,d", number);
    }

    /** Returns a study time as text; empty if it is unknown. */
    public String studyTime(StudyTime time) {
        if (time.number() == 0) {
            return "";
        }
        StudyTime.Unit unit = time.unit();
        return unit == null ? number(time.number()) : say("common.time." + unit.word(), time.number());
    }

    /** Returns an interval as text: in days or hours if it is a whole number of them, or else in minutes. */
    public String interval(Duration interval) {
        if (interval.toMinutesPart() > 0) {
            return say("common.time.mins", interval.toMinutes());
        }
        return interval.toHoursPart() > 0
                ? say("common.time.hours", interval.toHours())
                : say("common.time.days", interval.toDays());
    }

    /** Returns the day of a time in UTC. */
    public String day(Instant time) {
        return days().withLocale(messages.locale()).format(time.atZone(ZoneOffset.UTC));
    }

    /** Returns the date of a resource with its known precision: a day, a month or a year. */
    public String date(BornOn date) {
        DateTimeFormatter format = switch (date.precision()) {
            case YEAR -> DateTimeFormatter.ofPattern("uuuu");
            case MONTH -> DateTimeFormatter.ofPattern(monthAndYear());
            case TIME -> days();
        };
        return format.withLocale(messages.locale()).format(date.time());
    }

    /** Returns the format of a day. The usual one of Arabic does not name the month. */
    private DateTimeFormatter days() {
        return language().equals(ARABIC)
                ? DateTimeFormatter.ofPattern("d MMMM uuuu")
                : DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM);
    }

    private DateTimeFormatter times() {
        return language().equals(ARABIC)
                ? DateTimeFormatter.ofPattern("d MMMM uuuu، h:mm a")
                : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT);
    }

    private String monthAndYear() {
        return switch (messages.locale().getLanguage()) {
            case "es", "pt" -> "LLLL 'de' uuuu";
            default -> "LLLL uuuu";
        };
    }

    /** Returns a day and time in UTC, followed by "UTC", because readers can be in any time zone. */
    public String time(Instant time) {
        return times().withLocale(messages.locale()).format(time.atZone(ZoneOffset.UTC)) + " UTC";
    }

    /**
     * Returns a time relative to now, in words: {@code 5 minutes ago}, {@code in 3 hours}. A time that is more than
     * six days away is returned as a day.
     */
    public String ago(Instant time, Instant now) {
        Duration past = Duration.between(time, now);
        Duration distance = past.abs();
        RelativeDateTimeFormatter format = RelativeDateTimeFormatter.getInstance(messages.locale());
        if (distance.compareTo(MOMENT) < 0) {
            return format.format(Direction.PLAIN, AbsoluteUnit.NOW);
        } else if (distance.compareTo(Duration.ofHours(1)) < 0) {
            return ago(format, past, distance.toMinutes(), RelativeUnit.MINUTES);
        } else if (distance.compareTo(Duration.ofDays(1)) < 0) {
            return ago(format, past, distance.toHours(), RelativeUnit.HOURS);
        } else if (distance.compareTo(RELATIVE_DAYS) < 0) {
            return ago(format, past, distance.toDays(), RelativeUnit.DAYS);
        }
        return day(time);
    }

    private static String ago(RelativeDateTimeFormatter format, Duration past, long count, RelativeUnit unit) {
        return format.format((double) count, past.isNegative() ? Direction.NEXT : Direction.LAST, unit);
    }

    /** Returns the size of a file, in B, KB, MB or GB. */
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
