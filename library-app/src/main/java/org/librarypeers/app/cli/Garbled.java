package org.librarypeers.app.cli;

import java.util.Optional;

/**
 * Finds text that was lost before the program saw it: bytes that are no text in the encoding of the environment arrive as the
 * replacement character U+FFFD. Names and paths with it would be stored wrong.
 */
final class Garbled {

    private static final char REPLACEMENT = '\uFFFD';
    private static final String KEY_OPTION = "--key";

    private Garbled() {}

    /** Returns whether the text has lost characters. */
    static boolean isGarbled(String text) {
        return text.indexOf(REPLACEMENT) >= 0;
    }

    /** Returns what is wrong with the first garbled argument, and what to do; empty if there is none. */
    static Optional<String> argument(String... args) {
        for (int i = 0; i < args.length; i++) {
            if (isGarbled(args[i])) {
                boolean secret = args[i].startsWith(KEY_OPTION) || (i > 0 && args[i - 1].equals(KEY_OPTION));
                return Optional.of("argument " + (i + 1) + (secret ? "" : " ('" + args[i] + "')")
                        + " has characters that could not be read (U+FFFD); type it as UTF-8, and start the program with"
                        + " the script 'library' or with LC_ALL=C.UTF-8");
            }
        }
        return Optional.empty();
    }
}
