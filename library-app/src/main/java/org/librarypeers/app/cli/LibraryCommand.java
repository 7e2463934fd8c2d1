package org.librarypeers.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.util.List;
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
        footer = {"", "Exit codes: 0 success, 1 failure, 2 wrong usage."})
public final class LibraryCommand {

    /** All commands, in the order of the help. */
    private static final List<Class<?>> COMMANDS = List.of(
            DemoCommand.class,
            ServeCommand.class,
            AddPeerCommand.class,
            ListPeersCommand.class,
            EditPeerCommand.class,
            RemovePeerCommand.class,
            SyncCommand.class,
            CompareCommand.class,
            CreateUserCommand.class,
            SetPasswordCommand.class,
            UserActivation.Deactivate.class,
            UserActivation.Activate.class,
            ApiKeyCommand.class,
            ApiWriteCommand.class,
            ImportCommand.class,
            ImportOrbCommand.class,
            ExportCommand.class,
            BundleCommand.class,
            ReviewCommand.class,
            HistoryCommand.class,
            RestoreCommand.class,
            SyncLogCommand.class,
            AuditCommand.class,
            ConfigCommand.class,
            DoctorCommand.class,
            HealthCommand.class,
            NotificationsCommand.class,
            BackupCommand.class,
            FilesCommand.class,
            SecretCommand.class,
            GenerateCommand.class);

    private LibraryCommand() {}

    /** Returns the command line with all commands. */
    static CommandLine parser() {
        return parser(COMMANDS);
    }

    private static CommandLine parser(List<Class<?>> commands) {
        CommandLine parser = new CommandLine(new LibraryCommand());
        commands.forEach(parser::addSubcommand);
        return parser.setCaseInsensitiveEnumValuesAllowed(true);
    }

    /**
     * Returns the command line for these arguments. It has only the command that they name, because preparing all
     * commands takes a fifth of the time of a short one. If the arguments name no command, it has all commands, for the
     * help and for suggestions.
     */
    private static CommandLine parser(String... args) {
        List<Class<?>> named = COMMANDS.stream()
                .filter(command -> args.length > 0 && isNamed(command.getAnnotation(Command.class), args[0]))
                .toList();
        return named.isEmpty() ? parser() : parser(named);
    }

    private static boolean isNamed(Command command, String word) {
        return command.name().equals(word) || List.of(command.aliases()).contains(word);
    }

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
        int code = parser(args)
                .setOut(out)
                .setErr(err)
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
