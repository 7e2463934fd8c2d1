package org.librarypeers.app.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values of all settings, each with its origin. Immutable. */
public final class Configuration {

    private final Map<Setting<?>, ConfiguredValue<?>> values;

    Configuration(Map<Setting<?>, ConfiguredValue<?>> values) {
        this.values = new LinkedHashMap<>(values);
    }

    /** Returns a reader of the sources of a configuration. */
    public static ConfigurationReader reader() {
        return new ConfigurationReader();
    }

    /** Returns the defaults of all settings. */
    public static Configuration defaults() {
        Map<Setting<?>, ConfiguredValue<?>> values = new LinkedHashMap<>();
        Settings.all().forEach(setting -> values.put(setting, defaultOf(setting)));
        return new Configuration(values);
    }

    static <T> ConfiguredValue<T> defaultOf(Setting<T> setting) {
        String text = setting.defaultText();
        return text == null ? ConfiguredValue.none(setting) : ConfiguredValue.of(setting, text, Origin.DEFAULT);
    }

    /**
     * Returns the value of a setting that has a default.
     *
     * @throws IllegalArgumentException if the setting has no default and no value
     */
    public <T> T get(Setting<T> setting) {
        return find(setting)
                .orElseThrow(() -> new IllegalArgumentException(
                        setting.name() + " is not set; set it in library.properties or as " + setting.variable()));
    }

    /** Returns the value of a setting, or an empty {@code Optional} if no source sets it and it has no default. */
    public <T> Optional<T> find(Setting<T> setting) {
        return Optional.ofNullable(value(setting).value());
    }

    /** Returns the value of a setting with its origin. */
    @SuppressWarnings("unchecked") // The value of a setting has its type, because of(Setting, …) created it.
    public <T> ConfiguredValue<T> value(Setting<T> setting) {
        return (ConfiguredValue<T>) values.getOrDefault(setting, ConfiguredValue.none(setting));
    }

    /** Returns the values of all settings, in the order of {@link Settings#all()}. */
    public List<ConfiguredValue<?>> values() {
        return List.copyOf(values.values());
    }

    /**
     * Returns this configuration with another value, as a person would write it.
     *
     * @throws InvalidConfigurationException if the text is not valid
     */
    public Configuration with(Setting<?> setting, String text) {
        return with(ConfiguredValue.of(setting, text, Origin.PROGRAM));
    }

    /** Returns this configuration with another value of one setting. */
    Configuration with(ConfiguredValue<?> value) {
        Configuration changed = new Configuration(values);
        changed.values.put(value.setting(), value);
        return changed;
    }
}
