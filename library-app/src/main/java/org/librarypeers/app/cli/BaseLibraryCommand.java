package org.librarypeers.app.cli;

import org.librarypeers.app.audit.CurrentActor;
import org.librarypeers.app.wiring.Library;

/** A command that opens the library, works with it, and closes it. */
abstract class BaseLibraryCommand extends BaseCommand {

    @Override
    public final Integer call() throws Exception {
        requireUsage();
        try (Library library = makesLibrary() ? Library.open(settings()) : Library.openExisting(settings())) {
            return CurrentActor.commandLine().call(() -> run(library));
        }
    }

    /**
     * Checks what the declarations of the options cannot express, before the library is opened. Does nothing by default.
     *
     * @throws picocli.CommandLine.ParameterException if the options do not fit together
     */
    void requireUsage() {}

    /** Returns whether the command creates the library if it does not exist yet. By default, it fails instead. */
    boolean makesLibrary() {
        return false;
    }

    /** Runs the command on the open library and returns the exit code. */
    abstract int run(Library library) throws Exception;
}
