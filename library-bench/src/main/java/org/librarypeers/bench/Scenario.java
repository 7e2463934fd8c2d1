package org.librarypeers.bench;

import java.io.IOException;

/** A measurement, beside its baselines. */
interface Scenario {

    /** Returns the name by which the scenario is chosen on the command line. */
    String name();

    /** Returns one line that says what is measured. */
    String description();

    /**
     * Measures, and adds the figures to the report of the workbench.
     *
     * @throws IOException if a file or a connection fails
     */
    void run(Workbench bench) throws IOException;
}
