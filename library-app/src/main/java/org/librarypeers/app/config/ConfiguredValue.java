package org.librarypeers.app.config;

import org.jspecify.annotations.Nullable;

/**
 * The value of a setting that is in force.
 *
 * @param <T> the type of the value
 * @param setting the setting
 * @param text the value as it was written; null if it is missing
 * @param value the value; null if it is missing
 * @param origin the place where the value was found
 */
public record ConfiguredValue<T>(
        Setting<T> setting, @Nullable String text, @Nullable T value, Origin origin) {

    private static final int LONGEST_QUOTE = 100;

    /** Creates a value without a text: there is no default, and no source sets it. */
    static <T> ConfiguredValue<T> none(Setting<T> setting) {
        return new ConfiguredValue<>(setting, null, null, Origin.DEFAULT);
    }

    /**
     * Creates a value from a text.
     *
     * @throws InvalidConfigurationException if the text is not valid; the message names the place, quotes a text that is not
     *     secret, and says what is expected
     */
    static <T> ConfiguredValue<T> of(Setting<T> setting, String text, Origin origin) {
        try {
            return new ConfiguredValue<>(setting, text, setting.type().parse(text), origin);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationException(origin.subject(setting) + " is " + quoted(setting, text)
                    + "; it must be " + setting.type().expected());
        }
    }

    private static String quoted(Setting<?> setting, String text) {
        String shown = setting.type().masked().apply(text).replaceAll("\\p{Cntrl}", "?");
        if (setting.isSecret()) {
            return "not valid";
        }
        return "'" + (shown.length() > LONGEST_QUOTE ? shown.substring(0, LONGEST_QUOTE) + "…" : shown) + "'";
    }

    /** Returns the value as it was written, with masked secrets. Empty if it is missing. */
    public String shown() {
        return text == null ? "" : setting.type().masked().apply(text);
    }

    /** Returns a description that contains no secrets. */
    @Override
    public String toString() {
        return setting.name() + " = " + shown() + " (" + origin + ")";
    }
}
