package org.librarypeers.app.config;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A type of settings: how their values are written.
 *
 * @param <T> the type of the values in the program
 * @param expected the permitted values, as in <i>it must be {@code expected}</i>
 * @param hidden whether the values are never shown
 * @param parser returns the value of a text; throws an {@link IllegalArgumentException} if the text is not valid
 * @param masked returns a text without the secrets in it
 */
public record SettingType<T>(
        String expected, boolean hidden, Function<String, T> parser, UnaryOperator<String> masked) {

    private static final String MASK = "********";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    /** Creates a type whose values contain no secrets. Values are stripped of surrounding blanks before they are parsed. */
    public static <T> SettingType<T> of(String expected, Function<String, T> parser) {
        return new SettingType<>(expected, false, text -> parser.apply(text.strip()), UnaryOperator.identity());
    }

    /** Returns a type of the texts that match a pattern. */
    public static SettingType<String> matching(String expected, Pattern pattern) {
        return of(expected, text -> require(text, pattern.matcher(text).matches()));
    }

    /** Returns a type of texts on one line. */
    public static SettingType<String> text(int longest) {
        return of(
                "a text of 1 to " + longest + " characters on one line", text -> require(text, isLine(text, longest)));
    }

    /** Returns a type of secrets, such as passwords. They keep surrounding blanks. */
    public static SettingType<String> secret() {
        return secret("a text on one line", text -> require(text, isLine(text, Integer.MAX_VALUE)));
    }

    /** Returns a type of secrets of a certain form. */
    public static <T> SettingType<T> secret(String expected, Function<String, T> parser) {
        return new SettingType<>(expected, true, parser, text -> MASK);
    }

    /** Returns a type of whole numbers. */
    public static SettingType<Integer> wholeNumber(int least, int most) {
        return of("a whole number from " + least + " to " + most, text -> {
            require(text, NUMBER.matcher(text).matches());
            int number = Integer.parseInt(text);
            require(text, number >= least && number <= most);
            return number;
        });
    }

    /** Returns a type of the values {@code true} and {@code false}. */
    public static SettingType<Boolean> trueOrFalse() {
        return of("true or false", text -> {
            String word = text.toLowerCase(Locale.ROOT);
            require(text, word.equals("true") || word.equals("false"));
            return Boolean.valueOf(word);
        });
    }

    /** Returns a type of the constants of an enumeration, written in lower case. */
    public static <E extends Enum<E>> SettingType<E> oneOf(Class<E> words) {
        E[] constants = words.getEnumConstants();
        return of(
                "one of " + Arrays.stream(constants).map(SettingType::word).collect(Collectors.joining(", ")),
                text -> Arrays.stream(constants)
                        .filter(constant -> word(constant).equals(text.toLowerCase(Locale.ROOT)))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(text)));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Returns a type of files and directories. */
    public static SettingType<Path> path(String expected) {
        return of(expected, Path::of);
    }

    /** Returns a type of lists, separated by commas. A list has at least one element, and each only once. */
    public static <T> SettingType<List<T>> list(String expected, Function<String, T> element) {
        return of(expected, text -> {
            List<T> elements = Arrays.stream(text.split(","))
                    .map(String::strip)
                    .filter(each -> !each.isEmpty())
                    .map(element)
                    .distinct()
                    .toList();
            require(text, !elements.isEmpty());
            return elements;
        });
    }

    /** Returns this type with a way to mask secrets that are only a part of the text, such as a password in an address. */
    public SettingType<T> masking(UnaryOperator<String> mask) {
        return new SettingType<>(expected, hidden, parser, mask);
    }

    /** Returns this type with masked matches of a pattern. Its first group stays. */
    public SettingType<T> masking(Pattern pattern) {
        return masking(text ->
                pattern.matcher(text).replaceAll(match -> (match.group(1) == null ? "" : match.group(1)) + MASK));
    }

    /**
     * Returns the value of a text.
     *
     * @throws IllegalArgumentException if the text is not valid
     */
    T parse(String text) {
        return parser.apply(text);
    }

    private static boolean isLine(String text, int longest) {
        return text.length() <= longest && text.chars().noneMatch(Character::isISOControl);
    }

    private static String require(String text, boolean valid) {
        if (!valid) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }
}
