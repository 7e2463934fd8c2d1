package org.librarypeers.app.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command by which the build makes the files of the packages that follow from the commands. */
@Command(
        name = "generate",
        hidden = true,
        description = "Prints the manual page, or the script by which a shell completes commands.")
final class GenerateCommand implements Callable<Integer> {

    /** A file to print. */
    enum Kind {
        MANUAL,
        BASH,
        ZSH
    }

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "KIND", description = "One of: ${COMPLETION-CANDIDATES}.")
    private @Nullable Kind kind;

    @Override
    public Integer call() {
        CommandLine program = LibraryCommand.parser();
        PrintWriter out = spec.commandLine().getOut();
        if (kind == Kind.MANUAL) {
            out.print(ManualPage.of(program));
            return 0;
        }
        if (kind == Kind.ZSH) {
            // The completion for Bash works in zsh, which finds the file by this line and calls it for the first
            // completion.
            out.print("#compdef library\n\n");
        }
        out.print(AutoComplete.bash(program.getCommandName(), program));
        if (kind == Kind.ZSH) {
            out.print("\n_bash_complete -o default -F _complete_library\n");
        }
        return 0;
    }
}
