package org.librarypeers.app.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.config.Configuration;
import org.librarypeers.app.config.ConfiguredValue;
import org.librarypeers.app.config.EditableSettings;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.config.SettingsTable;
import org.librarypeers.app.wiring.LibrarySettings;
import org.librarypeers.app.wiring.StoredConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "config",
        description = "Shows the settings that are in force, and where each value comes from. Secrets are masked.")
final class ConfigCommand extends BaseCommand {

    private static final String NO_VALUE = "-";

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Show only the value of this setting.")
    private @Nullable String name;

    @Option(names = "--json", description = "Print one JSON object per line.")
    private boolean json;

    @Option(names = "--markdown", hidden = true, description = "Print the table of docs/configuration.md.")
    private boolean markdown;

    @Override
    public Integer call() {
        if (markdown) {
            out().print(SettingsTable.markdown());
            return 0;
        }
        Configuration configuration = configuration();
        if (json) {
            wanted(configuration).forEach(this::printJson);
        } else if (name != null) {
            wanted(configuration).forEach(value -> out().println(value.shown()));
        } else {
            printTable(configuration.values());
        }
        return 0;
    }

    /** Returns the configuration, with what administrators have changed on the pages if any of that is to be shown. */
    private Configuration configuration() {
        LibrarySettings settings = settings();
        boolean mayBeStored = EditableSettings.ALL.stream()
                .filter(setting -> name == null || setting.name().equals(name))
                .anyMatch(setting ->
                        EditableSettings.isEditable(settings.configuration().value(setting)));
        if (!mayBeStored) {
            return settings.configuration();
        }
        return StoredConfiguration.of(
                settings,
                reason -> err().println(
                                "What administrators have changed on the pages is not shown, because the database cannot be"
                                        + " read: " + reason));
    }

    private List<ConfiguredValue<?>> wanted(Configuration configuration) {
        return name == null ? configuration.values() : List.of(configuration.value(Settings.named(name)));
    }

    private void printTable(List<ConfiguredValue<?>> values) {
        int names = width(values.stream().map(value -> value.setting().name()).toList());
        int texts = width(values.stream().map(ConfigCommand::shown).toList());
        String row = "%-" + names + "s  %-" + texts + "s  %s";
        out().println(row.formatted("SETTING", "VALUE", "SOURCE"));
        values.forEach(value -> out().println(row.formatted(value.setting().name(), shown(value), value.origin())));
    }

    private static int width(List<String> cells) {
        return cells.stream().mapToInt(String::length).max().orElse(1);
    }

    private static String shown(ConfiguredValue<?> value) {
        return value.text() == null ? NO_VALUE : value.shown();
    }

    private void printJson(ConfiguredValue<?> value) {
        Map<String, @Nullable Object> fields = fields();
        fields.put("name", value.setting().name());
        fields.put("value", value.text() == null ? null : value.shown());
        fields.put("default", value.setting().defaultText());
        fields.put("secret", value.setting().isSecret());
        fields.put("source", value.origin().source().name().toLowerCase(Locale.ROOT));
        fields.put("place", value.origin().place());
        fields.put("variable", value.setting().variable());
        json(fields);
    }
}
