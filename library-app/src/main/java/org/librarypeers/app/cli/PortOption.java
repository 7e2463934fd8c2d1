package org.librarypeers.app.cli;

/** A validator for port numbers. */
final class PortOption {

    private static final int HIGHEST = 65_535;

    private PortOption() {}

    /** Returns the port if it is valid. 0 stands for any free port. */
    static int checked(int port) {
        if (port < 0 || port > HIGHEST) {
            throw new CliException("--port is " + port + "; it must be from 0 to " + HIGHEST);
        }
        return port;
    }
}
