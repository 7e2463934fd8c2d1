package org.librarypeers.app;

import java.time.ZoneOffset;
import java.util.TimeZone;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.librarypeers.app.cli.LibraryCommand;

/** The entry point of the program. */
public final class Main {

    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    private Main() {}

    /** Runs a command; see {@code --help}. Exits with 0 on success, 1 on failure, and 2 on wrong usage. */
    public static void main(String[] args) {
        // The driver logs exceptions that it also throws. The field keeps the logger alive, which would otherwise lose
        // its level.
        DRIVER.setLevel(Level.OFF);
        // The driver sends the JVM's time zone to the server, which may not know it. Logs and pages are in UTC, too.
        TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
        System.exit(LibraryCommand.run(args));
    }
}
