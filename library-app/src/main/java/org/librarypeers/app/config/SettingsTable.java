package org.librarypeers.app.config;

import java.util.stream.Collectors;

/** The table of all settings in {@code docs/configuration.md}. */
public final class SettingsTable {

    private static final String HEAD =
            "| setting | variable | value | default | meaning |\n| --- | --- | --- | --- | --- |\n";

    private SettingsTable() {}

    /** Returns the table in Markdown. It ends with a line feed. */
    public static String markdown() {
        return Settings.all().stream().map(SettingsTable::row).collect(Collectors.joining("", HEAD, ""));
    }

    private static String row(Setting<?> setting) {
        return "| `" + setting.name() + "` | `" + setting.variable() + "` | "
                + setting.type().expected() + (setting.isSecret() ? "; secret" : "") + " | "
                + (setting.defaultText() == null ? "" : "`" + setting.defaultText() + "`") + " | "
                + setting.description() + " |\n";
    }
}
