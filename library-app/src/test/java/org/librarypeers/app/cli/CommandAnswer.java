package org.librarypeers.app.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
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

    /** Returns the output of a command with {@code --json}: one object for each line. */
    List<JsonNode> json() {
        return out.lines().map(JSON::readTree).toList();
    }
}
