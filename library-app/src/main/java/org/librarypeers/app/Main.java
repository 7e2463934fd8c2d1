package org.librarypeers.app;

import org.librarypeers.app.cli.LibraryCommand;

/** Where the program begins. */
public final class Main {

    private Main() {}

    /** Runs a command; see {@code --help}. Ends the process with 0 when done, 1 if it failed, 2 on wrong usage. */
    public static void main(String[] args) {
        System.exit(LibraryCommand.run(args));
    }
}
