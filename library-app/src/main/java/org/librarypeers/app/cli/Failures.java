package org.librarypeers.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.librarypeers.app.embedded.EmbeddedPostgresException;
import org.librarypeers.sync.PeerBusyException;
import org.librarypeers.sync.port.StorageException;
import picocli.CommandLine;

/** Tells a failure in one line; the stack trace only to who asked for it. */
final class Failures {

    private Failures() {}

    static int tell(Exception failure, CommandLine command, CommandLine.ParseResult asked) {
        PrintWriter err = command.getErr();
        err.println(command.getColorScheme().errorText("library: " + message(failure)));
        if (command.getCommand() instanceof Task task && task.isVerbose()) {
            failure.printStackTrace(err);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** What was wrong with the words that were typed, what may have been meant, and how it is used. */
    static int tellUsage(CommandLine.ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(command.getColorScheme().errorText(String.valueOf(failure.getMessage())));
        CommandLine.UnmatchedArgumentException.printSuggestions(failure, err);
        command.usage(err);
        return CommandLine.ExitCode.USAGE;
    }

    /** What happened, on one line. */
    static String message(Exception failure) {
        String message = String.valueOf(failure.getMessage()).replaceAll("\\s*\\R\\s*", " ");
        boolean ours = failure instanceof CliException
                || failure instanceof IllegalArgumentException
                || failure instanceof StorageException
                || failure instanceof PeerBusyException
                || failure instanceof EmbeddedPostgresException
                || failure instanceof UncheckedIOException;
        if (ours) {
            return message;
        }
        if (failure instanceof IOException) {
            return failure.getClass().getSimpleName() + ": " + message;
        }
        return "unexpected failure, " + failure.getClass().getSimpleName() + ": " + message
                + " (--verbose shows where; please report it)";
    }
}
