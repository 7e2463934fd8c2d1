package org.librarypeers.app.cli;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** The terminal that somebody sits at, if there is one. */
final class Terminal {

    static {
        // Since Java 22 there is a console even without a terminal, unless this one is asked for.
        System.setProperty("jdk.console", "java.base");
    }

    private Terminal() {}

    /** The terminal; null if input or output come from or go elsewhere. */
    @SuppressWarnings("SystemConsoleNull") // see above
    static @Nullable Console console() {
        return System.console();
    }
}
