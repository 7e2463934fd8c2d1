package org.librarypeers.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that consists of subcommands and does nothing without one. */
@Command(mixinStandardHelpOptions = true, versionProvider = LibraryCommand.VersionProvider.class)
abstract class CommandGroup implements Runnable {

    private final String choice;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /**
     * Creates a command.
     *
     * @param choice the names of the subcommands, as a message lists them: {@code write or read}
     */
    CommandGroup(String choice) {
        this.choice = choice;
    }

    @Override
    public final void run() {
        throw new ParameterException(spec.commandLine(), "a subcommand is missing: use " + choice);
    }
}
