package org.librarypeers.app.server;

import java.time.Duration;
import org.librarypeers.app.background.BackgroundJob;
import org.librarypeers.sync.curation.CurationService;

/**
 * Brings changes of the vocabulary to the resources of the library in the background, while a server runs. After a stop, the next server
 * goes on.
 */
final class VocabularyChanges implements AutoCloseable {

    /** The pause when there is nothing to do. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** The number of resources in one transaction. It is small, because saving one of them waits for the transaction. */
    private static final int BATCH = 100;

    private final BackgroundJob job = new BackgroundJob("vocabulary-changes");

    VocabularyChanges(CurationService curation) {
        job.start(PAUSE, PAUSE, () -> {
            while (!job.closed() && curation.step(BATCH) > 0) {
                // Goes on with the next resources.
            }
            return PAUSE;
        });
    }

    /** Stops after the current batch. */
    @Override
    public void close() {
        job.close();
    }
}
