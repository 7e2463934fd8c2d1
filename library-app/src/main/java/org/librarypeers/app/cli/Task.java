package org.librarypeers.app.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.Settings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** What all commands share: their options, and how they speak. */
abstract class Task implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Where the library keeps its files (default: $LIBRARY_HOME, else ./data).")
    private @Nullable Path home;

    @Option(names = "--verbose", description = "Show stack traces.")
    private boolean verbose;

    @SuppressWarnings("UnusedVariable") // picocli acts on it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    final Settings settings() {
        return Settings.read(home, System.getenv());
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
     * Checks that all output so far was written, for commands that go on after it.
     *
     * @throws CliException if it could not be written; a pipe that its reader closed is no failure
     */
    final void requireWritten() {
        CommandOutput.failure(out()).ifPresent(reason -> {
            throw new CliException(CommandFailures.unwritten(reason));
        });
    }

    final CommandSpec spec() {
        return spec;
    }

    /** One object on one line; its keys in the order given. */
    final void json(Map<String, ? extends @Nullable Object> values) {
        out().println(JSON.writeValueAsString(values));
    }

    /** A map that keeps its order and may hold nulls. */
    static Map<String, @Nullable Object> fields() {
        return new LinkedHashMap<>();
    }
}
