package org.librarypeers.app.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.wiring.LibrarySettings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
    private @Nullable Path home;

    @Option(names = "--verbose", description = "Show stack traces.")
    private boolean verbose;

    @SuppressWarnings("UnusedVariable") // read by picocli
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    final LibrarySettings settings() {
        return LibrarySettings.read(home, System.getenv());
    }

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

    /** Returns a new map that keeps its insertion order and permits null values. */
    static Map<String, @Nullable Object> fields() {
        return new LinkedHashMap<>();
    }
}
