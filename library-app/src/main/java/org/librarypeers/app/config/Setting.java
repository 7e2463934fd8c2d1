package org.librarypeers.app.config;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A setting, as {@link Settings} declares it.
 *
 * @param <T> the type of its values
 * @param name the name in property files, for example {@code listen.port}
 * @param type the permitted values
 * @param defaultText the value if no source sets it, as one would write it; null if it is missing
 * @param description one sentence for administrators, in Markdown
 */
public record Setting<T>(
        String name, SettingType<T> type, @Nullable String defaultText, String description) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+([.-][a-z0-9]+)*");
    private static final String PREFIX = "LIBRARY_";
    private static final String FILE_SUFFIX = "_FILE";

    /**
     * Checks the name and the default.
     *
     * @throws IllegalArgumentException if one of them is invalid
     */
    public Setting {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is not a valid name of a setting");
        }
        if (defaultText != null) {
            type.parse(defaultText);
        }
    }

    /**
     * Returns the environment variable of this setting: the name in upper case after {@code LIBRARY_}, with an underscore for
     * each dot and hyphen.
     */
    public String variable() {
        return PREFIX + name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    /** Returns the environment variable that names a file with the value, for example {@code LIBRARY_DB_PASSWORD_FILE}. */
    public String fileVariable() {
        return variable() + FILE_SUFFIX;
    }

    /** Returns whether the value is a secret, which is never shown. */
    public boolean isSecret() {
        return type.hidden();
    }

    /** Returns whether all variables with this name belong to this program. */
    static boolean isVariable(String name) {
        return name.startsWith(PREFIX);
    }
}
