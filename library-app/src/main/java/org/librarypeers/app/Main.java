package org.librarypeers.app;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.librarypeers.app.cli.LibraryCommand;

/** Where the program begins. */
public final class Main {

    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    private Main() {}

    /** Runs a command; see {@code --help}. Ends the process with 0 when done, 1 if it failed, 2 on wrong usage. */
    public static void main(String[] args) {
        // The database driver logs what it then throws; held, since loggers that nobody holds forget their level.
        DRIVER.setLevel(Level.OFF);
        System.exit(LibraryCommand.run(args));
    }
}
