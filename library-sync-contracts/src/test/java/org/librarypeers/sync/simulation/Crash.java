package org.librarypeers.sync.simulation;

/** Stops a simulated process immediately. */
final class Crash extends Error {

    private static final long serialVersionUID = 1L;

    Crash() {
        super("the process has stopped", null, false, false);
    }
}
