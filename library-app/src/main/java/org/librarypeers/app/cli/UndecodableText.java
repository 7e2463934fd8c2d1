package org.librarypeers.app.cli;

import java.util.Optional;

/**
 * A check for text that was damaged before the program received it. The JVM replaces bytes that are invalid in the encoding of
 * the environment with the character U+FFFD. Names and paths that contain it would be saved incorrectly.
 */
final class UndecodableText {

    private static final char REPLACEMENT = '\uFFFD';
    private static final String KEY_OPTION = "--key";

    private UndecodableText() {}

    /** Returns whether the text contains the replacement character U+FFFD. */
    static boolean isUndecodable(String text) {
        return text.indexOf(REPLACEMENT) >= 0;
    }

    /**
     * Returns an error message for the first argument with replacement characters, or an empty {@code Optional} if there is no
     * such argument. The message does not reveal the value of {@code --key}.
     */
    static Optional<String> argument(String... args) {
        for (int i = 0; i < args.length; i++) {
            if (isUndecodable(args[i])) {
                boolean secret = args[i].startsWith(KEY_OPTION) || (i > 0 && args[i - 1].equals(KEY_OPTION));
                return Optional.of("argument " + (i + 1) + (secret ? "" : " ('" + args[i] + "')")
                        + " has characters that could not be decoded (U+FFFD); pass it as UTF-8, and start the program"
                        + " with the script 'library' or with LC_ALL=C.UTF-8");
            }
        }
        return Optional.empty();
    }
}
