package org.librarypeers.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.librarypeers.app.wiring.Program;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of the program, in the format roff, with a section for each command. */
final class ManualPage {

    private final StringBuilder roff = new StringBuilder();

    private ManualPage() {}

    /** Returns the manual page of a program. Hidden commands and options are left out. */
    static String of(CommandLine program) {
        ManualPage page = new ManualPage();
        page.write(program);
        return page.roff.toString();
    }

    private void write(CommandLine program) {
        String name = program.getCommandName();
        List<CommandSpec> commands = new ArrayList<>();
        addCommands(program, commands);
        Map<String, OptionSpec> common = commonOptions(commands);

        macro("TH", name.toUpperCase(Locale.ROOT), "1", "", Program.NAME, "");
        macro("SH", "NAME");
        text(name + " - " + description(program.getCommandSpec()));
        macro("SH", "SYNOPSIS");
        roff.append("\\fB").append(escaped(name)).append("\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR...]\n");
        macro("SH", "COMMANDS");
        commands.forEach(command -> write(command, common));
        macro("SH", "OPTIONS OF EVERY COMMAND");
        common.values().forEach(this::write);
        writeEnvironment(name);
    }

    private void writeEnvironment(String name) {
        macro("SH", "ENVIRONMENT");
        entry("LIBRARY_HOME", "The directory of all data (default: ./data).");
        entry("LIBRARY_JAVA_OPTS", "Options of the Java VM, for example -Xmx256m.");
        entry("JAVA_HOME", "The Java runtime (default: java on the path).");
        text("The chapter docs/operations.md lists all settings.");
        macro("SH", "EXIT STATUS");
        entry("0", "Success.");
        entry("1", "Failure.");
        entry("2", "Wrong usage.");
        macro("SH", "EXAMPLES");
        entry(name + " demo --exit", "Starts three libraries and syncs one from another.");
        entry(name + " serve", "Serves the pages and the API at http://127.0.0.1:8080.");
        entry(name + " sync_peer_resources --dry-run", "Shows what a sync would do.");
    }

    /** Adds the commands that do something themselves, in the order of the help. */
    private static void addCommands(CommandLine parent, List<CommandSpec> commands) {
        // Aliases lead to the same command.
        parent.getSubcommands().values().stream().distinct().forEach(command -> {
            CommandSpec spec = command.getCommandSpec();
            if (spec.usageMessage().hidden()) {
                return;
            }
            if (command.getSubcommands().isEmpty()) {
                commands.add(spec);
            } else {
                addCommands(command, commands);
            }
        });
    }

    /** Returns the options that all commands have, by their names. */
    private static Map<String, OptionSpec> commonOptions(List<CommandSpec> commands) {
        Map<String, OptionSpec> common = new LinkedHashMap<>();
        for (OptionSpec option : commands.get(0).options()) {
            if (commands.stream().allMatch(command -> command.findOption(option.longestName()) != null)) {
                common.put(option.longestName(), option);
            }
        }
        return common;
    }

    private void write(CommandSpec command, Map<String, OptionSpec> common) {
        macro("SS", command.qualifiedName(" "));
        text(description(command));
        command.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .forEach(this::write);
        command.options().stream()
                .filter(option -> !option.hidden() && !common.containsKey(option.longestName()))
                .forEach(this::write);
    }

    private void write(PositionalParamSpec parameter) {
        entry(parameter.paramLabel(), description(parameter));
    }

    private void write(OptionSpec option) {
        String names = String.join(", ", option.names());
        boolean hasValue = option.arity().max() > 0;
        entry(hasValue ? names + " " + option.paramLabel() : names, description(option));
    }

    private static String description(CommandSpec command) {
        return plain(command.usageMessage().description());
    }

    private static String description(ArgSpec argument) {
        return plain(argument.description());
    }

    private static String plain(String[] lines) {
        return Ansi.OFF.string(String.join(" ", lines));
    }

    private void entry(String term, String text) {
        roff.append(".TP\n\\fB").append(escaped(term)).append("\\fR\n");
        roff.append(escaped(text)).append('\n');
    }

    private void text(String text) {
        roff.append(".PP\n").append(escaped(text)).append('\n');
    }

    private void macro(String name, String... arguments) {
        roff.append('.').append(name);
        for (String argument : arguments) {
            roff.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
        }
        roff.append('\n');
    }

    /** Protects backslashes, hyphens that are typed, and characters that begin a request at the start of a line. */
    private static String escaped(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("\n", " ");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
