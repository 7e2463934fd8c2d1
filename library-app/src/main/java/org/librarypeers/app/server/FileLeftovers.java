package org.librarypeers.app.server;

import java.io.IOException;
import java.time.Duration;
import org.librarypeers.app.background.BackgroundJob;
import org.librarypeers.app.files.ManagedFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job that removes what interrupted uploads left behind, soon after the start and then every day. Any number of nodes may run it. */
final class FileLeftovers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileLeftovers.class);
    private static final Duration FIRST = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofDays(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofHours(1);

    private final ManagedFiles files;
    private final BackgroundJob job = new BackgroundJob("file-leftovers");

    FileLeftovers(ManagedFiles files) {
        this.files = files;
    }

    void start() {
        job.start(FIRST, PAUSE_AFTER_FAILURE, () -> {
            try {
                files.removeLeftovers();
                return PAUSE;
            } catch (IOException e) {
                LOG.warn("Could not remove the remains of interrupted uploads; trying again later: {}", e.getMessage());
                return PAUSE_AFTER_FAILURE;
            }
        });
    }

    @Override
    public void close() {
        job.close();
    }
}
