package org.librarypeers.app.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The exit code and the output of a command. */
record CommandAnswer(int code, String out, String err) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Runs a command and returns its answer. */
    static CommandAnswer of(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = LibraryCommand.run(new PrintWriter(out), new PrintWriter(err), args);
        return new CommandAnswer(code, out.toString(), err.toString());
    }

    /**
     * Runs a command with this text on its standard input, and returns its answer. Test classes that run at the same time wait for
     * each other here, because they share the standard input.
     */
    static synchronized CommandAnswer withInput(String input, String... args) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return of(args);
        } finally {
            System.setIn(before);
        }
    }

    /** Returns the arguments of a command with its home. */
    static String[] at(Path home, String... args) {
        return Stream.concat(Stream.of(args), Stream.of("--home=" + home)).toArray(String[]::new);
    }

    /** Returns the output of a command with {@code --json}: one object for each line. */
    List<JsonNode> json() {
        return out.lines().map(JSON::readTree).toList();
    }
}
