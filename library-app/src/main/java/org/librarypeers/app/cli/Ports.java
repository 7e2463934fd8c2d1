package org.librarypeers.app.cli;

/** Port numbers as people give them. */
final class Ports {

    private static final int HIGHEST = 65_535;

    private Ports() {}

    /** The port, if it is one; 0 stands for any free one. */
    static int checked(int port) {
        if (port < 0 || port > HIGHEST) {
            throw new CliException("--port is " + port + "; it must be from 0 to " + HIGHEST);
        }
        return port;
    }
}
