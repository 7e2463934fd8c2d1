package org.librarypeers.app.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: its commands, and how their failures are told. */
@Command(
        name = "library",
        description = "Shares training resources between health libraries.",
        mixinStandardHelpOptions = true,
        version = "Library Peer Network 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            AddPeerCommand.class,
            ListPeersCommand.class,
            EditPeerCommand.class,
            RemovePeerCommand.class,
            SyncCommand.class,
            CreateUserCommand.class,
            ApiKeyCommand.class,
            ApiWriteCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            ReviewCommand.class,
            HistoryCommand.class,
            RestoreCommand.class,
            SyncLogCommand.class
        },
        footer = {"", "Exit codes: 0 done, 1 it failed, 2 wrong usage."})
public final class LibraryCommand {

    private LibraryCommand() {}

    /** Runs a command and returns the exit code: 0 done, 1 it failed, 2 wrong usage. */
    public static int run(String... args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        return run(out, err, args);
    }

    static int run(PrintWriter out, PrintWriter err, String... args) {
        int code = new CommandLine(new LibraryCommand())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Failures::tellUsage)
                .setExecutionExceptionHandler(Failures::tell)
                .execute(args);
        out.flush();
        err.flush();
        return code;
    }
}
