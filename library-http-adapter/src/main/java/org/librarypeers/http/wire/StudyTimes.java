package org.librarypeers.http.wire;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.StudyTime.Unit;

/**
 * A parser for study times in several notations: {@code 1.5} hours are 90 minutes, {@code 30 min} may be in one field, and
 * units have their usual names in English, Spanish, Portuguese and French. Unclear values are not guessed.
 */
final class StudyTimes {

    private static final Map<String, Unit> UNITS = new HashMap<>();

    static {
        name(Unit.MINS, "min mins minute minutes minuto minutos mn");
        name(Unit.HOURS, "h hr hrs hour hours hora horas heure heures");
        name(Unit.DAYS, "d day days dia dias jour jours");
        name(Unit.WEEKS, "w wk wks week weeks semana semanas semaine semaines");
    }

    /** A number, optionally with a unit. Three digits after a point or comma do not match, because they may be thousands. */
    private static final Pattern AMOUNT =
            Pattern.compile("(?<number>\\d{1,18}(?:[.,]\\d{1,2})?)\\s*(?<unit>\\p{L}[^\\d]*)?");

    /** Hours and minutes: {@code 1h30}, {@code 1 h 30 min}, {@code 2 hours and 15 minutes}. */
    private static final Pattern HOURS_AND_MINUTES = Pattern.compile(
            "(?<hours>\\d{1,6})\\s*(?<unit>\\p{L}[^\\d]*?)[\\s,]*(?:and|y|e|et)?\\s*(?<minutes>[0-5]?\\d)\\s*(?<min>\\p{L}[^\\d]*)?");

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final int MINUTES_PER_HOUR = 60;

    private StudyTimes() {}

    private static void name(Unit unit, String words) {
        for (String word : words.split(" ")) {
            UNITS.put(word, unit);
        }
    }

    /** Returns the unit with a name, in any case, such as {@code Minutes}, {@code hrs.}, {@code hora(s)}; empty if unknown. */
    static Optional<Unit> unit(String word) {
        String plain = MARKS.matcher(Normalizer.normalize(word.strip(), Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT)
                .replace("(s)", "s");
        return Optional.ofNullable(UNITS.get(plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain));
    }

    /**
     * Reads a number with an optional unit.
     *
     * @param otherwise the unit if the text has none; null if unknown
     * @return empty if the meaning is unclear, or if the value is not a whole number of a unit
     */
    static Optional<StudyTime> read(String text, @Nullable Unit otherwise) {
        String plain = text.strip();
        Matcher amount = AMOUNT.matcher(plain);
        if (amount.matches()) {
            String word = amount.group("unit");
            Unit unit = word == null ? otherwise : unit(word).orElse(null);
            boolean isClear = word == null || (unit != null && (otherwise == null || unit == otherwise));
            return isClear ? whole(new BigDecimal(amount.group("number").replace(',', '.')), unit) : Optional.empty();
        }
        Matcher both = HOURS_AND_MINUTES.matcher(plain);
        if (both.matches() && isUnit(both.group("unit"), Unit.HOURS) && isUnit(both.group("min"), Unit.MINS)) {
            int minutes =
                    Integer.parseInt(both.group("hours")) * MINUTES_PER_HOUR + Integer.parseInt(both.group("minutes"));
            return Optional.of(new StudyTime(minutes, Unit.MINS));
        }
        return Optional.empty();
    }

    private static boolean isUnit(@Nullable String word, Unit unit) {
        return word == null || unit(word).filter(unit::equals).isPresent();
    }

    private static Optional<StudyTime> whole(BigDecimal number, @Nullable Unit unit) {
        boolean inMinutes = unit == Unit.HOURS && number.stripTrailingZeros().scale() > 0;
        BigDecimal amount = inMinutes ? number.multiply(BigDecimal.valueOf(MINUTES_PER_HOUR)) : number;
        try {
            return Optional.of(new StudyTime(amount.intValueExact(), inMinutes ? Unit.MINS : unit));
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }
}
