package org.librarypeers.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.librarypeers.app.backup.BackupException;
import org.librarypeers.app.config.InvalidConfigurationException;
import org.librarypeers.embeddedpostgres.EmbeddedPostgresException;
import org.librarypeers.sync.PeerBusyException;
import org.librarypeers.sync.storage.StorageException;
import picocli.CommandLine;

/** Messages for failed commands: one line each, followed by the stack trace if {@code --verbose} is set. */
final class CommandFailures {

    private CommandFailures() {}

    static int report(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        List<String> messages = failure instanceof InvalidConfigurationException configuration
                ? configuration.problems()
                : List.of(message(failure));
        messages.forEach(each -> err.println(command.getColorScheme().errorText("library: " + oneLine(each))));
        if (command.getCommand() instanceof BaseCommand task && task.isVerbose()) {
            failure.printStackTrace(err);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** Prints two lines: what is wrong with the arguments, and how to show the usage. Returns the exit code. */
    static int reportUsage(CommandLine.ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        String meant = failure instanceof CommandLine.UnmatchedArgumentException unmatched
                ? String.join(" or ", suggestions(unmatched))
                : "";
        err.println(command.getColorScheme()
                .errorText("library: " + oneLine(String.valueOf(failure.getMessage()))
                        + (meant.isEmpty() ? "" : "; did you mean " + oneLine(meant) + "?")));
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help' for more information.");
        return CommandLine.ExitCode.USAGE;
    }

    /** Returns the known names that resemble the unmatched arguments. Values of options ({@code =…}) are ignored. */
    private static List<String> suggestions(CommandLine.UnmatchedArgumentException failure) {
        List<String> names = failure.getUnmatched().stream()
                .map(argument -> argument.replaceFirst("=.*", ""))
                .toList();
        return new CommandLine.UnmatchedArgumentException(failure.getCommandLine(), names).getSuggestions();
    }

    /** Prints that the output of a command was lost, with the reason. Returns the exit code. */
    static int reportUnwritten(PrintWriter err, String reason) {
        err.println("library: " + unwritten(reason));
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** Returns the message for an output that could not be written. */
    static String unwritten(String reason) {
        return "the output could not be written (" + reason + ") and is incomplete; free some disk space, or write"
                + " to another place, and run the command again";
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ");
    }

    /** Returns a description of the failure on one line. */
    static String message(Exception failure) {
        String message = oneLine(String.valueOf(failure.getMessage()));
        boolean ours = failure instanceof CliException
                || failure instanceof IllegalArgumentException
                || failure instanceof StorageException
                || failure instanceof BackupException
                || failure instanceof PeerBusyException
                || failure instanceof UncheckedIOException;
        if (ours) {
            return message;
        }
        if (failure instanceof EmbeddedPostgresException) {
            return message + " (set LIBRARY_HOME to use another directory, LIBRARY_DB_URL to use a PostgreSQL server)";
        }
        if (failure instanceof IOException) {
            return failure.getClass().getSimpleName() + ": " + message;
        }
        return "unexpected error: " + failure.getClass().getSimpleName() + ": " + message
                + " (add --verbose for a stack trace, and please report it)";
    }
}
