package org.librarypeers.app.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.config.Configuration;
import org.librarypeers.app.config.ConfigurationReader;
import org.librarypeers.app.config.InvalidConfigurationException;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.wiring.LibrarySettings;
import org.librarypeers.app.wiring.LogOutput;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** The common options and output methods of all commands. */
abstract class BaseCommand implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Directory of the library's files (default: $LIBRARY_HOME, or ./data).")
    private @Nullable String home;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Change a setting for this command; 'library config' lists the settings.")
    private Map<String, String> changes = Map.of();

    @Option(names = "--verbose", description = "Show stack traces.")
    private boolean verbose;

    @SuppressWarnings("UnusedVariable") // read by picocli
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    /**
     * Reads the settings, and sets the form of the log.
     *
     * @throws InvalidConfigurationException if one of them is not valid
     */
    final LibrarySettings settings() {
        ConfigurationReader reader = Configuration.reader().environment(System.getenv());
        changes.forEach((name, value) -> reader.option("--set", name, value));
        reader.option("--home", Settings.HOME, home);
        addOptions(reader);
        LibrarySettings settings = new LibrarySettings(reader.read());
        LogOutput.apply(settings.log());
        return settings;
    }

    /** Adds the options of this command that change a setting. There are none by default. */
    void addOptions(ConfigurationReader reader) {}

    final boolean isVerbose() {
        return verbose;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /**
     * Checks that all output so far was written, for commands that continue after printing.
     *
     * @throws CliException if the output could not be written; a pipe that its reader closed is not a failure
     */
    final void requireWritten() {
        CommandOutput.failure(out()).ifPresent(reason -> {
            throw new CliException(CommandFailures.unwritten(reason));
        });
    }

    final CommandSpec spec() {
        return spec;
    }

    /** Prints a JSON object on one line, with its keys in the order of the map. */
    final void json(Map<String, ? extends @Nullable Object> values) {
        out().println(JSON.writeValueAsString(values));
    }

    /** Returns an exception for options that do not fit together. */
    final ParameterException wrongUsage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Returns a new map that keeps its insertion order and permits null values. */
    static Map<String, @Nullable Object> fields() {
        return new LinkedHashMap<>();
    }
}
