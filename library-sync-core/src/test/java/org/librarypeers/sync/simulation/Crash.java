package org.librarypeers.sync.simulation;

/** The process has stopped, at once: nothing of it runs any more. */
final class Crash extends Error {

    private static final long serialVersionUID = 1L;

    Crash() {
        super("the process has stopped", null, false, false);
    }
}
