package org.librarypeers.app.cli;

import org.librarypeers.app.Library;

/** A command that opens the library, does something in it, and closes it. */
abstract class LibraryTask extends Task {

    @Override
    public final Integer call() throws Exception {
        try (Library library = makesLibrary() ? Library.open(settings()) : Library.openExisting(settings())) {
            return run(library);
        }
    }

    /** Returns whether the command makes a library where there is none; most refuse to. */
    boolean makesLibrary() {
        return false;
    }

    /** Does it, and returns the exit code. */
    abstract int run(Library library) throws Exception;
}
