package org.librarypeers.app.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration with the settings that administrators can change while the program runs. A stored value counts only if no
 * source of the configuration sets the setting. Reading them costs nothing: they are those of the last {@link #reload}. Thread-safe.
 */
public final class EditableSettings {

    /** The settings of the configuration that can be changed on the pages. */
    public static final List<Setting<?>> ALL =
            List.of(Settings.NAME, Settings.LANGUAGES, Settings.CONTACT, Settings.SYNC_EVERY_HOURS);

    private static final Logger LOG = LoggerFactory.getLogger(EditableSettings.class);

    private final Configuration configured;
    private final Supplier<Map<String, String>> stored;
    private volatile @Nullable Current current;

    /**
     * The settings in force.
     *
     * @param configuration the values of the configuration, with the stored ones
     * @param stored all stored texts by name, with those that the configuration does not know
     */
    public record Current(Configuration configuration, Map<String, String> stored) {

        /** Creates an instance with a copy of the map. */
        public Current {
            stored = Map.copyOf(stored);
        }
    }

    /**
     * Reads the stored values.
     *
     * @param configured the configuration of this process
     * @param stored returns the stored texts by name; texts that are not valid are ignored
     */
    public EditableSettings(Configuration configured, Supplier<Map<String, String>> stored) {
        this.configured = configured;
        this.stored = stored;
        this.current = read();
    }

    private Current read() {
        Map<String, String> texts = stored.get();
        Current before = current;
        return before != null && before.stored().equals(texts) ? before : new Current(with(texts), texts);
    }

    /** Returns the configuration with these stored texts. */
    public Configuration with(Map<String, String> texts) {
        return merged(configured, texts);
    }

    /** Returns the settings as of the last {@link #reload}. */
    public Current current() {
        return Objects.requireNonNull(current);
    }

    /** Reads the stored values again. If that throws, the earlier ones stay in force. */
    public void reload() {
        current = read();
    }

    /** Returns whether a stored value of the setting is in force, or would be: no source of the configuration sets it. */
    public static boolean isEditable(ConfiguredValue<?> value) {
        Origin.Source source = value.origin().source();
        return ALL.contains(value.setting()) && (source == Origin.Source.DEFAULT || source == Origin.Source.STORED);
    }

    /**
     * Returns a configuration with the stored values of those settings that it does not set itself. Stored values that are not
     * valid are left out.
     */
    public static Configuration merged(Configuration configured, Map<String, String> stored) {
        Configuration merged = configured;
        for (Setting<?> setting : ALL) {
            if (isEditable(configured.value(setting))) {
                merged = merged.with(inForce(setting, stored.get(setting.name())));
            }
        }
        return merged;
    }

    private static <T> ConfiguredValue<T> inForce(Setting<T> setting, @Nullable String text) {
        if (text != null) {
            try {
                return ConfiguredValue.of(setting, text, Origin.STORED);
            } catch (InvalidConfigurationException e) {
                LOG.warn("A stored setting is ignored: {}", e.getMessage());
            }
        }
        return Configuration.defaultOf(setting);
    }

    /** Returns the value of a text, or an empty {@code Optional} if the text is not valid. */
    public static <T> Optional<T> parsed(Setting<T> setting, String text) {
        try {
            return Optional.of(setting.type().parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
