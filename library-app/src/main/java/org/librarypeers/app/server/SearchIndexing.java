package org.librarypeers.app.server;

import java.time.Duration;
import org.librarypeers.app.background.BackgroundJob;
import org.librarypeers.sync.catalogue.Catalogue;

/**
 * Adds saved resources to the search index in the background, while a server runs, and counts their words for suggestions. Other processes, such as the commands
 * that sync and import, leave this to the server.
 */
final class SearchIndexing implements AutoCloseable {

    /** The pause after everything was indexed. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** The number of resources in one transaction. It is small, because saving one of them waits for the transaction. */
    private static final int BATCH = 100;

    /** The number of words that are counted in one transaction. */
    private static final int WORDS = 200;

    /** The pause while there are more words to count, so that counting takes a fraction of the time. */
    private static final Duration SHORT_PAUSE = Duration.ofMillis(300);

    private final BackgroundJob job = new BackgroundJob("search-indexing");

    SearchIndexing(Catalogue catalogue) {
        job.start(PAUSE, PAUSE, () -> {
            while (!job.closed() && catalogue.index(BATCH) > 0) {
                // Goes on with the next resources.
            }
            return job.closed() || catalogue.recountWords(WORDS) < WORDS ? PAUSE : SHORT_PAUSE;
        });
    }

    /** Stops after the current batch. */
    @Override
    public void close() {
        job.close();
    }
}
