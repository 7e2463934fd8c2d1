package org.librarypeers.app.cli;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Access to the interactive terminal. */
final class Terminal {

    static {
        // Since Java 22, System.console() returns a console even without a terminal, unless this provider is
        // selected.
        System.setProperty("jdk.console", "java.base");
    }

    private Terminal() {}

    /** Returns the terminal, or null if standard input or output is redirected. */
    @SuppressWarnings("SystemConsoleNull") // the static initializer selects java.base
    static @Nullable Console console() {
        return System.console();
    }
}
