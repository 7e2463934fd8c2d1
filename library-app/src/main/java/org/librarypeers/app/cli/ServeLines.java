package org.librarypeers.app.cli;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.wiring.LibrarySettings;
import org.librarypeers.app.wiring.Program;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** A writer of the lines in the log that say when {@code serve} started and stopped, and with what. They contain no secrets. */
final class ServeLines implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServeLines.class);

    private final LibrarySettings settings;
    private @Nullable String address;
    private long start;

    ServeLines(LibrarySettings settings) {
        this.settings = settings;
    }

    /**
     * Logs the start.
     *
     * @param served the address at which the server listens
     */
    void started(String served) {
        address = served;
        start = System.nanoTime();
        line("Started {}, home {}, {}, listening on {}").log();
    }

    private LoggingEventBuilder line(String message) {
        String home = settings.home().toAbsolutePath().normalize().toString();
        return LOG.atInfo()
                .setMessage(message)
                .addArgument(Program.DESCRIPTION)
                .addArgument(home)
                .addArgument(database())
                .addArgument(address)
                .addKeyValue("version", Program.VERSION)
                .addKeyValue("commit", Objects.toString(Program.facts().get("commit")))
                .addKeyValue("home", home)
                .addKeyValue("database", database())
                .addKeyValue("address", address);
    }

    private String database() {
        return settings.database().server() == null
                ? "embedded database"
                : "database " + settings.database().server();
    }

    /** Logs the end, if the start was logged. */
    @Override
    public void close() {
        if (address != null) {
            long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
            line("Stopped {}, home {}, {}, listened on {} for {} s")
                    .addArgument(seconds)
                    .addKeyValue("seconds", seconds)
                    .log();
        }
    }
}
