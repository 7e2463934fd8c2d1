package org.librarypeers.app.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A reader for secrets that keeps them out of the process list. */
final class SecretPrompt {

    private SecretPrompt() {}

    /** Returns the first line of standard input. On a terminal, prompts for the secret and does not echo it. */
    static String read(String what) throws IOException {
        Console terminal = Terminal.console();
        if (terminal != null) {
            char[] typed = terminal.readPassword("%s: ", what);
            return required(what, typed == null ? "" : new String(typed));
        }
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = input.readLine();
        return required(what, line == null ? "" : line);
    }

    private static String required(String what, String secret) {
        if (secret.isBlank()) {
            throw new CliException("no " + what + " on standard input; pipe it in as one line");
        }
        if (UndecodableText.isUndecodable(secret)) {
            throw new CliException(
                    "the " + what + " has characters that could not be decoded (U+FFFD); send it as UTF-8, and"
                            + " start the program with the script 'library' or with LC_ALL=C.UTF-8");
        }
        return secret;
    }
}
