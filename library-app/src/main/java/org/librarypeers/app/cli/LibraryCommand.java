package org.librarypeers.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.util.Optional;
import org.librarypeers.app.wiring.Program;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line: its subcommands and its error handling. */
@Command(
        name = "library",
        description = "Shares training resources between health libraries.",
        mixinStandardHelpOptions = true,
        versionProvider = LibraryCommand.VersionProvider.class,
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
            SetPasswordCommand.class,
            UserActivation.Deactivate.class,
            UserActivation.Activate.class,
            ApiKeyCommand.class,
            ApiWriteCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            ReviewCommand.class,
            HistoryCommand.class,
            RestoreCommand.class,
            SyncLogCommand.class,
            AuditCommand.class,
            ConfigCommand.class,
            DoctorCommand.class,
            HealthCommand.class,
            BackupCommand.class,
            SecretCommand.class,
            GenerateCommand.class
        },
        footer = {"", "Exit codes: 0 success, 1 failure, 2 wrong usage."})
public final class LibraryCommand {

    private LibraryCommand() {}

    /** The text that {@code --version} prints. */
    static final class VersionProvider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Program.DESCRIPTION};
        }
    }

    /** Runs a command and returns its exit code: 0 for success, 1 for a failure, 2 for invalid usage. */
    public static int run(String... args) {
        PrintWriter out = new CommandOutput(new FileOutputStream(FileDescriptor.out));
        PrintWriter err = new CommandOutput(new FileOutputStream(FileDescriptor.err));
        return run(out, err, args);
    }

    static int run(PrintWriter out, PrintWriter err, String... args) {
        Optional<String> undecodable = UndecodableText.argument(args);
        if (undecodable.isPresent()) {
            err.println("library: " + undecodable.get());
            return CommandLine.ExitCode.USAGE;
        }
        int code = new CommandLine(new LibraryCommand())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(CommandFailures::reportUsage)
                .setExecutionExceptionHandler(CommandFailures::report)
                .execute(args);
        if (code == CommandLine.ExitCode.OK) {
            code = CommandOutput.failure(out)
                    .map(reason -> CommandFailures.reportUnwritten(err, reason))
                    .orElse(code);
        }
        out.flush();
        err.flush();
        return code;
    }
}
