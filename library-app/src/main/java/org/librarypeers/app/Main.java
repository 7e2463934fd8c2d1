package org.librarypeers.app;

import java.time.ZoneOffset;
import java.util.TimeZone;
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
        // The driver tells the server the zone of this machine, which the server need not know; its log and pages are
        // in UTC, too.
        TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
        System.exit(LibraryCommand.run(args));
    }
}
